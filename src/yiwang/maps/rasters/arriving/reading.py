"""Read a file that has arrived, and load it: the worker's part. What a killed worker began is begun anew."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.models import RasterUpload
from yiwang.maps.rasters.arriving.commands.begin_raster import refuse_upload
from yiwang.maps.rasters.arriving.contracts import UploadState, UploadStopped
from yiwang.maps.rasters.loading import load_file
from yiwang.platform.contracts import Actor, StorageFull
from yiwang.platform.session_locks import alone
from yiwang.registers.api import load_folder, put_load_away

_GONE = Text("文件已删除，请重新上传", "The file was deleted; send it again")
_FULL = Text(
    "服务器存储空间不足，腾出空间后自动继续；也可以停止",
    "The server has no room left; it goes on by itself once there is some, or you may stop it",
)


def read_raster(*, upload: int, at: datetime) -> bool:
    """Do it in the name of who sent it, whose rights are asked anew; False when it had ended before.

    Raises:
        StorageFull: nothing is left of the try; it waits, and its page says what for.
    """
    with alone(f"maps.raster_upload:{upload}"):
        row = RasterUpload.objects.get(pk=upload)
        if row.state != UploadState.WAITING:
            return False
        source = load_folder() / row.file
        if not source.exists():
            refuse_upload(upload=upload, reason={**_GONE.as_dict()}, at=at)
            return True
        try:
            load_file(
                actor=Actor.who_asked(row),
                at=at,
                raster=row.raster,
                year=row.year,
                source=source,
                told=lambda share: _tell(upload, share),
                upload=upload,
            )
        except StorageFull:
            _waiting(upload, refusal={**_FULL.as_dict()}, share=0)
            raise
        except UploadStopped:
            put_load_away(row.file)
        except YiwangError as refused:
            refuse_upload(upload=upload, reason={**refused.sentence.as_dict()}, at=at)
        else:
            put_load_away(row.file)
    return True


def _tell(upload: int, share: float) -> None:
    if not _waiting(upload, share=share, refusal={}):
        raise UploadStopped


def _waiting(upload: int, **values: object) -> int:
    return RasterUpload.objects.filter(pk=upload, state=UploadState.WAITING).update(**values)
