"""Stop a file of imagery that arrives or is read: the process that reads it ends at its next word."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yiwang.maps.rasters.arriving.contracts import UploadState
from yiwang.maps.rasters.arriving.keeping import own_upload
from yiwang.maps.rasters.commands.load_raster import OPERATION
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import put_load_away


@command(operation=OPERATION)
def stop_raster(*, actor: Actor, at: datetime, upload: int) -> None:
    """Stop it, by any officer of the organisation with the right; one that has ended stays as it is.

    Raises:
        UploadNotFound: there is none of this organisation.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"raster_upload:{upload}")
    row = own_upload(actor, upload, lock=True)
    if row.state not in (UploadState.RECEIVING, UploadState.WAITING):
        return
    row.state, row.refusal, row.ended_at = UploadState.STOPPED, {}, at
    row.save(update_fields=["state", "refusal", "ended_at"])
    note(upload=upload, raster=row.raster, year=row.year)
    file = row.file
    transaction.on_commit(lambda: put_load_away(file))
