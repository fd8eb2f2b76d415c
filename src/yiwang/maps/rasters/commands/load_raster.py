"""Put a converted file in the place of an edition: the file is whole, and row and journal stand together."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.contracts import EditionUnfit, LoadedEdition, MadeRaster, RasterNotFound
from yiwang.maps.rasters.queries.editions import declared, folder_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

OPERATION = "maps.raster.load"
_YEARS = range(1900, 2101)


@command(operation=OPERATION)
def load_raster(
    *, actor: Actor, at: datetime, raster: str, year: int, made: MadeRaster, file: Path, sha256: str
) -> LoadedEdition:
    """Take ``file``, which the reader's process wrote beside the others, as the edition of a year.

    The edition that stood there goes: its file is removed once this is committed.

    Raises:
        RasterNotFound, EditionUnfit
    """
    known = declared(raster)
    if known is None:
        raise RasterNotFound(raster=raster)
    permit(Scope(organisations=(known.owner,)), subject=f"raster:{raster}/{year}")
    if year not in _YEARS:
        raise EditionUnfit
    before = RasterEdition.objects.select_for_update().filter(raster=raster, edition=str(year)).first()
    name = f"{year}-{secrets.token_hex(8)}.tif"
    west, south, east, north = made.bounds
    row, is_new = RasterEdition.objects.update_or_create(
        raster=raster,
        edition=str(year),
        defaults={
            "year": year,
            "revision": before.revision + 1 if before is not None else 1,
            "file": name,
            "size": file.stat().st_size,
            "sha256": sha256,
            "west": west,
            "south": south,
            "east": east,
            "north": north,
            "width": made.width,
            "height": made.height,
            "zoom": made.zoom,
            "source_system": made.epsg,
            "loaded_at": at,
            "account_id": actor.account_id,
        },
    )
    note(raster=raster, year=year, revision=row.revision, sha256=sha256)
    if before is not None:
        old = folder_of(raster) / before.file
        transaction.on_commit(lambda: old.unlink(missing_ok=True))
    file.rename(folder_of(raster) / name)
    return LoadedEdition(raster=raster, edition=str(year), revision=row.revision, is_renewed=not is_new)
