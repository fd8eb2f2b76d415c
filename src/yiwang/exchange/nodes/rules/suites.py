"""Signature suites by their name in RFC 9421's registry. One today; the second has its place.

``ed25519`` is RFC 9421 section 3.3.6. SM2 with SM3 (GB/T 32918, GB/T 32905) would be the second suite: the
``cryptography`` package offers the SM3 digest but no SM2 signature, so it isn't offered here either.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Suite:
    """How a suite verifies: public key as raw bytes, signature, content."""

    verifies: Callable[[bytes, bytes, bytes], bool]


@lru_cache(maxsize=1024)
def _loaded(key: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(key)


def _ed25519(key: bytes, signature: bytes, content: bytes) -> bool:
    try:
        _loaded(key).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


ED25519 = "ed25519"
SUITES: dict[str, Suite] = {ED25519: Suite(_ed25519)}
