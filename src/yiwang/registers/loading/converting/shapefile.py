"""The parts of a Shapefile: all there, saying the same, and in an encoding that is told or found out."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path, PurePosixPath

import pyogrio

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.archive import put_down
from yiwang.registers.loading.converting.cells import Unreadable
from yiwang.registers.loading.converting.layers import tell_layer

_PARTS = (".shp", ".shx", ".dbf")
_ALSO = (".prj", ".cpg")
_HEAD = 100
_MAGIC = 9994
_SAMPLE = 4_000_000
#: Of the language byte of dBASE: Chinese.
_CHINESE = frozenset({0x4D, 0x7A})
_UTF_8 = frozenset({"utf-8", "utf8", "65001"})
_CHINESE_NAMES = frozenset({"gb18030", "gbk", "gb2312", "936", "cp936", "54936", "ansi 936", "oem 936"})
_SEVERAL = Text(
    "压缩包内有多个 Shapefile；请只保留一个", "There are several Shapefiles in the package; keep one"
)
_MISSING = Text("压缩包内缺少 {part} 文件", "The {part} file is missing in the package")
_LENGTH = Text(
    "{part} 文件声明 {told} 字节，实为 {found} 字节",
    "The {part} file says that it has {told} bytes, and has {found}",
)
_DIFFERENT = Text(
    "图形（.shx）有 {shapes} 个，属性（.dbf）有 {rows} 行，两者不符",
    "There are {shapes} shapes (.shx) and {rows} rows of attributes (.dbf)",
)
_NO_PART = Text("{part} 文件不是 Shapefile 的一部分", "The {part} file is no part of a Shapefile")
_ENCODING = Text("不认识 .cpg 所写的编码", "The encoding that the .cpg file names is not known")


def tell_shapefile(
    package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path, chosen: str
) -> None:
    """Tell the rows of the one Shapefile of a package."""
    shapes = [entry for entry in entries if _suffix(entry) == ".shp"]
    if len(shapes) > 1:
        raise Unreadable(0, _SEVERAL)
    stem = PurePosixPath(shapes[0].filename).with_suffix("")
    found = {
        _suffix(entry): entry
        for entry in entries
        if PurePosixPath(entry.filename).with_suffix("") == stem and _suffix(entry) in (*_PARTS, *_ALSO)
    }
    for part in _PARTS:
        if part not in found:
            raise _refused(_MISSING, part=part)
    put_down(package, {f"rows{part}": entry for part, entry in found.items()}, folder)
    _refuse_lies(folder)
    pyogrio.set_gdal_config_options({"SHAPE_ENCODING": _encoding(folder), "SHAPE_RESTORE_SHX": False})
    tell_layer(folder / "rows.shp", "ESRI Shapefile", chosen)


def _suffix(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).suffix.lower()


def _refuse_lies(folder: Path) -> None:
    """What the parts say of their lengths holds, and there are as many shapes as rows."""
    for part in (".shp", ".shx"):
        size = (folder / f"rows{part}").stat().st_size
        with (folder / f"rows{part}").open("rb") as file:
            head = file.read(_HEAD)
        if len(head) < _HEAD or struct.unpack_from(">i", head)[0] != _MAGIC:
            raise _refused(_NO_PART, part=part)
        told = struct.unpack_from(">i", head, 24)[0] * 2
        if told != size:
            raise _refused(_LENGTH, part=part, told=told, found=size)
    shapes = ((folder / "rows.shx").stat().st_size - _HEAD) // 8
    with (folder / "rows.dbf").open("rb") as file:
        head = file.read(32)
    if len(head) < 32:
        raise _refused(_NO_PART, part=".dbf")
    rows, begins, width = struct.unpack_from("<IHH", head, 4)
    size = (folder / "rows.dbf").stat().st_size
    if not width or begins + rows * width > size:
        raise _refused(_LENGTH, part=".dbf", told=begins + rows * width, found=size)
    if rows != shapes:
        raise _refused(_DIFFERENT, shapes=shapes, rows=rows)


def _encoding(folder: Path) -> str:
    """As ``.cpg`` says, or the language byte of dBASE, or as the texts can be read."""
    told = folder / "rows.cpg"
    if told.exists():
        name = told.read_bytes()[:40].decode("ascii", "replace").strip().casefold()
        if name in _UTF_8:
            return "UTF-8"
        if name in _CHINESE_NAMES:
            return "GB18030"
        if name:
            raise Unreadable(0, _ENCODING)
    with (folder / "rows.dbf").open("rb") as file:
        sample = file.read(_SAMPLE)
    if sample[29] in _CHINESE:
        return "GB18030"
    try:
        # a row may be cut at the end of the sample, a text at the end of its field
        sample[struct.unpack_from("<H", sample, 8)[0] :].decode("utf-8")
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


def _refused(reason: Text, **facts: str | int) -> Unreadable:
    return Unreadable(0, Text(reason.zh.format(**facts), reason.en.format(**facts)))
