"""Buildings of CityJSON 1.1 and 2.0, and of CityJSONSeq: footprint, height, attributes.

A building is a row with all its parts. Its footprint is what its file calls ground, or the lowest level faces
of its bodies, or its outline of LoD 0; faces that share edges become one area. Its height in metres is
``measuredHeight`` where that is said, else that of its bodies. Other
city objects are no buildings, and are left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from yiwang.kernel.text import Text
from yiwang.registers.loading.converting.cells import Cell, Found, Unreadable, tell
from yiwang.registers.loading.converting.footprints import as_wkb, dissolve
from yiwang.registers.loading.converting.placing import Placing, placing_of
from yiwang.registers.loading.converting.surfaces import Misbuilt, Part, ground_of, heights_of, parts_of

#: A line of a sequence is one building.
_LONGEST_LINE = 50_000_000
_MOST_BUILDINGS = 1_000_000
_VERSION = re.compile(r"^(1\.1|2\.0)(\.[0-9]{1,3})?$", re.ASCII)
_SYSTEM = re.compile(
    r"(?:/def/crs/EPSG/[0-9.]{1,8}/|:def:crs:EPSG:[0-9.]{0,8}:|^EPSG:)([0-9]{4,6})$", re.ASCII
)
#: Also what is no number at all is not below it.
_LARGEST = 1e12
_COLUMNS = ("id", "footprint", "height")
_BUILDING, _MEASURED = "Building", "measuredHeight"
_VERSIONS = Text("只读取 CityJSON 1.1 和 2.0", "Only CityJSON 1.1 and 2.0 are read")
_NO_TRANSFORM = Text(
    "缺少 transform，或其 scale、translate 不是三个数字（scale 不为零）",
    "There is no transform, or its scale and translate are not three numbers each (scale not zero)",
)
_NO_OBJECTS = Text("缺少 CityObjects 或 vertices", "There are no CityObjects, or no vertices")
_NO_BUILDINGS = Text("文件里没有建筑物（Building）", "The file holds no Building")
_MANY = Text("建筑物超过一百万幢", "There are more than a million buildings")
_NOT_JSON = Text("不是有效的 JSON", "Not valid JSON")
_LONG_LINE = Text("一行过长", "A line is too long")


@dataclass(frozen=True, slots=True)
class _Scale:
    """What whole numbers of vertices mean."""

    scale: tuple[Decimal, Decimal, Decimal]
    translate: tuple[Decimal, Decimal, Decimal]

    def place(self, east: int, north: int) -> tuple[float, float]:
        """Units of the reference system; exact until it becomes a double."""
        return (
            float(east * self.scale[0] + self.translate[0]),
            float(north * self.scale[1] + self.translate[1]),
        )


@dataclass(frozen=True, slots=True)
class _Objects:
    """City objects with the vertices that they count."""

    line: int
    objects: dict[str, object]
    vertices: list[object]


def tell_cityjson(path: Path, chosen: str) -> None:
    """Tell the buildings of a file.

    Raises:
        Unreadable: another version, no transform, no reference system, no buildings.
    """
    about, groups = _opened(path)
    scale = _scale_of(about)
    metadata = about.get("metadata")
    said = metadata.get("referenceSystem") if isinstance(metadata, dict) else None
    match = _SYSTEM.search(said) if isinstance(said, str) else None
    # a system that is said but has no number is not nothing: the officer has to say which it is
    placing = placing_of(f"EPSG:{match[1]}" if match else None, chosen)
    names = _attributes(groups())
    taken = [f"attributes.{name}" if name in _COLUMNS else name for name in names]
    tell([*_COLUMNS, *taken], _rows(groups(), names, scale, placing), exact=True)


def _opened(path: Path) -> tuple[dict[str, object], Callable[[], Iterator[_Objects]]]:
    with path.open("rb") as file:
        first = file.readline(_LONGEST_LINE)
        second = file.readline(4_096)
    if re.search(rb'"type"\s*:\s*"CityJSON"', first) and b"CityJSONFeature" in second:
        return _checked(_parsed(first, 1)), lambda: _sequence(path)
    whole = _checked(_parsed(path.read_bytes(), 0))
    return whole, lambda: iter([_group(whole, 0)])


def _sequence(path: Path) -> Iterator[_Objects]:
    with path.open("rb") as file:
        file.readline(_LONGEST_LINE)
        for line, content in enumerate(iter(lambda: file.readline(_LONGEST_LINE + 1), b""), start=2):
            if len(content) > _LONGEST_LINE:
                raise Unreadable(line, _LONG_LINE)
            if content.strip():
                yield _group(_parsed(content, line), line)


def _parsed(content: bytes, line: int) -> dict[str, object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable(line, _NOT_JSON) from None
    if not isinstance(found, dict):
        raise Unreadable(line, _NOT_JSON)
    return found


def _checked(about: dict[str, object]) -> dict[str, object]:
    version = about.get("version")
    if about.get("type") != "CityJSON" or not isinstance(version, str) or not _VERSION.match(version):
        raise Unreadable(0, _VERSIONS)
    return about


def _group(found: dict[str, object], line: int) -> _Objects:
    objects, vertices = found.get("CityObjects"), found.get("vertices")
    if not isinstance(objects, dict) or not isinstance(vertices, list):
        raise Unreadable(line, _NO_OBJECTS)
    return _Objects(line, objects, vertices)


def _scale_of(about: dict[str, object]) -> _Scale:
    transform = about.get("transform")
    if not isinstance(transform, dict):
        raise Unreadable(0, _NO_TRANSFORM)
    scale, translate = (_numbers(transform.get(name)) for name in ("scale", "translate"))
    if not all(scale):
        raise Unreadable(0, _NO_TRANSFORM)
    return _Scale(scale, translate)


def _numbers(said: object) -> tuple[Decimal, Decimal, Decimal]:
    if not isinstance(said, list) or len(said) != 3 or not all(_is_number(each) for each in said):
        raise Unreadable(0, _NO_TRANSFORM)
    one, two, three = (Decimal(repr(each)) for each in said)
    return one, two, three


def _is_number(said: object) -> bool:
    return isinstance(said, int | float) and not isinstance(said, bool) and abs(said) < _LARGEST


def _buildings(group: _Objects) -> Iterator[tuple[str, dict[str, object]]]:
    for name, said in group.objects.items():
        if isinstance(said, dict) and said.get("type") == _BUILDING:
            yield name, said


def _said(building: dict[str, object]) -> dict[str, object]:
    found = building.get("attributes")
    return found if isinstance(found, dict) else {}


def _attributes(groups: Iterator[_Objects]) -> list[str]:
    """Names of all attributes, in the order in which they first come."""
    found: dict[str, None] = {}
    count = 0
    for group in groups:
        for _, building in _buildings(group):
            count += 1
            found |= dict.fromkeys(_said(building))
    if not count:
        raise Unreadable(0, _NO_BUILDINGS)
    if count > _MOST_BUILDINGS:
        raise Unreadable(0, _MANY)
    found.pop(_MEASURED, None)
    return list(found)


def _rows(groups: Iterator[_Objects], names: list[str], scale: _Scale, placing: Placing) -> Iterator[Found]:
    number = 0
    for group in groups:
        for name, building in _buildings(group):
            number += 1
            said = _said(building)
            attributes = [_cell(said.get(each)) for each in names]
            yield group.line or number, [name, *_measured(group, name, said, scale, placing), *attributes]


def _measured(
    group: _Objects, name: str, said: dict[str, object], scale: _Scale, placing: Placing
) -> tuple[Cell, Cell]:
    """Footprint and height; where there is none, why, with the building's name."""
    try:
        parts = parts_of(name, group.objects)
        footprint = placing.text_of(as_wkb(dissolve(ground_of(parts, group.vertices)), scale.place))
        return footprint, _height(said, parts, group, scale)
    except Misbuilt as problem:
        shown = name[:60]
        reason = Text(f"建筑物“{shown}”：{problem.reason.zh}", f"Building {shown}: {problem.reason.en}")
        return reason, None


def _height(said: dict[str, object], parts: list[Part], group: _Objects, scale: _Scale) -> Decimal | None:
    measured = said.get(_MEASURED)
    if isinstance(measured, int | float) and _is_number(measured) and measured >= 0:
        return Decimal(repr(measured))
    found = heights_of(parts, group.vertices)
    if found is None:
        return None
    height = (found[1] - found[0]) * abs(scale.scale[2])
    return height.normalize() if height else Decimal(0)


def _cell(said: object) -> Cell:
    """As it is; what holds more than one value as JSON."""
    if said is None or isinstance(said, str | bool | int | float):
        return said
    return json.dumps(said, ensure_ascii=False)
