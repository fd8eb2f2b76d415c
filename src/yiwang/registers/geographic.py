"""Geographic files: which formats they are, the reference systems offered, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import RuleViolation
from yiwang.kernel.text import Text
from yiwang.registers.contracts import ExportFormat

#: Files of places: without a shape that the reader sees there is nothing to write.
GEOGRAPHIC = frozenset(
    {
        ExportFormat.GEOJSON,
        ExportFormat.FLATGEOBUF,
        ExportFormat.SHAPEFILE,
        ExportFormat.SHAPEFILE_GB,
        ExportFormat.CSV_WKT,
    }
)
#: CGCS2000 in degrees, in which registers keep shapes.
CGCS2000 = 4490
#: Reference systems of files by EPSG number.
SYSTEMS: dict[int, Text] = {
    CGCS2000: Text("CGCS2000 经纬度（EPSG:4490）", "CGCS2000, degrees (EPSG:4490)"),
    4326: Text("WGS 84 经纬度（EPSG:4326）", "WGS 84, degrees (EPSG:4326)"),
    3857: Text("Web 墨卡托（EPSG:3857）", "Web Mercator (EPSG:3857)"),
    4549: Text(
        "CGCS2000 高斯-克吕格 3 度带，中央经线 120°（EPSG:4549）",
        "CGCS2000, Gauss-Krüger of 3 degrees about 120°E (EPSG:4549)",
    ),
    4547: Text(
        "CGCS2000 高斯-克吕格 3 度带，中央经线 114°（EPSG:4547）",
        "CGCS2000, Gauss-Krüger of 3 degrees about 114°E (EPSG:4547)",
    ),
}
#: Declared of a file that comes: what it says itself, or one of these.
FILE_SYSTEMS: dict[str, Text] = {
    "": Text("以文件自带的为准", "As the file says"),
    **{str(number): title for number, title in SYSTEMS.items()},
    "gcj02": Text("GCJ-02（高德、腾讯等地图），换算后入库", "GCJ-02 (web maps), converted on the way in"),
    "bd09": Text("BD-09（百度地图），换算后入库", "BD-09 (Baidu maps), converted on the way in"),
}
_WGS_84 = 4326
#: RFC 7946 and RFC 8142 know degrees only; so do those who read GeoParquet in a browser.
IN_DEGREES = frozenset({ExportFormat.GEOJSON, ExportFormat.GEOJSONSEQ, ExportFormat.PARQUET})


@dataclass(eq=False)
class NoShapeToExport(RuleViolation):
    """A file of places is asked for, and the reader sees no shape of this register."""

    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "您能看到的字段中没有图形，不能导出为地理文件；请改选 CSV 或 Parquet。",
        "None of the fields that you see is a shape, so no geographic file can be made; "
        "choose CSV or Parquet.",
    )


@dataclass(eq=False)
class SystemRefused(RuleViolation):
    """The format has no room for this reference system, or nobody knows it."""

    system: int
    status: ClassVar[int] = 422
    text: ClassVar[Text] = Text(
        "不能以坐标系 EPSG:{system} 导出这种格式；GeoJSON 和 Parquet 只用经纬度。",
        "This format cannot be written in EPSG:{system}; GeoJSON and Parquet have degrees only.",
    )


def refuse_unfit_system(form: ExportFormat, system: int) -> None:
    """Refuse a reference system (an EPSG number) in which a format is not written.

    Raises:
        SystemRefused
    """
    if system not in SYSTEMS or (form in IN_DEGREES and system not in (CGCS2000, _WGS_84)):
        raise SystemRefused(system=system)
