"""Keys of interest at rest: sealed, for a key is somebody's number."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yiwang.platform.environment import environment

_NONCE = 12
_LABEL = b"yiwang.exchange/subscription-keys/1"


@cache
def _cipher() -> AESGCM:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL)
    return AESGCM(derive.derive(environment().secret().encode()))


def seal_keys(keys: Sequence[str], *, subscription: str) -> bytes:
    """Seal; what is sealed belongs to one subscription. Nothing for no keys."""
    if not keys:
        return b""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, json.dumps(list(keys)).encode(), subscription.encode())


def unseal_keys(sealed: bytes | memoryview, *, subscription: str) -> tuple[str, ...]:
    """What :func:`seal_keys` was given."""
    data = bytes(sealed)
    if not data:
        return ()
    found = _cipher().decrypt(data[:_NONCE], data[_NONCE:], subscription.encode())
    return tuple(str(key) for key in json.loads(found))
