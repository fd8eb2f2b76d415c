"""Links whose text does not say where they lead (WCAG 2.2, 2.4.4): read alone they make no sense."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.rules.folding import fold
from yiwang.portal.publishing.rules.links import links_of
from yiwang.portal.publishing.rules.reading import Hit, ReadPage

_ENDS = ' \n\t>»›→.。…!!::[]【】()()"“”'
_ADDRESS = re.compile(r"(https?://|www\.)\S+")


def link_texts(page: ReadPage, empty: Collection[str]) -> Iterator[Hit]:
    """Links without text, with an address for a text, or with one of the texts that say nothing."""
    nothing = {_plain(text) for text in empty}
    for link in links_of(page):
        said = _plain(link.text)
        if not said or said in nothing or _ADDRESS.fullmatch(said):
            yield Hit(
                rule=Rule.LINK_TEXT,
                block=link.block,
                field=link.field,
                offset=link.offset,
                shown=link.text.strip() or link.address,
                variant="" if said else "empty",
            )


def _plain(text: str) -> str:
    return " ".join(fold(text).text.strip(_ENDS).split())
