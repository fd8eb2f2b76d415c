"""Signed heads: C2SP checkpoints under Ed25519."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from .fields import exact


@dataclass(frozen=True)
class Head:
    """A signed head, its signature checked."""

    size: int
    root: bytes


def read_head(note: str, key: bytes) -> Head:
    """Check a checkpoint's signature.

    Raises:
        ValueError: it is no checkpoint, or the key did not sign it.
    """
    body, separator, tail = note.partition("\n\n")
    lines, words = body.split("\n"), tail.removesuffix("\n").split(" ")
    if not separator or len(lines) != 3 or len(words) != 3 or words[:2] != ["\N{EM DASH}", lines[0]]:
        raise ValueError("not a checkpoint")
    signed = exact(words[2])
    if signed[:4] != sha256(lines[0].encode() + b"\n\x01" + key).digest()[:4]:
        raise ValueError("signed with another key")
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed[4:], f"{body}\n".encode())
    except InvalidSignature:
        raise ValueError("the signature does not hold") from None
    return Head(size=int(lines[1]), root=exact(lines[2]))
