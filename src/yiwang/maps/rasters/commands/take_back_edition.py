"""Take an edition back, and put it there again: nobody is shown it meanwhile, and its file stays."""

from __future__ import annotations

from datetime import datetime

from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.commands.load_raster import keep_change
from yiwang.maps.rasters.contracts import EditionNotThere, ReasonMissing
from yiwang.maps.rasters.queries.owned import owned_raster
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

TAKE_BACK = "maps.raster.take_back"
_LONGEST = 500


@command(operation=TAKE_BACK)
def take_back_edition(*, actor: Actor, at: datetime, raster: str, edition: str, reason: str) -> None:
    """Take it from maps, tiles and all that is worked out from it; the reason stands in its history.

    Raises:
        RasterNotFound: the organisation keeps no such imagery.
        EditionNotThere: there is no such edition, or it was taken back before.
        ReasonMissing
    """
    row = _row(actor, raster, edition)
    if row.taken_back_at is not None:
        raise EditionNotThere(edition=edition)
    row.taken_back_at = at
    _keep(row, "taken_back", actor=actor, at=at, reason=reason)


@command(operation=TAKE_BACK)
def put_back_edition(*, actor: Actor, at: datetime, raster: str, edition: str, reason: str) -> None:
    """Show again, as it was, what was taken back.

    Raises:
        RasterNotFound: the organisation keeps no such imagery.
        EditionNotThere: there is no such edition, or it is shown.
        ReasonMissing
    """
    row = _row(actor, raster, edition)
    if row.taken_back_at is None:
        raise EditionNotThere(edition=edition)
    row.taken_back_at = None
    _keep(row, "put_back", actor=actor, at=at, reason=reason)


def _row(actor: Actor, raster: str, edition: str) -> RasterEdition:
    known = owned_raster(actor, raster)
    permit(Scope(organisations=(known.owner,)), subject=f"raster:{raster}/{edition}")
    row = RasterEdition.objects.select_for_update().filter(raster=raster, edition=edition).first()
    if row is None:
        raise EditionNotThere(edition=edition)
    return row


def _keep(row: RasterEdition, act: str, *, actor: Actor, at: datetime, reason: str) -> None:
    said = reason.strip()
    if not said or len(said) > _LONGEST:
        raise ReasonMissing
    row.save(update_fields=["taken_back_at"])
    keep_change(row, act, actor=actor, at=at, reason=said)
    note(raster=row.raster, edition=row.edition, revision=row.revision)
