"""A ZIP file of strangers: what it holds is known, small enough, and goes nowhere but into one folder."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Unreadable

_MOST_ENTRIES = 500
_MOST_UNPACKED = 4_000_000_000
_MOST_RATIO, _RATIO_FLOOR = 100, 50_000_000
_NESTED = frozenset({".zip", ".kmz", ".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"})
_BUFFER = 1 << 20
_BOMB = Text("压缩包展开后过大，或文件过多", "The package unpacks to far too much, or holds too many files")
_PATH = Text(
    "压缩包内第 {n} 个文件的路径不允许（绝对路径或含“..”）",
    "File {n} of the package has a path that is not allowed (absolute, or with “..”)",
)
_LINK = Text("压缩包内第 {n} 个文件是链接", "File {n} of the package is a link")
_INNER = Text("压缩包内第 {n} 个文件又是压缩包", "File {n} of the package is a package itself")
_LOCKED = Text("压缩包内第 {n} 个文件有密码", "File {n} of the package has a password")


def checked(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Give the files of a package, without what systems leave beside them.

    Raises:
        Unreadable: one of them is not to be unpacked; it is named by its number.
    """
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    most = max(_RATIO_FLOOR, min(packed * _MOST_RATIO, _MOST_UNPACKED))
    if len(entries) > _MOST_ENTRIES or unpacked > most:
        raise Unreadable(0, _BOMB)
    for number, entry in enumerate(entries, start=1):
        reason = _reason_against(entry)
        if reason is not None:
            raise Unreadable(0, Text(reason.zh.format(n=number), reason.en.format(n=number)))
    return [
        entry
        for entry in entries
        if not entry.is_dir() and not entry.filename.startswith(("__MACOSX/", ".")) and entry.file_size
    ]


def _reason_against(entry: zipfile.ZipInfo) -> Text | None:
    # as it stands in the package: zipfile makes some names harmless, others would not
    name = entry.orig_filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name or "\x00" in name:
        return _PATH
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _LINK
    if path.suffix.lower() in _NESTED:
        return _INNER
    return _LOCKED if entry.flag_bits & 1 else None


def put_down(package: zipfile.ZipFile, wanted: Mapping[str, zipfile.ZipInfo], folder: Path) -> None:
    """Write files under names of our own; what is longer than it says is refused by its checksum."""
    for name, entry in wanted.items():
        with package.open(entry) as part, (folder / name).open("wb") as file:
            while piece := part.read(_BUFFER):
                file.write(piece)
