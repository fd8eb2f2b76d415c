"""Boxes as map programs ask for them: four or six numbers, also over the date line."""

from __future__ import annotations

import math

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused
from yiwang.maps.ogc.rules.systems import System

#: West, south, east, north, longitude or easting first.
Rectangle = tuple[float, float, float, float]
_FOUR = Text("应为4个或6个以逗号分隔的有限数", "it has four or six finite numbers, separated by commas")


def read_box(said: str, system: System, name: str = "bbox") -> tuple[Rectangle, ...]:
    """One rectangle, or the two of a box over the date line; heights are passed over.

    Raises:
        ParameterRefused: they are not numbers, reversed, or outside the system.
    """
    parts = said.split(",")
    if len(parts) not in (4, 6) or len(said) > 400:
        raise ParameterRefused(name=name, why=_FOUR)
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise ParameterRefused(name=name, why=_FOUR) from None
    return rectangles(numbers, system, name)


def rectangles(numbers: list[float], system: System, name: str) -> tuple[Rectangle, ...]:
    """The same of numbers.

    Raises:
        ParameterRefused
    """
    if len(numbers) not in (4, 6) or not all(math.isfinite(each) for each in numbers):
        raise ParameterRefused(name=name, why=_FOUR)
    half = len(numbers) // 2
    west, south, east, north = numbers[0], numbers[1], numbers[half], numbers[half + 1]
    if system.is_north_first:
        west, south, east, north = south, west, north, east
    _stand_in_order(south, north, numbers, name)
    return _within((west, south, east, north), system, name)


def _stand_in_order(south: float, north: float, numbers: list[float], name: str) -> None:
    if south > north:
        raise ParameterRefused(
            name=name,
            why=Text(
                f"南界{south:g}大于北界{north:g}（先写下限，再写上限，轴序按坐标系规定）",
                f"its south {south:g} lies beyond its north {north:g} "
                "(lower bounds come first, axes in the order of the reference system)",
            ),
        )
    if len(numbers) == 6 and numbers[2] > numbers[5]:
        raise ParameterRefused(
            name=name, why=Text("最低高程大于最高高程", "its lowest height lies above its highest")
        )


def _within(box: Rectangle, system: System, name: str) -> tuple[Rectangle, ...]:
    west, south, east, north = box
    least_x, least_y, most_x, most_y = system.ends
    if system.is_degrees:
        if not (
            least_x <= west <= most_x and least_x <= east <= most_x and south >= least_y and north <= most_y
        ):
            raise ParameterRefused(
                name=name,
                why=Text(
                    "经度应在-180至180之间，纬度应在-90至90之间",
                    "longitudes go from -180 to 180, latitudes from -90 to 90",
                ),
            )
        if west > east:
            return (west, south, most_x, north), (least_x, south, east, north)
        return ((west, south, east, north),)
    if west > east:
        raise ParameterRefused(
            name=name,
            why=Text(f"西界{west:g}大于东界{east:g}", f"its west {west:g} lies beyond its east {east:g}"),
        )
    clipped = max(west, least_x), max(south, least_y), min(east, most_x), min(north, most_y)
    return (clipped,) if clipped[0] <= clipped[2] and clipped[1] <= clipped[3] else ()
