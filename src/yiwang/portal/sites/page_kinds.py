"""The kinds of pages: what each is called, where it may stand, its table and its template.

A further kind is a class in ``models/``, a template, and one entry here.
"""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text
from yiwang.portal.sites.models import ArticlePage, ChannelPage, ColumnPage, HomePage, SitePage


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """One kind. ``under`` are the kinds it may stand under; ``by_editors`` lets them begin such pages."""

    key: str
    title: Text
    model: type[SitePage]
    under: frozenset[str]
    by_editors: bool = True
    has_body: bool = False

    @property
    def template(self) -> str:
        """What renders it."""
        return f"sites/{self.key}.html"


PAGE_KINDS: Registry[PageKind] = Registry("page kinds")
for _kind in (
    PageKind(
        key="home", title=Text("首页", "First page"), model=HomePage, under=frozenset(), by_editors=False
    ),
    PageKind(
        key="channel",
        title=Text("频道", "Channel"),
        model=ChannelPage,
        under=frozenset({"home"}),
        by_editors=False,
    ),
    PageKind(
        key="column", title=Text("栏目", "Column"), model=ColumnPage, under=frozenset({"home", "channel"})
    ),
    PageKind(
        key="article",
        title=Text("文章", "Article"),
        model=ArticlePage,
        under=frozenset({"column"}),
        has_body=True,
    ),
):
    PAGE_KINDS.register(_kind.key, _kind)
_BY_MODEL = {kind.model: key for key, kind in PAGE_KINDS}


def kind_of(model: type[object] | None) -> str:
    """The kind whose pages are of a model; empty for none."""
    return next((key for known, key in _BY_MODEL.items() if known is model), "")


def taken_under(parent: str) -> tuple[PageKind, ...]:
    """The kinds that editors may begin under a page of a kind."""
    return tuple(kind for _, kind in PAGE_KINDS if parent in kind.under and kind.by_editors)
