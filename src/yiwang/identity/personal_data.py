"""Personal numbers at rest: sealed with AES-256-GCM, found again by a keyed digest (blind index).

Both keys are derived from the installation's secret (HKDF-SHA256, RFC 5869) under labels of their own, so
one tells nothing about the other. Who loses the secret loses the numbers: it belongs into the backup.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yiwang.platform.environment import environment

_VERSION = b"\x01"
_NONCE_BYTES = 12


@cache
def _key(label: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"yiwang.identity/{label}/1".encode())
    return derive.derive(environment().secret().encode())


def seal(text: str, *, purpose: str) -> bytes:
    """Encrypt; the purpose is authenticated, so a value cannot be moved to another column."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(_key("seal")).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes | memoryview, *, purpose: str) -> str:
    """Decrypt what :func:`seal` gave; raises ``cryptography.exceptions.InvalidTag`` if it was changed."""
    data = bytes(sealed)
    nonce, body = data[1 : 1 + _NONCE_BYTES], data[1 + _NONCE_BYTES :]
    return AESGCM(_key("seal")).decrypt(nonce, body, purpose.encode()).decode()


def blind_index(text: str, *, purpose: str) -> str:
    """Keyed digest (HMAC-SHA256, hex) by which an equal value is found without unsealing any."""
    return hmac.new(_key(f"index:{purpose}"), text.encode(), hashlib.sha256).hexdigest()


def seal_text(text: str, *, purpose: str) -> str:
    """Like :func:`seal`, for a text column: URL-safe base64."""
    return base64.urlsafe_b64encode(seal(text, purpose=purpose)).decode()


def unseal_text(sealed: str, *, purpose: str) -> str:
    """Decrypt what :func:`seal_text` gave."""
    return unseal(base64.urlsafe_b64decode(sealed.encode()), purpose=purpose)
