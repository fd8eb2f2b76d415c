"""What crosses the border of solids. Lengths on the ground are whole millimetres of a zone of CGCS2000."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import JsonValue

from yiwang.kernel.errors import NotFound, YiwangError
from yiwang.kernel.text import Text

#: East and north in millimetres.
Corner = tuple[int, int]
#: Corners in turn, the first not said again.
Ring = tuple[Corner, ...]
#: East, north and height in millimetres.
Vertex = tuple[int, int, int]
#: Longitude and latitude in degrees (CGCS2000).
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """An area on the ground with its courts."""

    outer: Ring
    courts: tuple[Ring, ...] = ()


@dataclass(frozen=True, slots=True)
class Solid:
    """A closed body: faces as rings of numbers of vertices, the outer one first.

    Seen from outside an outer ring turns against the clock, an inner one with it.
    """

    vertices: tuple[Vertex, ...]
    faces: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """An entry as a body: its outlines, its height in millimetres, and what its reader sees of it."""

    entry: int
    outlines: tuple[Outline, ...]
    height: int
    values: Mapping[str, JsonValue]
    #: Where each corner lies on the ellipsoid.
    places: Mapping[Corner, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Buildings of a layer in a box, all of them; ``epsg`` is the zone in which they are measured."""

    layer: str
    title: Text
    epsg: int
    meridian: int
    buildings: tuple[Building, ...]
    #: Under what right and from which versions it was read.
    mark: str
    is_everybodys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shade:
    """Ground in the shadow of a block's buildings, these left out; GeoJSON and WKT in degrees."""

    geojson: str
    wkt: str
    square_metres: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighted:
    """Whether the far point is seen; if not, what hides it first, its name, and where (metres above ground).

    ``entry`` is None where the ground itself hides it. ``ground`` names the heights that the line was taken
    over; None: it was taken over level ground.
    """

    is_seen: bool
    metres: float
    entry: int | None = None
    name: str = ""
    at: tuple[float, float, float] | None = None
    ground: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Where somebody stands and which way he looks: degrees from north, and degrees up (below 0 down)."""

    at: Place
    bearing: float
    up: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is told of a stance: an address near it, and what stands ahead at so many metres.

    ``metres`` is None where nothing stands near ahead; ``ahead`` is empty where that is rising ground,
    ``address`` where the reader may know none.
    """

    stance: Stance
    address: str
    ahead: str
    metres: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    """A pipe below the street: longitude, latitude and metres down to its middle; metres wide."""

    course: tuple[tuple[float, float, float], ...]
    wide: float
    colour: str


@dataclass(eq=False)
class NoSolids(NotFound):
    """A layer that raises nothing has no solids."""

    layer: str
    text: ClassVar[Text] = Text(
        "图层“{layer}”没有立体样式（extrusion）。", "The layer {layer!r} is not raised (style extrusion)."
    )


@dataclass(eq=False)
class SolidTileNotFound(NotFound):
    """The address names no tile of a tileset."""

    text: ClassVar[Text] = Text("没有这个三维瓦片。", "There is no such 3D tile.")


@dataclass(eq=False)
class TooManyBuildings(YiwangError):
    """More are asked for than one answer holds."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "范围内的建筑物超过{most}幢，或轮廓折点超过{corners}个，请缩小范围。",
        "There are more than {most} buildings or {corners} corners in this box; ask for a smaller one.",
    )
    most: int
    corners: int


@dataclass(eq=False)
class TooManyCorners(YiwangError):
    """Houses around an eye have more corners than one picture is made of."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "这里的建筑物轮廓太复杂，没有生成图片，请换一个位置。",
        "The houses here have too many corners for a picture; choose another place.",
    )


@dataclass(eq=False)
class TooManyPipes(YiwangError):
    """More are asked for than one answer holds."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "范围内的管线超过{most}段，请缩小范围。",
        "There are more than {most} pipes in this box; ask for a smaller one.",
    )
    most: int


@dataclass(eq=False)
class MomentUnknown(YiwangError):
    """The sun is asked for at no moment."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "day应为1900至2100年间的日期，如2026-12-21；time为时刻，如15:30。",
        "day is a day from 1900 to 2100 such as 2026-12-21, time a time such as 15:30.",
    )


@dataclass(eq=False)
class SightAskedWrongly(YiwangError):
    """A sight line is asked for that there is not."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "视线两端应为“经度,纬度,离地高度（米）”，高度0至1000，相距不超过{most}米。",
        "The ends of a sight line are longitude,latitude,metres above ground, 0 to 1000 high and at most "
        "{most} metres apart.",
    )
    most: int


@dataclass(eq=False)
class StanceAskedWrongly(YiwangError):
    """Somebody is said to stand nowhere, at no height, or to look in no direction."""

    status: ClassVar[int] = 400
    text: ClassVar[Text] = Text(
        "at应为“经度,纬度”，bearing为方位角（0至360度），up为仰角（-60至60度，俯视为负），"
        "height为离地高度（0.5至1000米）。",
        "at is longitude,latitude, bearing degrees from north (0 to 360), up degrees over level (-60 to 60), "
        "height metres above ground (0.5 to 1000).",
    )
