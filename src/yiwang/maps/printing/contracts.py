"""What is asked for when a map is printed, what is drawn, and what is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Language, Text

Paper = Literal["a4", "a3"]
Turn = Literal["landscape", "portrait"]
#: How a sign of the legend is drawn.
Shape = Literal["area", "line", "point", "overlay"]
#: East and north in degrees (CGCS2000).
Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A piece of ground on paper: its middle, how many metres one metre of paper is, and millimetres."""

    centre: Place
    scale: int
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A shape that is drawn above all layers, as WKT in degrees (CGCS2000), with what it means."""

    wkt: str
    title: Text
    colour: str = "#d4351c"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAsked:
    """What a map shows."""

    layers: tuple[str, ...]
    frame: Frame
    language: Language
    valid: date | None = None
    overlays: tuple[Overlay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendLine:
    """One sign of the legend; ``shape`` is how it is drawn."""

    shape: Shape
    colour: str
    line: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendPart:
    """The signs of one layer that stand on the sheet."""

    title: Text
    lines: tuple[LegendLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMap:
    """A map as SVG in millimetres, with what has to stand beside it."""

    svg: str
    frame: Frame
    epsg: int
    meridian: int
    legend: tuple[LegendPart, ...]
    sources: tuple[Text, ...]
    #: What is there and not drawn, in words.
    notes: tuple[Text, ...]
    valid: date | None
    #: Features drawn, by layer.
    shown: dict[str, int]
    #: Whether everybody gets the same.
    is_everybodys: bool


@dataclass(eq=False)
class PrintAskedWrongly(YiwangError):
    """A sheet is asked for that can't be drawn."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("打印参数有误：{reason}", "This map can't be printed: {reason_en}")
    reason: str
    reason_en: str


@dataclass(eq=False)
class PrinterBusy(YiwangError):
    """As many maps are being drawn as the machine bears."""

    status: ClassVar[int] = 503
    text: ClassVar[Text] = Text(
        "正在为他人绘制地图，请过几秒再试。",
        "Maps are being drawn for others; please try again in a few seconds.",
    )
