"""Take a file in, and look at what it holds."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from yiwang.kernel.text import Text
from yiwang.maps.making.files.contracts import FileState, LayerFileRefused
from yiwang.maps.making.files.keeping import FROM_FILE, survey_as_json
from yiwang.maps.models import LayerFile
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.api import FILE_SYSTEMS, FileNotSurveyed, load_folder, put_load_away, survey_file

#: Larger files go to a register that is drawn up for them, which takes them in parts.
MOST_BYTES = 200_000_000
KINDS = (
    "zip",
    "gpkg",
    "geojson",
    "json",
    "geojsons",
    "kml",
    "kmz",
    "dxf",
    "csv",
    "tsv",
    "txt",
    "xlsx",
    "parquet",
)
_WRONG_KIND = Text(
    "请上传 Shapefile 压缩包、GeoPackage、GeoJSON、KML、DXF、CSV、XLSX 或 Parquet 文件",
    "Send a Shapefile in a ZIP file, GeoPackage, GeoJSON, KML, DXF, CSV, XLSX or Parquet",
)
_TOO_LARGE = Text(
    "文件超过 200 MB；请先登记“起草登记簿”，再向其分段导入",
    "More than 200 MB; draw up a register and load the file into it, which goes in parts",
)
_EMPTY = Text("文件是空的", "The file is empty")
_NO_SYSTEM = Text("没有这个坐标系", "There is no such reference system here")


@command(operation=FROM_FILE)
def receive_layer_file(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    size: int,
    content: Iterable[bytes],
    system: str = "",
    encoding: str = "",
) -> int:
    """Keep a file of up to 200 MB, survey its first rows in a process of their own; gives its number.

    ``system`` and ``encoding`` as :func:`yiwang.registers.api.receive_file` has them.

    Raises:
        LayerFileRefused: of another kind, too large, unreadable, or with nothing that can be drawn.
        OperationNotAllowed: not an officer's act.
    """
    permit(Scope(organisations=(actor.organisation,) if actor.organisation else ()), subject="layer_files")
    if actor.account_id is None:
        raise OperationNotAllowed(operation=FROM_FILE)
    kind = name.rpartition(".")[2].lower()
    reason = _reason_against(kind, size, system)
    if reason is not None:
        raise LayerFileRefused(reason=reason)
    file = f"{secrets.token_hex(16)}.{kind}"
    path = load_folder() / file
    try:
        with path.open("xb") as kept:
            path.chmod(0o600)
            for part in content:
                kept.write(part)
        survey = survey_file(path, encoding=encoding, system=system)
    except FileNotSurveyed as refused:
        put_load_away(file)
        raise LayerFileRefused(reason=refused.reason) from refused
    except BaseException:
        put_load_away(file)
        raise
    row = LayerFile.objects.create(
        account_id=actor.account_id,
        organisation=actor.organisation,
        post=actor.post,
        roles=sorted(actor.roles),
        name="".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')[-200:],
        file=file,
        size=size,
        system=system,
        encoding=encoding,
        state=FileState.CHOOSING,
        survey=survey_as_json(survey),
        asked_at=at,
    )
    note(file=row.pk, bytes=size, system=system)
    return row.pk


def _reason_against(kind: str, size: int, system: str) -> Text | None:
    if kind not in KINDS:
        return _WRONG_KIND
    if not size:
        return _EMPTY
    if size > MOST_BYTES:
        return _TOO_LARGE
    return None if system in FILE_SYSTEMS else _NO_SYSTEM
