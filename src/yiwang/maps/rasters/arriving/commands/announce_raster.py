"""Announce a file of imagery; its parts are added afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.maps.models import RasterEdition, RasterUpload
from yiwang.maps.rasters.arriving.contracts import UploadRefused, UploadState
from yiwang.maps.rasters.commands.load_raster import OPERATION, YEARS
from yiwang.maps.rasters.queries.owned import owned_raster
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.api import load_folder

#: A sheet of four thousand million pixels in three colours, without compression, and some.
MOST_BYTES = 20_000_000_000
_EMPTY = Text("请选择文件；文件不能是空的", "Choose a file that is not empty")
_TOO_LARGE = Text("文件超过20 GB，请分幅导入", "More than 20 GB; load it in sheets")
_YEAR = Text("年份应为1900至2100之间的整数", "The year is a whole number between 1900 and 2100")
_STANDS = Text(
    "{year}年已有影像（第{revision}次导入）。要替换它，请勾选“替换”；否则请改正年份",
    "There is an edition of {year} (load no. {revision}). Tick Replace to put this file in its place, "
    "or correct the year",
)
_BEING_READ = Text(
    "{year}年的另一个文件正在读取，请等它结束或先停止它",
    "Another file for {year} is being read; wait until it has ended, or stop it",
)


@command(operation=OPERATION)
def announce_raster(
    *, actor: Actor, at: datetime, raster: str, year: int, name: str, size: int, replacing: bool = False
) -> int:
    """A file of ``size`` bytes will come as the edition of a year; gives its number.

    Raises:
        RasterNotFound: the organisation keeps no such imagery.
        UploadRefused: with what is wrong by answer; nothing was kept.
        OperationNotAllowed: not an officer's act.
    """
    known = owned_raster(actor, raster)
    permit(Scope(organisations=(known.owner,)), subject=f"raster:{raster}/{year}")
    if actor.account_id is None:
        raise OperationNotAllowed(operation=OPERATION)
    standing = RasterEdition.objects.filter(raster=raster, edition=str(year)).first()
    problems = tuple(_faults(raster, year, size, standing, replacing=replacing))
    if problems:
        raise UploadRefused(problems=problems)
    row = RasterUpload.objects.create(
        account_id=actor.account_id,
        organisation=actor.organisation,
        post=actor.post,
        roles=sorted(actor.roles),
        raster=raster,
        year=year,
        over=standing.revision if standing is not None else 0,
        name="".join(c for c in name if c.isprintable() and c not in '/\\:*?"<>|')[-200:],
        file=f"{secrets.token_hex(16)}.tif",
        size=size,
        state=UploadState.RECEIVING,
        asked_at=at,
    )
    (load_folder() / row.file).touch(mode=0o600)
    note(upload=row.pk, raster=raster, year=year, bytes=size)
    return row.pk


def _faults(
    raster: str, year: int, size: int, standing: RasterEdition | None, *, replacing: bool
) -> Iterator[FieldProblem]:
    if size < 1:
        yield FieldProblem("file", _EMPTY)
    elif size > MOST_BYTES:
        yield FieldProblem("file", _TOO_LARGE)
    if year not in YEARS:
        yield FieldProblem("year", _YEAR)
    elif RasterUpload.objects.filter(raster=raster, year=year, state=UploadState.WAITING).exists():
        yield FieldProblem("year", _BEING_READ.fill(year=year))
    elif standing is not None and standing.taken_back_at is None and not replacing:
        yield FieldProblem("replacing", _STANDS.fill(year=year, revision=standing.revision))
