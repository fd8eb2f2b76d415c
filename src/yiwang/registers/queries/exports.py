"""Exports, to those who asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.registers.contracts import ExportFormat, ExportInfo, ExportNotFound, ExportState
from yiwang.registers.models import Export
from yiwang.registers.queries.asked import own
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows

EXPORT = "registers.file.export"
#: How folders begin whose file is made while its reader waits; they go with the answer.
WHILE_WAITING = "waiting-"
#: Registers of fewer entries are written while the officer waits: a second at most.
MADE_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its words, the ending of its files, and its media type."""

    title: Text
    suffix: str
    media_type: str


FORMS: dict[ExportFormat, Form] = {
    ExportFormat.CSV: Form(Text("CSV（电子表格）", "CSV (spreadsheet)"), "csv", "text/csv"),
    ExportFormat.PARQUET: Form(
        Text("Parquet（数据分析）", "Parquet (analysis)"), "parquet", "application/vnd.apache.parquet"
    ),
    ExportFormat.GEOJSONSEQ: Form(
        Text("GeoJSON 文本序列（RFC 8142）", "GeoJSON text sequence (RFC 8142)"), "geojsons",
        "application/geo+json-seq",
    ),
    ExportFormat.GPKG: Form(
        Text("GeoPackage（地理信息系统）", "GeoPackage (GIS)"), "gpkg", "application/geopackage+sqlite3"
    ),
    ExportFormat.GEOJSON: Form(
        Text("GeoJSON（RFC 7946）", "GeoJSON (RFC 7946)"), "geojson", "application/geo+json"
    ),
    ExportFormat.FLATGEOBUF: Form(
        Text(
            "FlatGeobuf（网络地图，不含没有图形的记录）",
            "FlatGeobuf (web maps; entries without a shape stay out)",
        ),
        "fgb", "application/flatgeobuf",
    ),
    ExportFormat.SHAPEFILE: Form(
        Text("Shapefile 压缩包（UTF-8）", "Shapefile in a ZIP file (UTF-8)"), "shp.zip", "application/zip"
    ),
    ExportFormat.SHAPEFILE_GB: Form(
        Text("Shapefile 压缩包（GB 18030，旧软件）", "Shapefile in a ZIP file (GB 18030, for old programs)"),
        "shp.zip", "application/zip",
    ),
    ExportFormat.CSV_WKT: Form(
        Text("CSV，图形为 WKT", "CSV with shapes as WKT"), "csv", "text/csv"
    ),
}  # fmt: skip


def folder() -> Path:
    """Where exports lie; only the installation's user reads them."""
    found = environment().var / "exports"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def may_ask_export(actor: Actor) -> bool:
    """Whether an officer's role allows files of entries at all."""
    return guard().may(actor, EXPORT)


def is_small(register: str) -> bool:
    """Whether the planner thinks that a register has few entries."""
    statement = sql.SQL("SELECT reltuples FROM pg_class WHERE oid = {}::regclass").format(
        sql.Literal(table(register).as_string())
    )
    ((number,),) = rows(statement)
    return 0 <= float(number) < MADE_AT_ONCE


def asker_of(export_id: int) -> Actor:
    """Who asked, with the roles of then; what they still allow is asked anew."""
    return Actor.who_asked(Export.objects.get(pk=export_id))


def get_export(*, actor: Actor, export: int) -> ExportInfo:
    """Give an export to the officer who asked for it, and to nobody else.

    Raises:
        ExportNotFound: there is none, or it is somebody else's.
    """
    row = own(Export.objects.all(), actor).filter(pk=export).first()
    if row is None:
        raise ExportNotFound(export=export)
    return ExportInfo(
        id=row.pk,
        register=row.register,
        form=ExportFormat(row.form),
        state=ExportState(row.state),
        refusal=Text(**row.refusal) if row.refusal else None,
        rows=row.rows,
        bytes=row.bytes,
        asked_at=row.asked_at,
        kept_until=row.kept_until,
        path=folder() / row.file if row.state == ExportState.DONE and row.file else None,
    )
