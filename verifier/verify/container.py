"""What a container holds: one message between two nodes, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from cryptography import x509

from .fields import canonical

REQUEST_HEADERS = {
    "content-digest", "content-type", "date", "yiwang-message", "yiwang-client", "yiwang-service",
    "yiwang-purpose", "signature-input", "signature",
}  # fmt: skip
ANSWER_HEADERS = {"content-digest", "content-type", "date", "yiwang-message", "signature-input", "signature"}
#: Clocks of two machines may differ by so much (RFC 9421 messages are refused beyond it).
SKEW = timedelta(seconds=60)


@dataclass(frozen=True)
class Message:
    """A request (``method`` and ``target``) or an answer (``status``)."""

    headers: Mapping[str, str]
    body: bytes
    method: str = ""
    target: str = ""
    status: int = 0


@dataclass(frozen=True)
class Batch:
    """Where the message stands under the root that was time-stamped."""

    index: int
    size: int
    path: Sequence[bytes]


@dataclass(frozen=True)
class LedgerProof:
    """Where the message's leaf stands in the ledger of a node, which vouches for the ledger's key."""

    node: str
    key: bytes
    vouched: bytes
    checkpoint: str
    leaf: Mapping[str, str]
    index: int
    path: Sequence[bytes]


@dataclass(frozen=True)
class Container:
    """What is in the zip."""

    request: Message
    answer: Message
    certificates: Mapping[str, x509.Certificate]
    statuses: Sequence[bytes]
    batch: Batch
    token: bytes
    ledger: LedgerProof
    root: bytes


def entry_of(held: Container) -> bytes:
    """What batch and ledger commit to: both signatures, which cover everything else."""
    return canonical(
        {
            "answer": held.answer.headers["signature"],
            "message": held.request.headers["yiwang-message"],
            "request": held.request.headers["signature"],
        }
    )
