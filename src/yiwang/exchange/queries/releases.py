"""Releases of open data."""

from __future__ import annotations

from typing import Literal

from yiwang.exchange.catalogue.contracts import ReleaseInfo, ReleaseNotFound
from yiwang.exchange.contracts import CutField
from yiwang.exchange.models import Release
from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile


def info_of(row: Release) -> ReleaseInfo:
    """A release's row as others see it."""
    return ReleaseInfo(
        code=row.code,
        resource=row.resource,
        owner=row.owner,
        title=text_from(row.title),
        form="rows" if row.form == "rows" else "table",
        fields=tuple(CutField(name=field["name"], first=field["first"]) for field in row.fields),
        least=row.least,
        state=_STATES[row.state],
        report=row.report,
        file_id=row.file_id,
        prepared_by=row.prepared_by,
        signed_by=row.signed_by,
    )


_STATES: dict[str, Literal["prepared", "published", "withdrawn"]] = {
    "prepared": "prepared",
    "published": "published",
    "withdrawn": "withdrawn",
}


def list_releases(*, owner: str = "", resource: str = "") -> list[ReleaseInfo]:
    """Releases, the newest first."""
    found = Release.objects.order_by("-id")
    if owner:
        found = found.filter(owner=owner)
    if resource:
        found = found.filter(resource=resource)
    return [info_of(row) for row in found]


def get_release(code: str) -> ReleaseInfo:
    """Give a release.

    Raises:
        ReleaseNotFound: there is none.
    """
    row = Release.objects.filter(code=code).first()
    if row is None:
        raise ReleaseNotFound(release=code[:40])
    return info_of(row)


def published_file(code: str) -> StoredFile:
    """The file of a published release.

    Raises:
        ReleaseNotFound: there is none that is published.
    """
    row = Release.objects.select_related("file").filter(code=code, state="published").first()
    if row is None:
        raise ReleaseNotFound(release=code[:40])
    return row.file


def release_file(actor: Actor, release: ReleaseInfo) -> StoredFile:
    """The file of a release, for officers of its owner before it is public.

    Raises:
        ReleaseNotFound: it belongs to another organisation.
    """
    if actor.organisation != release.owner:
        raise ReleaseNotFound(release=release.code)
    return Release.objects.select_related("file").get(code=release.code).file
