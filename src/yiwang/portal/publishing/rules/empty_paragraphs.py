"""Paragraphs and headings without anything in them, which are read aloud and make holes in the page."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.contracts import Heading, Paragraph, Rule
from yiwang.portal.publishing.rules.folding import fold
from yiwang.portal.publishing.rules.reading import Hit, ReadBlock, ReadPage

_TAGS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6")


def empty_paragraphs(page: ReadPage) -> Iterator[Hit]:
    """Blocks and elements of paragraphs and headings that hold neither text nor a picture."""
    for read in page.blocks:
        if isinstance(read.block, Heading) and _is_blank(read.block.text):
            yield _hit(read, "text", 0)
        elif isinstance(read.block, Paragraph) and read.markup is not None:
            if _is_blank(read.markup.text) and not read.markup.of("img"):
                yield _hit(read, "html", 0)
                continue
            for element in read.markup.of(*_TAGS):
                if not (element.says or element.holds_picture):
                    yield _hit(read, "html", element.offset)


def _is_blank(text: str) -> bool:
    return not fold(text).text.strip()


def _hit(read: ReadBlock, field: str, offset: int) -> Hit:
    return Hit(rule=Rule.EMPTY_PARAGRAPH, block=read.number, field=field, offset=offset)
