"""The ground that a question asks for: corners, WKT or GeoJSON as typed, judged before they are kept.

Kept as WKT: one closed ring in degrees of CGCS2000 with at most seven places, ``POLYGON((113.26 23.13, …))``.
Places are whole ten-millionths of a degree here (about a centimetre), so that crossings are judged exactly.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from yiwang.kernel.degrees import ABOUT_A_DEGREE
from yiwang.kernel.text import Text

MOST_CORNERS = 200
_SCALE = 10_000_000
_LEAST_SQUARE_METRES = 0.1
_NUMBER = r"-?\d{1,3}(?:\.\d{1,15})?"
_CORNER = re.compile(rf"({_NUMBER})\s*[,，\s]\s*({_NUMBER})", re.ASCII)
_WKT = re.compile(r"POLYGON\s*\(\s*\(([^()]*)\)\s*\)", re.ASCII | re.IGNORECASE)
_NOT_ONE_RING = Text(
    "须是一个没有孔洞的面，写成每行一个“经度,纬度”，或POLYGON((经度 纬度, …))",
    "give one area without holes: a line for each corner, longitude,latitude, or "
    "POLYGON((longitude latitude, …))",
)
Place = tuple[int, int]


class WrongArea(ValueError):
    """What was typed is no area; ``text`` says what is wrong with it, and where."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_area(typed: str) -> str:
    """Give the area to keep.

    Raises:
        WrongArea: it is not whole, not closed, crosses itself, has no ground or too many corners.

    >>> read_area("113.26,23.13\\n113.261,23.13\\n113.261,23.1301")
    'POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.13))'
    """
    places = _ring(typed)
    # a corner said twice is one; the last may be the first again
    corners = [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(set(corners)) < 3:
        raise _wrong("至少要三个不同的角点", "give at least three different corners")
    if len(corners) > MOST_CORNERS:
        raise _too_many()
    _judge_border(corners)
    if square_metres(_degrees(corners)) < _LEAST_SQUARE_METRES:
        raise _wrong("范围没有面积", "it has no area")
    return f"POLYGON(({', '.join(_words(place, ' ') for place in [*corners, corners[0]])}))"


def corners_of(kept: str) -> list[tuple[float, float]]:
    """Corners of a kept area in degrees, the first not said again; none of what is no area."""
    found = _WKT.fullmatch(kept)
    read = [_CORNER.fullmatch(each.strip()) for each in found[1].split(",")] if found else []
    return [(float(each[1]), float(each[2])) for each in read if each is not None][:-1]


def place_words(degrees: float) -> str:
    """Degrees with at most seven places.

    >>> place_words(113.26), place_words(23.0)
    ('113.26', '23')
    """
    return f"{degrees:.7f}".rstrip("0").rstrip(".")


def square_metres(corners: Sequence[tuple[float, float]]) -> float:
    """About how large an area of degrees is, for words: on a plane that touches its first corner."""
    if not corners:
        return 0.0
    first_east, first_north = corners[0]
    shrink = math.cos(math.radians(first_north))
    flat = [((east - first_east) * shrink, north - first_north) for east, north in corners]
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*flat, flat[0]]))
    return abs(turned) / 2 * ABOUT_A_DEGREE * ABOUT_A_DEGREE


def _ring(typed: str) -> list[Place]:
    text = typed.strip()
    if text.startswith("{"):
        return _closed([_place(f"{east},{north}", at) for at, (east, north) in enumerate(_geojson(text), 1)])
    found = _WKT.fullmatch(text)
    if found is None and re.match(r"[A-Za-z]", text):
        raise WrongArea(_NOT_ONE_RING)
    lines = found[1].split(",") if found else [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_CORNERS + 1:
        raise _too_many()
    places = [_place(line.strip(), at) for at, line in enumerate(lines, start=1)]
    return _closed(places) if found else places


def _geojson(text: str) -> Iterator[tuple[float, float]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongArea(_NOT_ONE_RING) from None
    shape = found.get("geometry") if isinstance(found, dict) and found.get("type") == "Feature" else found
    match shape:
        case {"type": "Polygon", "coordinates": [[*positions]]} if len(positions) > MOST_CORNERS + 1:
            raise _too_many()
        case {"type": "Polygon", "coordinates": [[*positions]]}:
            pass
        case _:
            raise WrongArea(_NOT_ONE_RING)
    for position in positions:
        match position:
            case [int() | float() as east, int() | float() as north, *_]:
                yield float(east), float(north)
            case _:
                raise WrongArea(_NOT_ONE_RING)


def _place(words: str, number: int) -> Place:
    found = _CORNER.fullmatch(words)
    east, north = (float(found[1]), float(found[2])) if found else (999.0, 999.0)
    if abs(east) > 180 or abs(north) > 85:
        shown = words[:40]
        raise _wrong(
            f"第{number}个角点“{shown}”不是经度和纬度，例如113.26,23.13",
            f"corner {number}, “{shown}”, is not longitude and latitude, such as 113.26,23.13",
        )
    return round(east * _SCALE), round(north * _SCALE)


def _closed(places: list[Place]) -> list[Place]:
    """What says where it ends must end where it begins."""
    if not places:
        raise WrongArea(_NOT_ONE_RING)
    if places[0] != places[-1]:
        begins, ends = _words(places[0], ","), _words(places[-1], ",")
        raise _wrong(
            f"没有闭合：从{begins}开始，却在{ends}结束",
            f"it is not closed: it begins at {begins} and ends at {ends}",
        )
    return places[:-1]


def _judge_border(corners: Sequence[Place]) -> None:
    sides = list(pairwise([*corners, corners[0]]))
    for (one, (a, b)), (other, (c, d)) in combinations(enumerate(sides, start=1), 2):
        if other == one + 1 and not _turns_back(a, b, d):
            continue
        if one == 1 and other == len(sides) and not _turns_back(c, a, b):
            continue
        where = _meeting(a, b, c, d)
        if where is not None:
            place = _words(where, ",")
            raise _wrong(
                f"边线自相交：第{one}条边和第{other}条边在{place}处相遇",
                f"its border crosses itself: sides {one} and {other} meet at {place}",
            )


def _turns_back(before: Place, corner: Place, after: Place) -> bool:
    """Whether a border goes back the way that it came."""
    back = (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1])
    return _turn(before, corner, after) == 0 and back > 0


def _meeting(a: Place, b: Place, c: Place, d: Place) -> Place | None:
    """Where two sides meet; of those that lie on each other one place."""
    from_c, from_d, from_a, from_b = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if _opposite(from_c, from_d) and _opposite(from_a, from_b):
        share = from_c / (from_c - from_d)
        return round(c[0] + (d[0] - c[0]) * share), round(c[1] + (d[1] - c[1]) * share)
    touching = ((from_c, a, b, c), (from_d, a, b, d), (from_a, c, d, a), (from_b, c, d, b))
    return next(
        (place for turn, one, other, place in touching if turn == 0 and _between(one, other, place)), None
    )


def _opposite(one: int, other: int) -> bool:
    return (one > 0 > other) or (one < 0 < other)


def _turn(a: Place, b: Place, c: Place) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _between(one: Place, other: Place, place: Place) -> bool:
    return all(min(one[at], other[at]) <= place[at] <= max(one[at], other[at]) for at in (0, 1))


def _degrees(corners: Sequence[Place]) -> list[tuple[float, float]]:
    return [(east / _SCALE, north / _SCALE) for east, north in corners]


def _words(place: Place, between: str) -> str:
    return between.join(place_words(each / _SCALE) for each in place)


def _too_many() -> WrongArea:
    return _wrong(f"角点太多，至多{MOST_CORNERS}个", f"it has too many corners: at most {MOST_CORNERS}")


def _wrong(zh: str, en: str) -> WrongArea:
    return WrongArea(Text(zh, en))
