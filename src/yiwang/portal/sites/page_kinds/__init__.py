"""The kinds of pages: what each is called, where it may stand, its table, its fields and its template."""

from __future__ import annotations

from yiwang.portal.sites.models import SitePage
from yiwang.portal.sites.page_kinds import articles, media, people, serving, structure, topics
from yiwang.portal.sites.page_kinds.kind import PAGE_KINDS, STRUCTURE, PageKind

for _subject in (structure, articles, serving, people, media, topics):
    for _kind in _subject.KINDS:
        PAGE_KINDS.register(_kind.key, _kind)


def kind_of(model: type[object] | None) -> str:
    """The kind whose pages are of a model; empty for none."""
    return next((key for key, kind in PAGE_KINDS if kind.model is model), "")


def taken_under(parent: str) -> tuple[PageKind, ...]:
    """The kinds that editors may begin under a page of a kind."""
    return tuple(kind for _, kind in PAGE_KINDS if parent in kind.under and kind.by_editors)


def dated_models() -> tuple[type[SitePage], ...]:
    """The tables of what is news of a day."""
    return tuple(kind.model for _, kind in PAGE_KINDS if kind.dated)


def structure_models() -> tuple[type[SitePage], ...]:
    """The tables of what others stand under."""
    return tuple(kind.model for key, kind in PAGE_KINDS if key in STRUCTURE)


__all__ = [
    "PAGE_KINDS",
    "STRUCTURE",
    "PageKind",
    "dated_models",
    "kind_of",
    "structure_models",
    "taken_under",
]
