"""Make the group of sites what the city's files say; pages that are there already stay as they are."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image
from wagtail.models import Page

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import MEDIA_TYPES, keep
from yiwang.portal.sites.contracts import Content, GroupLoaded, SiteFileNotFound
from yiwang.portal.sites.definitions import BodyPart, PageDefinition, SiteDefinition
from yiwang.portal.sites.models import GroupSite, HomePage, SiteFile, SitePage
from yiwang.portal.sites.operations import LOAD
from yiwang.portal.sites.page_kinds import PAGE_KINDS
from yiwang.portal.sites.rules.bodies import Part
from yiwang.portal.sites.rules.declared import details_of, file_names, with_files
from yiwang.portal.sites.writing import add_page, record_uses, write

_PICTURES = frozenset({"jpg", "png"})
#: What a city's folder may bring, by the ends of names; it is the city's own, checked when it was written.
_MEDIA_TYPES = {**MEDIA_TYPES, "webm": "video/webm", "vtt": "text/vtt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What adding pages to a site needs: the addresses that are ``there`` and its folder of files."""

    site: GroupSite
    there: set[str]
    folder: Path | None
    at: datetime


@command(operation=LOAD)
def load_group(
    *, actor: Actor, at: datetime, sites: Iterable[SiteDefinition], files: Path | None = None
) -> GroupLoaded:
    """Give how many sites there are and how many pages were added.

    A page is known by its address: what editors made of it, also its withdrawal, no load takes back. A site
    that the files no longer name is shut, never deleted. ``files`` holds a folder of files for each site.
    """
    permit(Scope(everyone=True), subject="sites")
    wanted = tuple(sites)
    added = 0
    for definition in wanted:
        row = _site(definition)
        home = _home(row, definition, at)
        there = set(SitePage.objects.filter(site=row).values_list("address", flat=True))
        given = Given(site=row, there=there, folder=files / row.code if files else None, at=at)
        added += sum(_add(home, page, given) for page in definition.pages)
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


def _add(parent: SitePage, definition: PageDefinition, given: Given) -> int:
    """Add a page and those under it, as far as they are not there; give how many."""
    address = f"{parent.address}{definition.address}/"
    if address in given.there:
        page = SitePage.objects.get(address=address)
        added = 0
    else:
        made = PAGE_KINDS.get(definition.kind).model(
            slug=definition.address,
            title=definition.title,
            show_in_menus=definition.menu,
            **_published(given.at),
        )
        content = _content_of(definition, given)
        write(made, content)
        page = add_page(SitePage.objects.get(pk=parent.pk), made)
        _keep_revision(page)
        record_uses(page, content)
        added = 1
    return added + sum(_add(page, below, given) for below in definition.pages)


def _published(at: datetime) -> dict[str, object]:
    """What makes a new page published from the start: by a revision each, 68 took three times as long."""
    return {"live": True, "first_published_at": at, "last_published_at": at}


def _keep_revision(page: SitePage) -> None:
    revision = page.save_revision(clean=False, changed=False)
    SitePage.objects.filter(pk=page.pk).update(live_revision=revision)


def _content_of(definition: PageDefinition, given: Given) -> Content:
    fields = PAGE_KINDS.get(definition.kind).fields
    details = details_of(fields, definition.declared)
    wanted = {*definition.file_names, *file_names(fields, details)}
    files = {name: _file(name, given) for name in sorted(wanted)}
    english = definition.english
    return Content(
        title=definition.title,
        title_en=english.title if english else "",
        summary=definition.summary,
        summary_en=english.summary if english else "",
        day=definition.day,
        details=with_files(fields, details, files),
        body=_parts(definition.body, files),
        body_en=_parts(english.body, files) if english else (),
        flow=definition.flow,
    )


def _parts(written: Iterable[BodyPart], files: Mapping[str, int]) -> tuple[Part, ...]:
    return tuple(one.part(files) for one in written)


def _file(name: str, given: Given) -> int:
    """Keep a file of the city's folder on the site, once: the same bytes are the same file."""
    if given.folder is None:
        raise SiteFileNotFound
    content = (given.folder / name).read_bytes()
    known = SiteFile.objects.filter(site=given.site, stored__sha256=hashlib.sha256(content).hexdigest())
    there = known.values_list("pk", flat=True).first()
    if there is not None:
        return there
    kind = name.rpartition(".")[2]
    owner = f"site:{given.site.code}"
    stored = keep(content, name=name, media_type=_MEDIA_TYPES[kind], owner=owner, at=given.at)
    width, height = 0, 0
    if kind in _PICTURES:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    row = SiteFile.objects.create(
        site=given.site,
        stored=stored,
        is_picture=kind in _PICTURES,
        width=width,
        height=height,
        kept_at=given.at,
    )
    return row.pk
