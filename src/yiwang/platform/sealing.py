"""Sealed at rest: AES-256-GCM under keys of the installation's secret, one key a use.

Whoever has the database alone reads nothing of it.
"""

from __future__ import annotations

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yiwang.platform.environment import environment

_NONCE = 12


@cache
def _cipher(secret: str, label: str) -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=label.encode())
    return AESGCM(derive.derive(secret.encode()))


def seal(content: bytes, *, label: str, bound_to: str = "") -> bytes:
    """Encrypt for one use; it opens only for what it is ``bound_to``, so that rows can't be swapped."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(environment().secret(), label).encrypt(nonce, content, bound_to.encode())


def unseal(sealed: bytes | memoryview, *, label: str, bound_to: str = "") -> bytes:
    """Decrypt what :func:`seal` gave.

    Raises:
        ValueError: the installation's secret is another one, or the bytes were altered or moved.
    """
    kept = bytes(sealed)
    try:
        return _cipher(environment().secret(), label).decrypt(kept[:_NONCE], kept[_NONCE:], bound_to.encode())
    except InvalidTag:
        raise ValueError("what is sealed cannot be opened") from None
