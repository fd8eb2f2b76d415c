"""Words of the proofs of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof of one published revision; the digest is SHA-256 in hex."""

    page: int
    revision: int
    digest: str
    issuer: str
    stamped_at: datetime
    answer: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChecked:
    """A published page against its proofs.

    ``proof`` is that of what is published now, None for the moments until it is stamped; ``agrees`` says that
    the page, spelled now from the store, has its digest. ``earlier`` are those of earlier publications.
    """

    title: Text
    address: str
    revision: int
    canonical: bytes
    digest: str
    proof: Proof | None
    agrees: bool
    earlier: tuple[Proof, ...]


@dataclass(eq=False)
class ProofNotFound(NotFound):
    """No such proof of a page that is published."""

    text: ClassVar[Text] = Text("没有这份证明。", "There is no such proof.")
