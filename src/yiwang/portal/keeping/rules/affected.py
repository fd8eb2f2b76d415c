"""Which addresses of the copy a change makes old. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.rules.parts import ALONE, FLOWS, LISTING, above_of

#: Lists of a site that programs read.
FEEDS = ("feed/", "feed/rss/", "sitemap.xml")
#: Kinds that show themselves, or what is under them.
_OWN_LISTS = ALONE | LISTING
#: What the first page of a site is called here: the main site gathers what flows up.
_HOMES = {"up": "main", "down": "home"}


def itself(change: PageChange) -> Iterator[str]:
    """The page (``environment/news/water/``), what lists it, the nearest first, and the feeds of its site."""
    site = change.address.partition("/")[0]
    yield change.address
    yield from reversed(above_of(change.address))
    yield from (f"{site}/{name}" for name in FEEDS)


def affected(change: PageChange, pages: Mapping[str, str]) -> Iterator[str]:
    """Further addresses to be made anew; ``pages`` are all published ones, with their kind.

    The main site's first page is of kind ``main``.

    A kind that is not known to show only itself is made anew with everything of its site.
    """
    site = change.address.partition("/")[0]
    wide = not change.is_leaf
    homes = {_HOMES[flow] for flow in FLOWS if wide or flow in change.flows}
    for address, kind in pages.items():
        own = address.startswith(f"{site}/")
        beside = own and (wide or kind not in _OWN_LISTS)
        if beside or (not own and kind in homes):
            yield address


def whole(pages: Iterable[str]) -> Iterator[str]:
    """Every address of the copy, those first that name others, so that a young copy leads somewhere soon."""
    found = list(pages)
    feeds = [f"{address}{name}" for address in found if address.count("/") == 1 for name in FEEDS]
    yield from sorted([*found, *feeds], key=order)


def order(address: str) -> tuple[int, str]:
    """Where an address stands in a whole copy, whatever is published or withdrawn meanwhile."""
    return address.count("/"), address
