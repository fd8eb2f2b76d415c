"""Words of rasters, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from yiwang.kernel.errors import Conflict, InvalidInput, NotFound, RuleViolation, YiwangError
from yiwang.kernel.text import Text

DAMAGED = Text("文件已损坏，无法读取", "it is damaged and can't be read")
NO_GEOTIFF = Text(
    "不是GeoTIFF文件；请从影像软件导出为GeoTIFF（.tif）", "it is not a GeoTIFF: export it as one (.tif)"
)
#: West, south, east, north in degrees (WGS 84).
Bounds = tuple[float, float, float, float]
#: What of an edition is drawn: the picture itself (of heights their shade), or heights as colours.
Drawn = Literal["picture", "terrain"]
Format = Literal["png", "webp"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRaster:
    """A file that the reader's process wrote; ``zoom`` is that of its pixels."""

    bounds: Bounds
    width: int
    height: int
    zoom: int
    #: Of the file that was read.
    epsg: str
    bands: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedEdition:
    """What was loaded; ``is_renewed`` where another stood in its place."""

    raster: str
    edition: str
    revision: int
    is_renewed: bool


@dataclass(eq=False)
class RasterNotFound(NotFound):
    """There is no such raster or edition, or it is not for this reader: all answer the same."""

    raster: str
    text: ClassVar[Text] = Text("没有影像“{raster}”。", "There is no imagery {raster!r}.")


@dataclass(eq=False)
class RasterTileUnknown(YiwangError):
    """A tile is asked for in a form that there is not."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "影像瓦片地址有误：应为“级别/列/行.png”或“.webp”，高程编码为“terrain/级别/列/行.png”。",
        "A tile of imagery is asked for as zoom/column/row.png or .webp, "
        "heights as terrain/zoom/column/row.png.",
    )


@dataclass(eq=False)
class RasterRefused(InvalidInput):
    """A file is not loaded; nothing was changed."""

    reason: Text = DAMAGED
    text: ClassVar[Text] = Text("不能导入这个文件：{reason}。", "This file can't be loaded: {reason}.")


@dataclass(eq=False)
class EditionUnfit(InvalidInput):
    """The edition has no name that can be."""

    text: ClassVar[Text] = Text(
        "年份应为1900至2100之间的整数。", "The year is a whole number between 1900 and 2100."
    )


@dataclass(eq=False)
class EditionNotThere(NotFound):
    """There is no such edition in the state that the act needs."""

    edition: str
    text: ClassVar[Text] = Text(
        "没有{edition}年的影像，或已撤回、已恢复。",
        "There is no edition of {edition}, or it was taken back or put back before.",
    )


@dataclass(eq=False)
class EditionChanged(Conflict):
    """Another edition stands there than when a file was announced."""

    year: int
    text: ClassVar[Text] = Text(
        "上传期间{year}年的影像已由他人导入，没有替换。请查看后重新上传。",
        "Somebody else loaded {year} while this file was on its way; it was not replaced. "
        "Look at it, then send yours anew.",
    )


@dataclass(eq=False)
class ReasonMissing(InvalidInput):
    """An edition is taken back or put back for a reason."""

    text: ClassVar[Text] = Text("请写明原因，不超过500字", "Say why, in at most 500 characters")


@dataclass(eq=False)
class RasterBusy(RuleViolation):
    """The process that draws was busy or hung; it has been started anew where it hung."""

    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text(
        "影像正在绘制，请过几秒再试。", "Imagery is being drawn; please try again in a few seconds."
    )

    @property
    def headers(self) -> dict[str, str]:
        """When to try again."""
        return {"Retry-After": "3"}
