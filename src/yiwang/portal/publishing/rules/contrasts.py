"""Text that stands out too little from what lies behind it (WCAG 2.2, 1.4.3), by the colours declared."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.definitions import GateRules
from yiwang.portal.publishing.rules.colours import colour, contrast
from yiwang.portal.publishing.rules.reading import Hit, ReadPage


def contrasts(page: ReadPage, rules: GateRules) -> Iterator[Hit]:
    """Pairs that the page declares, and text in paragraphs with a colour in its ``style``.

    An element without a colour of its own looks like the one around it and is told there once.
    """
    for number, pair in enumerate(page.document.colours, 1):
        front, behind = colour(pair.foreground), colour(pair.background)
        if front is None or behind is None:
            continue
        shown = f"{pair.foreground} / {pair.background}"
        found = _judge(contrast(front, behind), rules, large=pair.large)
        if found is not None:
            yield Hit(rule=Rule.CONTRAST, field=f"colour {number}", shown=shown, values=found)
    for read in page.blocks:
        for element in read.markup.elements if read.markup else ():
            look = element.colours
            if not element.speaks:
                continue
            found = _judge(contrast(look.foreground, look.background), rules, large=look.large)
            if found is not None:
                yield Hit(
                    rule=Rule.CONTRAST,
                    block=read.number,
                    field="html",
                    offset=element.offset,
                    shown=element.text.strip(),
                    values=found,
                )


def _judge(ratio: float, rules: GateRules, *, large: bool) -> tuple[tuple[str, object], ...] | None:
    least = rules.least_contrast_large if large else rules.least_contrast
    if ratio >= least:
        return None
    # Cut, not rounded: 4.499 is not shown as 4.5.
    return (("ratio", f"{int(ratio * 100) / 100:.2f}"), ("least", f"{least:g}"))
