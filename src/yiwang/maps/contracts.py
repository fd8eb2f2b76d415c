"""What crosses the border of maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from yiwang.kernel.errors import NotFound, YiwangError
from yiwang.kernel.text import Text


@dataclass(eq=False)
class LayerNotFound(NotFound):
    """There is no such layer, or it is not for this reader: both answer the same."""

    layer: str
    text: ClassVar[Text] = Text("没有图层“{layer}”。", "There is no layer {layer!r}.")


@dataclass(eq=False)
class TileNotFound(NotFound):
    """The address names no tile of the world."""

    text: ClassVar[Text] = Text(
        "没有这个瓦片：级别为0至22，行列号在该级别的范围内。",
        "There is no such tile: zooms go from 0 to 22, columns and rows lie within the world of their zoom.",
    )


@dataclass(eq=False)
class TileAskedWrongly(YiwangError):
    """A tile is asked for in a form that there is not."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "瓦片地址有误：应为“图层/级别/列/行.mvt”，图层至多{most}个，以逗号分隔，不重复。",
        "A tile is asked for as layers/zoom/column/row.mvt, with at most {most} layers, each once, "
        "separated by commas.",
    )
    most: int


@dataclass(eq=False)
class DayUnknown(YiwangError):
    """The day for which a tile is asked is no day."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text("valid应为日期，如2026-03-01。", "valid is a day such as 2026-03-01.")


@dataclass(eq=False)
class BoxRefused(YiwangError):
    """What lies in a box is asked for, and it is none."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "box应为“西,南,东,北”，以度表示，西不大于东，南不大于北。",
        "box is west,south,east,north in degrees, with west not beyond east and south not beyond north.",
    )
