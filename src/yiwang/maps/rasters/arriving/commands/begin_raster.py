"""Have a file of imagery read that has arrived whole."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.maps.models import RasterUpload
from yiwang.maps.rasters.arriving.contracts import EditionBeingRead, UploadNotFound, UploadState
from yiwang.maps.rasters.arriving.keeping import own_upload
from yiwang.maps.rasters.commands.load_raster import OPERATION
from yiwang.maps.rasters.contracts import NO_GEOTIFF, RasterRefused
from yiwang.maps.rasters.rules.beginnings import is_tiff
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import load_folder, put_load_away, received_of_load
from yiwang.registers.contracts import WrongOffset

#: Name of the job; ``maps/tasks.py`` defines it. It is deferred in the act's transaction.
READ_RASTER = "yiwang.maps.read_raster"


@command(operation=OPERATION)
def begin_raster(*, actor: Actor, at: datetime, upload: int) -> None:
    """Have it read by a job; of two files for one edition the second is refused.

    Raises:
        UploadNotFound: there is none of this organisation, or it was begun before.
        WrongOffset: it has not arrived whole.
        RasterRefused: by its first bytes it is no TIFF, whatever it is called.
        EditionBeingRead
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"raster_upload:{upload}")
    row = own_upload(actor, upload)
    # all for the edition, in one order: whoever begins second waits, and sees that another is being read
    rivals = RasterUpload.objects.filter(raster=row.raster, year=row.year).order_by("pk")
    states = {each.pk: each.state for each in rivals.select_for_update()}
    if states[row.pk] != UploadState.RECEIVING:
        raise UploadNotFound
    if received_of_load(row.file) != row.size:
        raise WrongOffset(offset=received_of_load(row.file))
    with (load_folder() / row.file).open("rb") as file:
        if not is_tiff(file.read(4)):
            raise RasterRefused(reason=NO_GEOTIFF)
    if UploadState.WAITING in states.values():
        raise EditionBeingRead(year=row.year)
    row.state = UploadState.WAITING
    row.save(update_fields=["state"])
    note(upload=upload, begun=at.isoformat())
    jobs.configure_task(READ_RASTER).defer(upload=upload)


def refuse_upload(*, upload: int, reason: dict[str, str], at: datetime) -> None:
    """End one that can't be loaded: its file goes, why stays."""
    row = RasterUpload.objects.get(pk=upload)
    live = (UploadState.RECEIVING, UploadState.WAITING)
    ended = {"state": UploadState.REFUSED, "refusal": reason, "ended_at": at}
    RasterUpload.objects.filter(pk=upload, state__in=live).update(**ended)
    put_load_away(row.file)
