"""Bodies of messages at rest: AES-256-GCM under a key of the installation's secret.

The database alone shows no person's data; what proves a message are its signatures, which stay when the
body is erased.
"""

from __future__ import annotations

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yiwang.platform.environment import environment

_NONCE = 12


@cache
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"yiwang.exchange.bodies")
    return AESGCM(derived.derive(secret.encode()))


def closed(body: bytes) -> bytes:
    """Encrypt."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(environment().secret()).encrypt(nonce, body, None)


def opened(kept: bytes) -> bytes:
    """Decrypt.

    Raises:
        ValueError: the installation's secret is another one, or the bytes were altered.
    """
    try:
        return _cipher(environment().secret()).decrypt(kept[:_NONCE], kept[_NONCE:], None)
    except InvalidTag:
        raise ValueError("the body cannot be opened") from None
