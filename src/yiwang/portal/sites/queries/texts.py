"""Everything that published pages say, for whoever reads them as a whole: the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from yiwang.kernel.text import Text
from yiwang.portal.sites.contracts import PageLink
from yiwang.portal.sites.models import GroupSite, SitePage
from yiwang.portal.sites.page_kinds import PAGE_KINDS
from yiwang.portal.sites.queries.pages import link_of
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.details import Details, words_of
from yiwang.portal.sites.writing import content_of

#: Rows that are held at once, of tens of thousands.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A published page with all its words; ``title`` and ``summary`` lack English where nobody wrote it."""

    link: PageLink
    site: Text
    organisation: str
    title: Text
    summary: Text
    details: Details
    #: The first paragraph, in each language that somebody wrote.
    opening: Text
    said: str


def page_texts(ids: Collection[int] | None = None) -> Iterator[PageText]:
    """Published pages of sites in use, or those of ``ids`` that are."""
    sites = GroupSite.objects.filter(active=True).in_bulk()
    found = SitePage.objects.live().filter(site__in=sites.keys())
    if ids is not None:
        found = found.filter(pk__in=ids)
    # what select_related reads is lost where a row becomes its kind: a statement each, of tens of thousands
    for page in found.order_by("pk").specific().iterator(chunk_size=_AT_ONCE):
        yield _text_of(page, sites[page.site_id])


def _text_of(page: SitePage, site: GroupSite) -> PageText:
    content, link = content_of(page), link_of(page)
    fields = PAGE_KINDS.get(link.kind).fields
    own = [words for _, words, _ in words_of(fields, content.details)]
    return PageText(
        link=link,
        site=Text(site.title_zh, site.title_en),
        organisation=site.organisation,
        title=Text(content.title, content.title_en),
        summary=Text(content.summary, content.summary_en),
        details=content.details,
        opening=Text(_opening(content.body), _opening(content.body_en)),
        said="\n".join([*own, *(_words(part) for part in (*content.body, *content.body_en))]),
    )


def _opening(body: Iterable[Part]) -> str:
    return next((part.text for part in body if part.kind == "paragraph"), "")


def _words(part: Part) -> str:
    return " ".join(word for word in (part.text, part.caption, part.alt) if word)
