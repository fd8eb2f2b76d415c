"""What a public page shows, as names of parts, and which parts a change touches.

``page:a/b/`` the page itself, ``under:a/`` anything below a page, ``site:a`` what stands around every page of
a site, ``flow:up`` and ``flow:down`` news that stands on the main site and on all others too, ``all`` what
every page shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from yiwang.portal.keeping.contracts import PageChange

#: Kinds of pages that show themselves and what stands around them alone. What some of them show of other
#: engines (a policy's state, a service's limits) is noted as a change of the page itself.
ALONE = frozenset(
    {
        *("article", "policy", "explanation", "service", "dataset", "form", "survey", "map", "faq"),
        *("leader", "agency", "interview", "album", "video", "download"),
    }
)
#: Kinds that also list what is under them.
LISTING = frozenset({"channel", "column", "topic"})
FLOWS = ("up", "down")


def parts_of_page(kind: str, address: str, *, is_main: bool = False) -> tuple[str, ...]:
    """The parts that a page of a kind shows; a kind that is not known here shows anything of its site.

    >>> parts_of_page("article", "a/b/c/")
    ('page:a/b/c/', 'site:a', 'all')
    """
    site = address.partition("/")[0]
    own = (f"page:{address}", f"site:{site}", "all")
    if kind in ALONE:
        return own
    if kind in LISTING:
        return (*own, f"under:{address}")
    flows = (f"flow:{'up' if is_main else 'down'}",) if kind == "home" else (f"flow:{one}" for one in FLOWS)
    return (*own, f"under:{site}/", *flows)


def parts_of_lists(site: str) -> tuple[str, ...]:
    """The parts that a feed or a sitemap of a site shows."""
    return (f"under:{site}/", f"page:{site}/", f"site:{site}", "all")


def touched(change: PageChange) -> Iterator[str]:
    """The parts that a change touches."""
    if not change.address:
        yield "all"
        return
    yield f"page:{change.address}"
    yield from (f"under:{above}" for above in above_of(change.address))
    if not change.is_leaf:
        yield f"site:{change.address.partition('/')[0]}"
    yield from (f"flow:{one}" for one in FLOWS if one in change.flows or not change.is_leaf)


def above_of(address: str) -> list[str]:
    """Addresses of the pages above, the nearest last.

    >>> above_of("a/b/c/")
    ['a/', 'a/b/']
    """
    names = address.strip("/").split("/")
    return ["/".join(names[:end]) + "/" for end in range(1, len(names))]


def is_current(touched_at: Mapping[str, int], parts: Sequence[str], position: int) -> bool:
    """Whether all that ever touched these parts was before ``position``."""
    return all(touched_at.get(part, 0) < position for part in parts)
