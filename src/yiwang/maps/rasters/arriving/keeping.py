"""Files on their way, as they are kept and as officers of the imagery's owner see them.

They lie where loads of registers lie (``var/loads``), which forgets what nobody goes on with for a day.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from yiwang.kernel.text import Text
from yiwang.maps.models import RasterUpload
from yiwang.maps.rasters.arriving.contracts import UploadNotFound, UploadState, UploadView
from yiwang.maps.rasters.commands.load_raster import OPERATION
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import append_to_load, load_folder, received_of_load

_UNDER_WAY = (UploadState.RECEIVING, UploadState.WAITING)


def own_uploads(actor: Actor) -> QuerySet[RasterUpload]:
    """Files sent in the name of the officer's present organisation."""
    return RasterUpload.objects.filter(organisation=actor.organisation or "-")


def own_upload(actor: Actor, upload: int, *, lock: bool = False) -> RasterUpload:
    """A file of the officer's organisation.

    Raises:
        UploadNotFound: there is none, or it is another organisation's.
    """
    rows = own_uploads(actor)
    row = (rows.select_for_update() if lock else rows).filter(pk=upload).first()
    judge = guard()
    scope = Scope(organisations=(actor.organisation,))
    if row is None or not (judge.may(actor, OPERATION) and judge.covers(actor, OPERATION, scope)):
        raise UploadNotFound
    return row


def get_upload(*, actor: Actor, upload: int) -> UploadView:
    """A file of the officer's organisation.

    Raises:
        UploadNotFound: there is none, or it is another organisation's.
    """
    return _view(own_upload(actor, upload))


def list_uploads(*, actor: Actor, most: int = 10) -> list[UploadView]:
    """The last files of the officer's organisation, newest first."""
    return _views(own_uploads(actor).order_by("-id")[:most])


def append_upload(*, actor: Actor, upload: int, offset: int, content: bytes) -> int:
    """Add a part to one's own file that has not arrived whole; gives how many bytes there are now.

    Raises:
        UploadNotFound, WrongOffset, StorageFull: nothing was added, or what fitted.
    """
    row = own_upload(actor, upload)
    if row.account_id != actor.account_id or _state_of(row) is not UploadState.RECEIVING:
        raise UploadNotFound
    return append_to_load(row.file, offset=offset, content=content, size=row.size)


def _views(rows: Iterable[RasterUpload]) -> list[UploadView]:
    return [_view(row) for row in rows]


def _state_of(row: RasterUpload) -> UploadState:
    state = UploadState(row.state)
    is_there = state not in _UNDER_WAY or (load_folder() / row.file).exists()
    return state if is_there else UploadState.GONE


def _view(row: RasterUpload) -> UploadView:
    state = _state_of(row)
    return UploadView(
        id=row.pk,
        raster=row.raster,
        year=row.year,
        name=row.name,
        size=row.size,
        received=received_of_load(row.file) if state is UploadState.RECEIVING else row.size,
        state=state,
        percent=100 if state is UploadState.DONE else min(int(row.share * 100), 99),
        refusal=Text(row.refusal["zh"], row.refusal["en"]) if row.refusal else None,
        account_id=row.account_id,
        asked_at=row.asked_at,
    )
