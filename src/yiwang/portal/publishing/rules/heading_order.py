"""Headings that leave a level out, or repeat the title's level (WCAG 2.2, 1.3.1 and 2.4.6)."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.contracts import Heading, Rule
from yiwang.portal.publishing.rules.reading import Hit, ReadPage


def heading_order(page: ReadPage) -> Iterator[Hit]:
    """Headings more than one level below the one before; the title is the only one of level 1."""
    before = 1
    for number, field, offset, level, text in _headings(page):
        if level < 2 or level > before + 1:
            yield Hit(
                rule=Rule.HEADING_ORDER,
                block=number,
                field=field,
                offset=offset,
                shown=text,
                variant="title" if level < 2 else "",
                values=(("level", level), ("most", before + 1)),
            )
        before = max(level, 1)


def _headings(page: ReadPage) -> Iterator[tuple[int, str, int, int, str]]:
    for read in page.blocks:
        if isinstance(read.block, Heading):
            yield read.number, "text", 0, read.block.level, read.block.text
        elif read.markup is not None:
            for level, element in read.markup.headings:
                yield read.number, "html", element.offset, level, element.text
