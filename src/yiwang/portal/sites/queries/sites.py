"""The sites of the group."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.platform.one_reading import read_once
from yiwang.portal.sites.contracts import SiteNotFound, SiteView
from yiwang.portal.sites.models import GroupSite
from yiwang.portal.sites.operations import READ


@read_once
def list_sites() -> tuple[SiteView, ...]:
    """Every site that is in use, in the order of the group."""
    return tuple(map(view_of, GroupSite.objects.filter(active=True).order_by("order", "code")))


@read_once
def get_site(code: str) -> SiteView:
    """One site; raises SiteNotFound."""
    return view_of(row_of(code))


def sites_to_edit(actor: Actor) -> tuple[SiteView, ...]:
    """The sites that the actor edits or reviews."""
    return tuple(site for site in list_sites() if guard().covers(actor, READ, scope_of(site.organisation)))


def site_to_edit(actor: Actor, code: str) -> SiteView:
    """A site for its editors and reviewers; raises SiteNotFound or OperationNotAllowed."""
    found = get_site(code)
    if not guard().covers(actor, READ, scope_of(found.organisation)):
        raise OperationNotAllowed(operation=READ)
    return found


def scope_of(organisation: str) -> Scope:
    """A site is its organisation's."""
    return Scope(organisations=(organisation,))


def row_of(code: str) -> GroupSite:
    """The row of a site in use; raises SiteNotFound."""
    found = GroupSite.objects.filter(code=code, active=True).first()
    if found is None:
        raise SiteNotFound
    return found


def view_of(row: GroupSite) -> SiteView:
    """A row as others see it."""
    return SiteView(
        id=row.pk,
        code=row.code,
        title=Text(row.title_zh, row.title_en),
        kind=row.kind,
        organisation=row.organisation,
        theme=row.theme,
        identifier=row.identifier,
        phone=row.phone,
    )
