"""Make the group of sites what the city's files say; pages that are there already stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wagtail.models import Page

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.sites.contracts import Content, GroupLoaded
from yiwang.portal.sites.definitions import BodyPart, PageDefinition, SiteDefinition
from yiwang.portal.sites.models import GroupSite, HomePage, SitePage
from yiwang.portal.sites.operations import LOAD
from yiwang.portal.sites.page_kinds import PAGE_KINDS
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.declared import details_of
from yiwang.portal.sites.writing import add_page, write


@command(operation=LOAD)
def load_group(*, actor: Actor, at: datetime, sites: Iterable[SiteDefinition]) -> GroupLoaded:
    """Give how many sites there are and how many pages were added.

    A page is known by its address: what editors made of it, also its withdrawal, no load takes back. A site
    that the files no longer name is shut, never deleted.
    """
    permit(Scope(everyone=True), subject="sites")
    wanted = tuple(sites)
    added = 0
    for definition in wanted:
        row = _site(definition)
        home = _home(row, definition, at)
        below = [(home, page) for page in definition.pages]
        there = set(SitePage.objects.filter(site=row).values_list("address", flat=True))
        added += sum(_add(parent, page, there, at) for parent, page in below)
    GroupSite.objects.exclude(code__in=[site.code for site in wanted]).update(active=False)
    note(sites=len(wanted), pages=added)
    emit("sites.group_loaded", "sites", pages=added)
    return GroupLoaded(sites=len(wanted), pages=added)


def _site(definition: SiteDefinition) -> GroupSite:
    row, _ = GroupSite.objects.update_or_create(
        code=definition.code,
        defaults={
            "title_zh": definition.title.zh,
            "title_en": definition.title.en,
            "kind": definition.kind,
            "organisation": definition.organisation,
            "theme": definition.theme,
            "identifier": definition.identifier,
            "phone": definition.phone,
            "order": definition.order,
            "checks": {kind: rule.model_dump() for kind, rule in definition.checks.items()},
            "active": True,
        },
    )
    return row


def _home(row: GroupSite, definition: SiteDefinition, at: datetime) -> SitePage:
    if row.root_id is not None:
        there: SitePage = SitePage.objects.get(pk=row.root_id)
        return there
    home = HomePage(slug=row.code, title=row.title_zh, site=row, address=f"{row.code}/", **_published(at))
    title, lead = definition.title, definition.lead
    write(home, Content(title=title.zh, title_en=title.en, summary=lead.zh, summary_en=lead.en))
    Page.get_first_root_node().add_child(instance=home)
    _keep_revision(home)
    row.root = home.page_ptr
    row.save(update_fields=["root"])
    made: SitePage = SitePage.objects.get(pk=home.pk)
    return made


def _add(parent: SitePage, definition: PageDefinition, there: set[str], at: datetime) -> int:
    """Add a page and those under it, as far as they are not there; give how many."""
    address = f"{parent.address}{definition.address}/"
    if address in there:
        page = SitePage.objects.get(address=address)
        added = 0
    else:
        made = PAGE_KINDS.get(definition.kind).model(
            slug=definition.address, title=definition.title, show_in_menus=definition.menu, **_published(at)
        )
        write(made, _content_of(definition))
        page = add_page(SitePage.objects.get(pk=parent.pk), made)
        _keep_revision(page)
        added = 1
    return added + sum(_add(page, below, there, at) for below in definition.pages)


def _published(at: datetime) -> dict[str, object]:
    """What makes a new page published from the start: by a revision each, 68 took three times as long."""
    return {"live": True, "first_published_at": at, "last_published_at": at}


def _keep_revision(page: SitePage) -> None:
    revision = page.save_revision(clean=False, changed=False)
    SitePage.objects.filter(pk=page.pk).update(live_revision=revision)


def _content_of(definition: PageDefinition) -> Content:
    english = definition.english
    return Content(
        title=definition.title,
        title_en=english.title if english else "",
        summary=definition.summary,
        summary_en=english.summary if english else "",
        day=definition.day,
        details=details_of(PAGE_KINDS.get(definition.kind).fields, definition.declared),
        body=_parts(definition.body),
        body_en=_parts(english.body) if english else (),
        flow=definition.flow,
    )


def _parts(written: Iterable[BodyPart]) -> tuple[Part, ...]:
    return tuple(one.part for one in written)
