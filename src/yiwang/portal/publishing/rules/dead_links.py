"""The addresses that a page links to, and what is known of them: nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from yiwang.portal.publishing.contracts import Rule
from yiwang.portal.publishing.rules.links import FoundLink, links_of
from yiwang.portal.publishing.rules.reading import Hit, ReadPage

#: Tells of an address whether it leads somewhere; None where nobody has tried it yet.
Reach = Callable[[str], bool | None]
_NO_PAGE = ("mailto:", "tel:", "#")
_SCHEMES = frozenset({"", "http", "https"})
_LEADS_NOWHERE = re.compile(r"#?|javascript:.*", re.IGNORECASE | re.DOTALL)


def addresses_of(page: ReadPage) -> Iterator[FoundLink]:
    """The links whose addresses somebody can try: web addresses, absolute or within the site."""
    for link in links_of(page):
        if not link.address.startswith(_NO_PAGE) and not is_malformed(link.address):
            yield link


def dead_links(page: ReadPage, reach: Reach | None) -> Iterator[Hit]:
    """Links that lead nowhere by what they are, and those of which ``reach`` says so."""
    tried: dict[str, bool | None] = {}
    for link in links_of(page):
        if is_malformed(link.address):
            yield _hit(link, "malformed")
        elif reach is not None and not link.address.startswith(_NO_PAGE):
            if link.address not in tried:
                tried[link.address] = reach(link.address)
            if tried[link.address] is False:
                yield _hit(link, "")


def is_malformed(address: str) -> bool:
    """Whether an address leads nowhere, whoever tries: empty, a script, no host, a scheme of no web page."""
    if _LEADS_NOWHERE.fullmatch(address):
        return True
    if address.startswith(_NO_PAGE):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return True
    return parts.scheme.lower() not in _SCHEMES or (bool(parts.scheme) and not parts.hostname)


def _hit(link: FoundLink, variant: str) -> Hit:
    return Hit(
        rule=Rule.DEAD_LINK,
        block=link.block,
        field=link.field,
        offset=link.offset,
        shown=link.address,
        variant=variant,
    )
