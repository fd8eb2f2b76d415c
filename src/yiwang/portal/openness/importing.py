"""Reads a package for its job: its table, then line by line its documents. It may begin again at any time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from yiwang.kernel.errors import InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.file_content import fault_in, misnamed, read_kind
from yiwang.platform.files import path_of
from yiwang.portal.openness.commands.take_batch import Original, end_batch, take_row
from yiwang.portal.openness.models import Batch, BatchRow
from yiwang.portal.openness.reading.contracts import MOST_BYTES, DocumentKind
from yiwang.portal.openness.reading.running import read_document
from yiwang.portal.openness.rules.blocks import Block
from yiwang.portal.openness.rules.rows import NOT_UTF8, Row, decoded, entry_of, rows_of

_MARK = b"PK\x03\x04"
_MOST_TABLE = 10_000_000
_NO_TABLE = Text("压缩包里要有一个CSV目录", "The package holds one catalogue as CSV")
_NO_FILE = Text("压缩包里没有这个文件", "The package does not hold this file")
_NO_DOCUMENT = Text("只接收DOCX、PDF、OFD文件", "Only DOCX, PDF and OFD are taken")
_TOO_LARGE = Text("文件过大", "The file is too large")


def read_batch(batch: int, *, at: datetime) -> None:
    """Read a package from where the last worker left it.

    Raises:
        StorageFull: the disk has no room; tried again later.
        YiwangError: whoever sent it has no right any more.
    """
    row = Batch.objects.select_related("file").filter(pk=batch).first()
    if row is None or row.state not in {"waiting", "reading"}:
        return
    actor = Actor.who_asked(row)
    with zipfile.ZipFile(path_of(row.file)) as package:
        names = _names(package)
        rows, refused = _table(package, names)
        if refused is not None:
            end_batch(actor=actor, at=at, batch=batch, reason=refused)
            return
        Batch.objects.filter(pk=batch).update(state="reading", rows=len(rows))
        done = set(BatchRow.objects.filter(batch=row).values_list("line", flat=True))
        for one in rows:
            if one.line not in done:
                _take(batch, one, package, names, actor=actor, at=at)
    end_batch(actor=actor, at=at, batch=batch)


def refuse_batch(batch: int, *, reason: Text, at: datetime) -> None:
    """Say why a package was left: whoever sent it may not any more."""
    Batch.objects.filter(pk=batch).update(state="refused", reason=reason.as_dict(), ended_at=at)


def _names(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of a package by their path and, where one alone has it, by their bare name."""
    found = {info.filename: info for info in package.infolist() if not info.is_dir()}
    bare: dict[str, list[zipfile.ZipInfo]] = {}
    for info in found.values():
        bare.setdefault(PurePosixPath(info.filename).name, []).append(info)
    return {**{name: infos[0] for name, infos in bare.items() if len(infos) == 1}, **found}


def _table(package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo]) -> tuple[list[Row], Text | None]:
    tables = {info.filename: info for info in names.values() if info.filename.lower().endswith(".csv")}
    if len(tables) != 1:
        return [], _NO_TABLE
    content = _part(package, *tables.values(), most=_MOST_TABLE)
    text = decoded(content) if content is not None else None
    return rows_of(text) if text is not None else ([], NOT_UTF8)


def _part(package: zipfile.ZipFile, info: zipfile.ZipInfo, *, most: int) -> bytes | None:
    """A file of the package; None where it is damaged or unpacks to more than ``most``."""
    try:
        with package.open(info) as stream:
            content = stream.read(most + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        return None
    return content if len(content) <= most else None


def _take(
    batch: int,
    row: Row,
    package: zipfile.ZipFile,
    names: Mapping[str, zipfile.ZipInfo],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    entry, faults = entry_of(row)
    title = row.cells.get("title", "")
    body: tuple[Block, ...] = ()
    original: Original | None = None
    reasons = list(faults)
    if entry is not None:
        original, fault = _original(package, names, entry.file)
        if fault is not None:
            reasons.append(fault)
        elif original is not None:
            try:
                body = read_document(original.content, DocumentKind(original.kind))
            except YiwangError as refused:
                reasons.append(refused.sentence)
    take = partial(take_row, actor=actor, at=at, batch=batch, line=row.line, title=title)
    try:
        take(entry=entry, body=body, original=original, reasons=reasons)
    except InvalidInput as refused:
        take(entry=None, reasons=[problem.text for problem in refused.problems])


def _original(
    package: zipfile.ZipFile, names: Mapping[str, zipfile.ZipInfo], name: str
) -> tuple[Original | None, Text | None]:
    info = names.get(name)
    if info is None:
        return None, _NO_FILE
    content = _part(package, info, most=MOST_BYTES)
    if content is None:
        return None, _TOO_LARGE
    stream = io.BytesIO(content)
    kind = read_kind(stream)
    suffix = Path(name).suffix.lower().lstrip(".")
    # packages have one mark, whatever is in them: the name says which, and reading it proves it
    kind = suffix if content.startswith(_MARK) and suffix in {"ofd", "docx"} else kind
    if kind not in set(DocumentKind):
        return None, _NO_DOCUMENT
    fault = misnamed(name, kind) or fault_in(stream, kind, len(content))
    if fault is not None:
        return None, fault
    return Original(name=PurePosixPath(name).name, kind=kind, content=content), None
