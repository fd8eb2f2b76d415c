"""Imagery that an officer's organisation keeps, with all of its editions and what became of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.degrees import DEGREE
from yiwang.maps.models import RasterChange, RasterEdition
from yiwang.maps.rasters.contracts import EditionNotThere, RasterNotFound
from yiwang.maps.rasters.definitions import RasterDefinition
from yiwang.maps.rasters.queries.editions import Edition, all_declared, declared, edition_of
from yiwang.platform.contracts import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEdition:
    """An edition as its keeper sees it; ``width`` and ``height`` are pixels of the file that was sent."""

    edition: Edition
    width: int
    height: int
    #: Reference system of the file that was sent.
    system: str
    account_id: int | None
    taken_back_at: datetime | None

    @property
    def metres(self) -> float:
        """Metres on the ground of a pixel of the file that was sent, about."""
        west, south, east, north = self.edition.bounds
        return (east - west) * DEGREE * math.cos(math.radians((south + north) / 2)) / self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRaster:
    """A raster with all of its editions, the newest first."""

    raster: RasterDefinition
    editions: tuple[KeptEdition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChange:
    """What became of an edition, and why where that was said."""

    act: str
    at: datetime
    account_id: int | None
    revision: int
    size: int
    reason: str


def owned_raster(actor: Actor, code: str) -> RasterDefinition:
    """A raster that the officer's present organisation keeps.

    Raises:
        RasterNotFound: it keeps none of that code.
    """
    found = declared(code)
    if found is None or actor.kind != "officer" or found.owner != actor.organisation:
        raise RasterNotFound(raster=code)
    return found


def list_owned(actor: Actor) -> tuple[KeptRaster, ...]:
    """What the officer's organisation keeps, by code; also what has no edition yet."""
    owned = [each for each in all_declared() if actor.kind == "officer" and each.owner == actor.organisation]
    return tuple(_kept(each) for each in sorted(owned, key=lambda each: each.code))


def read_owned(actor: Actor, code: str) -> KeptRaster:
    """One of them.

    Raises:
        RasterNotFound
    """
    return _kept(owned_raster(actor, code))


def read_kept(actor: Actor, code: str, edition: str) -> KeptEdition:
    """An edition, also one that was taken back.

    Raises:
        RasterNotFound, EditionNotThere
    """
    found = [each for each in read_owned(actor, code).editions if each.edition.edition == edition]
    if not found:
        raise EditionNotThere(edition=edition)
    return found[0]


def list_changes(actor: Actor, code: str, edition: str) -> Sequence[EditionChange]:
    """What became of an edition, the latest first.

    Raises:
        RasterNotFound
    """
    rows = RasterChange.objects.filter(raster=owned_raster(actor, code).code, edition=edition)
    return [
        EditionChange(
            act=row.act,
            at=row.at,
            account_id=row.account_id,
            revision=row.revision,
            size=row.size,
            reason=row.reason,
        )
        for row in rows.order_by("-id")
    ]


def _kept(raster: RasterDefinition) -> KeptRaster:
    rows = RasterEdition.objects.filter(raster=raster.code).order_by("-year")
    return KeptRaster(
        raster=raster,
        editions=tuple(
            KeptEdition(
                edition=edition_of(raster, row),
                width=row.width,
                height=row.height,
                system=row.source_system,
                account_id=row.account_id,
                taken_back_at=row.taken_back_at,
            )
            for row in rows
        ),
    )
