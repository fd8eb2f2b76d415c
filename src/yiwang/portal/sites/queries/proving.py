"""What a published page says, whole and with the digests of its files: what a proof is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from yiwang.portal.sites.contracts import PageView, SitePageNotFound
from yiwang.portal.sites.models import FileUse, SitePage
from yiwang.portal.sites.queries.pages import find_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    """A published page under the number of its published revision; digests (SHA-256) by id of file."""

    id: int
    revision: int
    address: str
    view: PageView
    files: Mapping[int, str]


def published_page(page: int) -> PublishedPage:
    """A page that the public reads; raises SitePageNotFound."""
    row = SitePage.objects.filter(pk=page, live=True, live_revision__isnull=False).first()
    if row is None:
        raise SitePageNotFound
    site, _, inner = row.address.partition("/")
    used = FileUse.objects.filter(page=row).order_by("file_id").values_list("file_id", "file__stored__sha256")
    return PublishedPage(
        id=row.pk,
        revision=int(row.live_revision_id or 0),
        address=row.address,
        view=find_page(site, inner),
        files=dict(used),
    )


def published_without(revisions: QuerySet[Model, Mapping[str, object]], most: int) -> list[int]:
    """Pages whose published revision is not among these, at most so many."""
    found = SitePage.objects.filter(live=True, site__active=True, live_revision__isnull=False)
    found = found.exclude(live_revision_id__in=revisions).order_by("pk")
    return [int(pk) for pk in found.values_list("pk", flat=True)[:most]]
