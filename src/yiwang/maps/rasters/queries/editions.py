"""Rasters and their editions as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.contracts import Bounds, RasterNotFound
from yiwang.maps.rasters.definitions import RasterDefinition
from yiwang.maps.rasters.kinds import RasterKind, raster_of
from yiwang.maps.rules.audience import is_meant_for
from yiwang.packs.api import as_known
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A loaded file."""

    raster: RasterDefinition
    edition: str
    year: int
    revision: int
    path: Path
    bounds: Bounds
    zoom: int
    size: int
    loaded_at: datetime

    @property
    def is_everybodys(self) -> bool:
        """Whether anybody may see it."""
        return self.raster.audience.kind == "readers"

    @property
    def collection(self) -> str:
        """How it is called where layers are called by their codes, of which none has a point."""
        return f"{self.raster.code}.{self.edition}"

    @property
    def at(self) -> str:
        """Where the map shows it: zoom, latitude and longitude."""
        west, south, east, north = self.bounds
        return f"{max(self.zoom - 1, 0)}/{(south + north) / 2:.5f}/{(west + east) / 2:.5f}"

    @property
    def mark(self) -> str:
        """What makes a tile of it another one."""
        return f"{self.raster.code}/{self.edition}.{self.revision} {self.raster.audience.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRaster:
    """A raster with its editions, the newest first."""

    raster: RasterDefinition
    editions: tuple[Edition, ...]


def is_for(raster: RasterDefinition, actor: Actor | None) -> bool:
    """Whether a raster is for a reader: by its audience, and always for officers of its owner."""
    own = actor is not None and actor.kind != "citizen" and actor.organisation == raster.owner
    return own or is_meant_for(raster.audience, actor)


def list_rasters(actor: Actor | None) -> tuple[ReadRaster, ...]:
    """Rasters for a reader that have at least one edition, by code."""
    return _with_editions(raster for raster in all_declared() if is_for(raster, actor))


def list_loaded() -> tuple[ReadRaster, ...]:
    """All that is loaded, for whomever keeps the machine."""
    return _with_editions(all_declared())


def all_declared() -> Iterator[RasterDefinition]:
    """All rasters as applied, for whomever."""
    return (raster_of(each.content) for each in as_known(RasterKind.key).of_kind(RasterKind.key))


def _with_editions(rasters: Iterable[RasterDefinition]) -> tuple[ReadRaster, ...]:
    seen = {raster.code: raster for raster in rasters}
    rows = RasterEdition.objects.filter(raster__in=list(seen), taken_back_at=None).order_by("raster", "-year")
    found: dict[str, list[Edition]] = {}
    for row in rows:
        found.setdefault(row.raster, []).append(edition_of(seen[row.raster], row))
    return tuple(ReadRaster(raster=seen[code], editions=tuple(found[code])) for code in sorted(found))


def read_edition(actor: Actor | None, code: str, edition: str) -> Edition:
    """One edition.

    Raises:
        RasterNotFound: there is none, or it is not for this reader.
    """
    raster = declared(code)
    row = RasterEdition.objects.filter(raster=code, edition=edition, taken_back_at=None).first()
    if raster is None or row is None or not is_for(raster, actor):
        raise RasterNotFound(raster=f"{code}/{edition}")
    return edition_of(raster, row)


def declared(code: str) -> RasterDefinition | None:
    """A raster as applied, for whomever."""
    found = as_known(RasterKind.key).get(RasterKind.key, code)
    return raster_of(found.content) if found is not None else None


def folder_of(code: str) -> Path:
    """Where a raster's files lie; made when it is missing. ``code`` is that of a declared raster."""
    place = environment().var / "rasters" / code
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def edition_of(raster: RasterDefinition, row: RasterEdition) -> Edition:
    """A row as readers take it."""
    return Edition(
        raster=raster,
        edition=row.edition,
        year=row.year,
        revision=row.revision,
        path=environment().var / "rasters" / row.raster / row.file,
        bounds=(row.west, row.south, row.east, row.north),
        zoom=row.zoom,
        size=row.size,
        loaded_at=row.loaded_at,
    )
