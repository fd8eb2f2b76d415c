"""Put a converted file in the place of an edition: the file is whole, and row and journal stand together."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from yiwang.maps.models import RasterChange, RasterEdition, RasterUpload
from yiwang.maps.rasters.arriving.contracts import UploadState, UploadStopped
from yiwang.maps.rasters.contracts import (
    EditionChanged,
    EditionUnfit,
    LoadedEdition,
    MadeRaster,
    RasterNotFound,
)
from yiwang.maps.rasters.queries.editions import declared, folder_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

OPERATION = "maps.raster.load"
YEARS = range(1900, 2101)


@command(operation=OPERATION)
def load_raster(
    *,
    actor: Actor,
    at: datetime,
    raster: str,
    year: int,
    made: MadeRaster,
    file: Path,
    sha256: str,
    upload: int | None = None,
) -> LoadedEdition:
    """Take ``file``, which the reader's process wrote beside the others, as the edition of a year.

    The edition that stood there goes: its file is removed once this is committed. The ``upload`` that the
    file came by has ended with it.

    Raises:
        RasterNotFound, EditionUnfit
        UploadStopped: somebody stopped the upload before.
        EditionChanged: another stands there than when the upload was announced.
    """
    known = declared(raster)
    if known is None:
        raise RasterNotFound(raster=raster)
    permit(Scope(organisations=(known.owner,)), subject=f"raster:{raster}/{year}")
    if year not in YEARS:
        raise EditionUnfit
    before = RasterEdition.objects.select_for_update().filter(raster=raster, edition=str(year)).first()
    if upload is not None:
        _end(upload, before, at=at)
    name = f"{year}-{secrets.token_hex(8)}.tif"
    row, is_new = RasterEdition.objects.update_or_create(
        raster=raster,
        edition=str(year),
        defaults=_measured(made)
        | {
            "year": year,
            "revision": before.revision + 1 if before is not None else 1,
            "file": name,
            "size": file.stat().st_size,
            "sha256": sha256,
            "loaded_at": at,
            "account_id": actor.account_id,
            "taken_back_at": None,
        },
    )
    keep_change(row, "loaded", actor=actor, at=at)
    note(raster=raster, year=year, revision=row.revision, sha256=sha256)
    if before is not None:
        old = folder_of(raster) / before.file
        transaction.on_commit(lambda: old.unlink(missing_ok=True))
    file.rename(folder_of(raster) / name)
    return LoadedEdition(raster=raster, edition=str(year), revision=row.revision, is_renewed=not is_new)


def _measured(made: MadeRaster) -> dict[str, object]:
    west, south, east, north = made.bounds
    return {
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "width": made.width,
        "height": made.height,
        "zoom": made.zoom,
        "source_system": made.epsg,
    }


def keep_change(row: RasterEdition, act: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    """Add a row to what became of an edition."""
    RasterChange.objects.create(
        raster=row.raster,
        edition=row.edition,
        revision=row.revision,
        act=act,
        at=at,
        account_id=actor.account_id,
        sha256=row.sha256,
        size=row.size,
        reason=reason,
    )


def _end(upload: int, before: RasterEdition | None, *, at: datetime) -> None:
    sent = RasterUpload.objects.select_for_update().get(pk=upload)
    if sent.state != UploadState.WAITING:
        raise UploadStopped
    if sent.over != (before.revision if before is not None else 0):
        raise EditionChanged(year=sent.year)
    sent.state, sent.share, sent.refusal, sent.ended_at = UploadState.DONE, 1.0, {}, at
    sent.save(update_fields=["state", "share", "refusal", "ended_at"])
