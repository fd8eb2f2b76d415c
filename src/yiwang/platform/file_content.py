"""What an upload is, by its bytes, and whether it can be what it says. Nothing is unpacked or rendered."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath
from typing import IO

import puremagic

from yiwang.kernel.text import Text

_ALIASES = {"jpeg": "jpg", "jfif": "jpg", "jpe": "jpg"}
_HEAD = 65_536
#: Readers look for the last marker of a PDF or PNG near its end; scanners append a little of their own.
_TAIL = 2_048
_LAST_MARKS = {"pdf": b"%%EOF", "png": b"IEND"}
_PACKED = {"docx", "xlsx", "ofd", "zip"}
_MOST_ENTRIES = 10_000
_MOST_UNPACKED = 1_000_000_000
#: Office files unpack to some ten times their size; below the floor nothing is worth a question.
_MOST_RATIO, _RATIO_FLOOR = 100, 50_000_000
EMPTY = Text("空文件", "an empty file")
UNRECOGNISED = Text("无法识别的文件", "a file of no known kind")
DAMAGED = Text("不完整或已损坏的文件", "a file that is damaged or cut off")
UNPACKS_TOO_FAR = Text("展开后过大的压缩包", "a package that unpacks to far too much")
LEADS_OUTSIDE = Text("含有越界路径的压缩包", "a package with paths that lead outside it")
_OTHER_NAME = Text(
    "{kind}，与文件名后缀“{suffix}”不符", "{kind}, which is not what its name ends with (“{suffix}”)"
)


def kind_of(head: bytes) -> str:
    """Give the kind by content, ``unknown`` if none is recognised."""
    try:
        found = puremagic.from_string(head).lstrip(".").lower()
    except (puremagic.PureError, ValueError):
        return "unknown"
    return _ALIASES.get(found, found) or "unknown"


def read_kind(stream: IO[bytes]) -> str:
    """The same of a stream; it stands at its beginning afterwards."""
    stream.seek(0)
    found = kind_of(stream.read(_HEAD))
    stream.seek(0)
    return found


def misnamed(name: str, kind: str) -> Text | None:
    """Why a name is not one for this kind: whoever opens it goes by its ending. None will do as well."""
    suffix = PurePosixPath(name).suffix.lower()
    ending = suffix.lstrip(".").strip()
    if not ending or _ALIASES.get(ending, ending) == kind:
        return None
    return _OTHER_NAME.fill(kind=kind.upper(), suffix=suffix[-12:])


def fault_in(stream: IO[bytes], kind: str, size: int) -> Text | None:
    """What is wrong inside; None where nothing is. The stream stands at its beginning afterwards."""
    mark = _LAST_MARKS.get(kind)
    if mark is not None:
        stream.seek(max(size - _TAIL, 0))
        whole = mark in stream.read(_TAIL)
        stream.seek(0)
        return None if whole else DAMAGED
    return _fault_in_package(stream, size) if kind in _PACKED else None


def _fault_in_package(stream: IO[bytes], size: int) -> Text | None:
    try:
        with zipfile.ZipFile(stream) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, NotImplementedError, OSError):
        return DAMAGED
    finally:
        stream.seek(0)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unpacked > max(_RATIO_FLOOR, min(size * _MOST_RATIO, _MOST_UNPACKED)):
        return UNPACKS_TOO_FAR
    return LEADS_OUTSIDE if any(_leads_outside(entry.filename) for entry in entries) else None


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0] if path.parts else True
