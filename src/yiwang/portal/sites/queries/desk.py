"""What editors see of their own site: every page with its draft, and nothing of another site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.paginator import Page as PageOfList
from django.core.paginator import Paginator
from django.db.models import F
from django.db.models.expressions import OrderBy

from yiwang.platform.contracts import Actor
from yiwang.portal.sites.contracts import DraftPage, PageRow, PageView, SitePageNotFound
from yiwang.portal.sites.gate import Found, gate_findings
from yiwang.portal.sites.models import PageTerms, SitePage
from yiwang.portal.sites.page_kinds import PAGE_KINDS, taken_under
from yiwang.portal.sites.queries.pages import link_of, view_of
from yiwang.portal.sites.queries.reviews import steps_of_pages, waiting
from yiwang.portal.sites.queries.sites import row_of, site_to_edit
from yiwang.portal.sites.reviewing import written_checks
from yiwang.portal.sites.rules.reviews import Checks, Step, checks_for, is_owed, standing
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.writing import content_of

PAGE_SIZE = 50
#: By what a list of pages is sorted where it isn't in the order of the tree.
PAGE_ORDERS = {
    "title": "draft_title",
    "day": "day",
    "saved": "latest_revision_created_at",
    "planned": "terms__publish_at",
}


def list_pages(
    actor: Actor,
    site: str,
    *,
    words: str = "",
    number: object = 1,
    only_waiting: bool = False,
    order: str = "",
    descending: bool = False,
) -> tuple[tuple[PageRow, ...], PageOfList[SitePage]]:
    """The pages of a site in the order of the tree, one screen of them; ``words`` stand in the title.

    ``only_waiting`` leaves those that are submitted and not out, or whose reviews are owed; ``order`` is one
    of ``PAGE_ORDERS``, pages that have none of it last.

    Raises:
        SiteNotFound, OperationNotAllowed: no such site, or another's.
    """
    own = site_to_edit(actor, site)
    found = SitePage.objects.filter(site_id=own.id).order_by(*_order(order, descending=descending))
    if only_waiting:
        found = found.filter(pk__in=waiting(own))
    if words:
        found = found.filter(draft_title__icontains=words)
    screen = Paginator(found.select_related("content_type", "terms"), PAGE_SIZE).get_page(str(number))
    rows = tuple(screen.object_list)
    steps, written = steps_of_pages(rows), written_checks(row_of(site))
    return tuple(_row(row, steps.get(row.pk, ()), written) for row in rows), screen


def get_draft(actor: Actor, site: str, page: int) -> DraftPage:
    """A page as its last revision has it.

    Raises:
        SitePageNotFound: the site has no such page.
        SiteNotFound, OperationNotAllowed: no such site, or another's.
    """
    row = row_to_edit(actor, site, page)
    return draft_of(row)


def preview(actor: Actor, site: str, page: int) -> PageView:
    """A page as readers would see its last revision; raises as ``get_draft`` does."""
    row = row_to_edit(actor, site, page)
    latest = row.get_latest_revision_as_object()
    above = SitePage.objects.filter(site_id=row.site_id).ancestor_of(row).order_by("depth")
    return view_of(latest, content_of(latest), map(link_of, above.select_related("content_type")))


def findings(actor: Actor, site: str, page: int, *, on: date) -> tuple[Found, ...]:
    """What the gate finds in the last revision of a page; raises as ``get_draft`` does."""
    draft = get_draft(actor, site, page)
    return gate_findings(site, draft.content, on=on, fields=PAGE_KINDS.get(draft.link.kind).fields)


def row_to_edit(actor: Actor, site: str, page: int) -> SitePage:
    """The row of a page of an own site, of its own kind."""
    own = site_to_edit(actor, site)
    found = SitePage.objects.filter(pk=page, site_id=own.id).first()
    if found is None:
        raise SitePageNotFound
    specific: SitePage = found.specific
    return specific


def draft_of(row: SitePage) -> DraftPage:
    """A page with the content of its last revision."""
    latest = row.get_latest_revision_as_object()
    parent = row.get_parent()
    return DraftPage(
        link=link_of(latest),
        parent=parent.pk if parent is not None else 0,
        content=content_of(latest),
        revision=row.latest_revision_id or 0,
        live=row.live,
        changed=row.has_unpublished_changes or not row.live,
        saved_at=row.latest_revision_created_at,
    )


def _order(order: str, *, descending: bool) -> tuple[str | OrderBy, ...]:
    if order not in PAGE_ORDERS:
        return ("path",)
    by = F(PAGE_ORDERS[order])
    return (by.desc(nulls_last=True) if descending else by.asc(nulls_last=True), "path")


def _terms_of(page: SitePage) -> Terms:
    """What is planned for a page; most have nothing of the kind."""
    terms: PageTerms | None = getattr(page, "terms", None)
    return terms.terms if terms is not None else Terms()


def _row(page: SitePage, steps: tuple[Step, ...], written: Mapping[str, Checks]) -> PageRow:
    link = link_of(page)
    checks = checks_for(link.kind, written)
    return PageRow(
        link=link,
        live=page.live,
        changed=page.has_unpublished_changes or not page.live,
        saved_at=page.latest_revision_created_at,
        standing=standing(steps, page.latest_revision_id or 0, checks),
        owed=page.live and is_owed(steps, page.live_revision_id or 0, checks),
        terms=_terms_of(page),
        takes=tuple(kind.key for kind in taken_under(link.kind)),
    )
