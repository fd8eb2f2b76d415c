"""The links of a page, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.portal.publishing.contracts import Attachment, Link
from yiwang.portal.publishing.rules.reading import ReadPage


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link: its text (that of a picture in it counts), where it leads, its place."""

    block: int
    field: str
    offset: int
    text: str
    address: str


def links_of(page: ReadPage) -> Iterator[FoundLink]:
    """Links that stand alone, those in paragraphs, and attachments with an address."""
    for read in page.blocks:
        if isinstance(read.block, Link):
            yield FoundLink(read.number, "address", 0, read.block.text, read.block.address)
        elif isinstance(read.block, Attachment) and read.block.address:
            shown = read.block.caption or read.block.name
            yield FoundLink(read.number, "address", 0, shown, read.block.address)
        for element in read.markup.of("a") if read.markup else ():
            if "href" in element.attributes:
                address = (element.attributes["href"] or "").strip()
                yield FoundLink(read.number, "html", element.offset, element.text, address)
