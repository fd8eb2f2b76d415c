"""Signed tree heads as C2SP checkpoints (a signed note), the text form that any witness reads."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

ED25519 = b"\x01"  # the algorithm byte of a signed note


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """How large the ledger is and what its root is."""

    origin: str
    size: int
    root: bytes

    def body(self) -> bytes:
        """The bytes that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()


def key_hash(name: str, public_key: bytes) -> bytes:
    """Four bytes that name the key in a note."""
    return sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:4]


def note(checkpoint: Checkpoint, *, public_key: bytes, signature: bytes) -> str:
    """Give the signed note: body, a blank line, the signature line."""
    named = b64encode(key_hash(checkpoint.origin, public_key) + signature).decode()
    return f"{checkpoint.body().decode()}\n\N{EM DASH} {checkpoint.origin} {named}\n"


def parsed(text: str) -> tuple[Checkpoint, bytes, bytes]:
    """Read a note: the checkpoint, the key's four bytes, the signature.

    Raises:
        ValueError: it is no checkpoint of one signature.
    """
    body, separator, tail = text.partition("\n\n")
    lines = body.split("\n")
    words = tail.removesuffix("\n").split(" ")
    if (
        not separator
        or len(lines) != 3
        or len(words) != 3
        or words[0] != "\N{EM DASH}"
        or words[1] != lines[0]
    ):
        raise ValueError("not a checkpoint")
    try:
        root, signed = b64decode(lines[2], validate=True), b64decode(words[2], validate=True)
    except NotBase64:
        raise ValueError("not a checkpoint") from None
    if not lines[1].isascii() or not lines[1].isdigit() or len(root) != 32 or len(signed) != 68:
        raise ValueError("not a checkpoint")
    return Checkpoint(origin=lines[0], size=int(lines[1]), root=root), signed[:4], signed[4:]
