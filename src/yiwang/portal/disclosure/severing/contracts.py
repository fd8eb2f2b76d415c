"""What is taken out of a document, what comes of it, and why a document is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text

#: A year's worth of minutes has some hundred pages. Measured: 0.05 s for a page of print, on one core.
MOST_PAGES = 500
#: Operation: to take parts out of a document.
SEVER = "portal.document.sever"
#: Bytes of a document that is given in.
MOST_BYTES = 100_000_000


class SourceKind(StrEnum):
    """Documents that can be severed. Others are saved as PDF first: what a reader sees must be settled."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A rectangle of a page as it is seen. ``page`` counts from 1; sides are fractions of width and height
    from the upper left corner, 0 to 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Where words stand. ``counts`` tells how often each was found, in the order asked.

    ``pages_without_text`` are pictures of paper: nothing can be found there, they have to be looked at.
    """

    pages: int
    regions: tuple[Region, ...]
    counts: tuple[int, ...]
    pages_without_text: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Severed:
    """The new document and what was proven of it: no text, nothing attached, each region of one colour."""

    content: bytes
    sha256: str
    source_sha256: str
    pages: int
    regions: tuple[Region, ...]


@dataclass(eq=False)
class DocumentUnreadable(RuleViolation):
    """Damaged, or not of the kind that it claims to be."""

    text: ClassVar[Text] = Text(
        "文件无法读取：已损坏，或不是 PDF、JPEG、PNG。",
        "The file can't be read: damaged, or no PDF, JPEG or PNG.",
    )


@dataclass(eq=False)
class DocumentLocked(RuleViolation):
    """Opens with a password only."""

    text: ClassVar[Text] = Text(
        "文件已加密。请先用密码打开并另存为不加密的文件。",
        "The file is encrypted. Open it with its password and save it without first.",
    )


@dataclass(eq=False)
class DocumentTooLong(RuleViolation):
    """More pages than are drawn at once."""

    pages: int
    most: int = MOST_PAGES
    text: ClassVar[Text] = Text(
        "文件有 {pages} 页，一次最多处理 {most} 页，请分成几份。",
        "The file has {pages} pages; at most {most} are severed at once. Split it.",
    )


@dataclass(eq=False)
class PageTooLarge(RuleViolation):
    """A page that can't be drawn legibly within the memory allowed, or has no size."""

    page: int
    text: ClassVar[Text] = Text(
        "第 {page} 页幅面过大或无效，请缩小到 A0 以内。",
        "Page {page} is too large or has no size; bring it to A0 or less.",
    )


@dataclass(eq=False)
class DocumentTooHeavy(RuleViolation):
    """Needs more memory, time or room than is allowed: a bomb, or drawings of millions of strokes."""

    text: ClassVar[Text] = Text(
        "处理该文件所需的内存、时间或大小超出上限。请分成几份，或重新扫描后再试。",
        "The file needs more memory, time or room than allowed. Split it or scan it anew.",
    )


@dataclass(eq=False)
class NothingMarked(RuleViolation):
    """A severed document lacks something; this one would lack nothing."""

    text: ClassVar[Text] = Text("没有标出要去除的内容。", "Nothing is marked to be taken out.")


@dataclass(eq=False)
class RegionOutside(RuleViolation):
    """A region that is not on the page, or that has no area."""

    page: int
    text: ClassVar[Text] = Text(
        "第 {page} 页上标出的区域不在页面之内。", "The region marked on page {page} is not on that page."
    )


@dataclass(eq=False)
class RemovalNotProven(RuleViolation):
    """The new document was examined and something is left in it. It is thrown away."""

    page: int
    text: ClassVar[Text] = Text(
        "复核未通过：第 {page} 页仍留有应去除的内容，文件未生成。",
        "The check failed: page {page} still holds what was to be taken out. No file was made.",
    )
