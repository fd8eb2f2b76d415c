"""Pictures too large to be loaded on a telephone's line."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.contracts import Picture, Rule
from yiwang.portal.publishing.definitions import GateRules
from yiwang.portal.publishing.rules.reading import Hit, ReadPage


def picture_sizes(page: ReadPage, rules: GateRules) -> Iterator[Hit]:
    """Pictures with more bytes, or more pixels on one side, than the rules allow."""
    for read in page.blocks:
        if not isinstance(read.block, Picture):
            continue
        longest = max(read.block.width, read.block.height)
        if read.block.size > rules.largest_picture_bytes or longest > rules.widest_picture_pixels:
            yield Hit(
                rule=Rule.PICTURE_SIZE,
                block=read.number,
                field="name",
                shown=read.block.name,
                values=(
                    ("kilobytes", -(-read.block.size // 1000)),
                    ("most", rules.largest_picture_bytes // 1000),
                    ("longest", longest),
                    ("pixels", rules.widest_picture_pixels),
                ),
            )
