"""Which addresses of the copy a change makes old. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from yiwang.portal.keeping.contracts import PageChange
from yiwang.portal.keeping.rules.parts import above_of

#: Lists of a site that programs read.
FEEDS = ("feed/", "sitemap.xml")
#: Kinds that show themselves, or what is under them.
_OWN_LISTS = frozenset({"article", "column", "channel"})


def affected(change: PageChange, pages: Mapping[str, str]) -> Iterator[str]:
    """Addresses (``environment/news/``) to be made anew; ``pages`` are all published ones, with their kind.

    The page itself comes first, then what lists it, the nearest first. A kind that is not known to show only
    itself is made anew with everything of its site.
    """
    site = change.address.partition("/")[0]
    yield change.address
    yield from reversed(above_of(change.address))
    wide = not change.is_leaf
    for address, kind in pages.items():
        own = address.startswith(f"{site}/")
        beside = own and (wide or kind not in _OWN_LISTS)
        flowing = not own and kind == "home" and (change.flows or wide)
        if beside or flowing:
            yield address
    yield from (f"{site}/{name}" for name in FEEDS)


def whole(pages: Iterable[str]) -> Iterator[str]:
    """Every address of the copy, those first that name others, so that a young copy leads somewhere soon."""
    found = sorted(pages, key=lambda address: (address.count("/"), address))
    yield from found
    yield from (f"{address}{name}" for address in found if address.count("/") == 1 for name in FEEDS)
