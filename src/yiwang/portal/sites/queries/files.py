"""Files of sites: to the public while a live page uses them, to the site's own editors always."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count

from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile
from yiwang.platform.one_reading import read_once
from yiwang.portal.sites.contracts import FileView, SiteFileNotFound
from yiwang.portal.sites.models import SiteFile
from yiwang.portal.sites.queries.sites import site_to_edit


def list_files(actor: Actor, site: str) -> tuple[FileView, ...]:
    """The files of an own site, the latest first; raises as ``site_to_edit`` does."""
    found = SiteFile.objects.filter(site_id=site_to_edit(actor, site).id)
    found = found.select_related("stored", "site").annotate(used=Count("uses"))
    return tuple(_view(row, uses=int(row.used)) for row in found.order_by("-pk"))


def own_file(actor: Actor, site: str, file: int) -> StoredFile:
    """The stored bytes of a file of an own site; raises SiteFileNotFound for another's."""
    own = site_to_edit(actor, site)
    row = SiteFile.objects.filter(pk=file, site_id=own.id).select_related("stored").first()
    if row is None:
        raise SiteFileNotFound
    return row.stored


def public_file(site: str, file: int) -> StoredFile:
    """The stored bytes of a file that a live page of the site uses; raises SiteFileNotFound."""
    found = SiteFile.objects.filter(pk=file, site__code=site, site__active=True, uses__page__live=True)
    row = found.select_related("stored").first()
    if row is None:
        raise SiteFileNotFound
    return row.stored


def files_in_use(site: str) -> tuple[tuple[int, StoredFile], ...]:
    """Files of a site that a live page uses, by id."""
    found = SiteFile.objects.filter(site__code=site, site__active=True, uses__page__live=True)
    return tuple((row.pk, row.stored) for row in found.select_related("stored").distinct().order_by("pk"))


@read_once
def files_named(site: str, files: Collection[int]) -> Mapping[int, FileView]:
    """Files of a site by id, for the page that names them."""
    wanted = set(files)
    if not wanted:
        return {}
    found = SiteFile.objects.filter(pk__in=wanted, site__code=site).select_related("stored", "site")
    return {row.pk: _view(row) for row in found}


def _view(row: SiteFile, *, uses: int = 0) -> FileView:
    return FileView(
        id=row.pk,
        site=row.site.code,
        name=row.stored.name,
        media_type=row.stored.media_type,
        size=row.stored.size,
        is_picture=row.is_picture,
        width=row.width,
        height=row.height,
        kept_at=row.kept_at,
        uses=uses,
    )
