"""How well a door of the register answers a text: points, reasons by part, and the chance of being right.

Points are natural logarithms of odds, set by hand; the chance is fitted to made-up dirty addresses of one
seed and checked on another (``./yiwang bench addresses`` prints both).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yiwang.kernel.days import day_text
from yiwang.kernel.text import Text
from yiwang.maps.addresses.contracts import Address, Part, PartState, Reason
from yiwang.maps.addresses.rules.printing import plate_text

_DIFFERENT_TAIL, _WITHIN_RANGE, _NEAREST, _NO_NUMBER = -1.5, -0.5, -6.0, -4.0
_DIVISIONS: Mapping[Part, tuple[float, float, float]] = {
    # matched, not said, different
    Part.DISTRICT: (0.0, -0.3, -2.5),
    Part.STREET: (0.7, 0.0, -1.0),
    Part.COMMUNITY: (1.5, 0.0, -0.7),
}
_WORDS = {
    Part.DISTRICT: Text("区", "district"),
    Part.STREET: Text("街镇", "street office"),
    Part.COMMUNITY: Text("社区或村", "community"),
}
_OLD_NAME = Text("{other}是{line}{day}前的名称", "{other} was the name of {line} until {day}")
_OTHER_NAME = Text("{other}是{line}的别名", "{other} is another name of {line}")
_BARE = re.compile(r"(号楼|栋|幢|座|单元|梯|房|室)$")


class DoorRow(NamedTuple):
    """A door of the index."""

    code: str
    full: str
    division: str
    line: str
    number: int
    last: int
    tail: str
    place: str
    building: str
    unit: str
    room: str
    level: str
    status: str
    longitude: float | None
    latitude: float | None

    @property
    def plate(self) -> tuple[str, str, int, str]:
        """What is one plate: rooms behind it share it."""
        return self.division[:6], self.line, self.number, self.tail


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFit:
    """A name of the index that may be the road of a text, or the estate where it has no number."""

    line: str
    #: As written in the text.
    typed: str
    #: The name that was found, if it is not the register's own.
    other: str
    points: float
    #: Signs in which they differ; 0 where they are the same.
    edits: int
    #: The last day of an old name; None for one still in use.
    used_to: date | None = None
    is_place: bool = False


class Judged(NamedTuple):
    """A door with its points and how its road was found."""

    points: float
    door: DoorRow
    name: NameFit


def points_of(address: Address, door: DoorRow, name: NameFit, above: Mapping[str, str]) -> float:
    """The points of a door for a reading; ``above`` are the names of its divisions by level."""
    points = name.points + _number_points(address, door)
    for part, (same, unsaid, different) in _DIVISIONS.items():
        said = getattr(address, part)
        points += unsaid if not said else same if said == above.get(part) else different
    if address.place and door.place:
        points += 0.8 if address.place == door.place else -0.2
    for said, kept in (
        (address.building, door.building),
        (address.unit, door.unit),
        (address.room, door.room),
    ):
        points += _inside_points(_BARE.sub("", said), kept)
    return points


def _inside_points(said: str, kept: str) -> float:
    """Small: what is inside decides only between the doors of one plate."""
    if said == kept:
        return 0.05 if said else 0.0
    return -0.06 if said and kept else -0.04 if kept else -0.01


def _number_points(address: Address, door: DoorRow) -> float:
    plate = address.plate
    if not plate:
        return _NO_NUMBER if door.number and not address.building else 0.0
    if door.number == plate.number:
        return 0.0 if door.tail == tail_of(address) else _DIFFERENT_TAIL
    if door.number < plate.number <= door.last:
        return _WITHIN_RANGE
    return _NEAREST - min(abs(door.number - plate.number), 50) / 25


def tail_of(address: Address) -> str:
    """What stands behind 号 on the plate, as the index keeps it."""
    return plate_text(address.plate).partition("号")[2].removesuffix("大院")


def reasons_of(address: Address, best: Judged, above: Mapping[str, str]) -> tuple[Reason, ...]:
    """What agreed, what was corrected, what was added or is missing, part by part."""
    found = [
        reason
        for part in (Part.DISTRICT, Part.STREET, Part.COMMUNITY)
        if (reason := _division_reason(part, str(getattr(address, part)), above.get(part, "")))
    ]
    return (*found, _road_reason(best.name), _number_reason(address, best.door))


def _division_reason(part: Part, said: str, kept: str) -> Reason | None:
    word = _WORDS[part]
    if not said:
        text = Text("未写{word}，补为{kept}", "The {word} was not given; it is {kept}")
        return (
            Reason(part=part, state=PartState.SUPPLIED, text=text.fill(word=word, kept=kept))
            if kept
            else None
        )
    if said == kept:
        text = Text("{word}一致：{kept}", "The {word} agrees: {kept}")
        return Reason(part=part, state=PartState.MATCHED, text=text.fill(word=word, kept=kept))
    text = Text("{word}由{said}更正为{kept}", "The {word} was corrected from {said} to {kept}")
    told = text.fill(word=word, said=said, kept=kept)
    return Reason(part=part, state=PartState.CORRECTED, text=told)


def _road_reason(name: NameFit) -> Reason:
    if name.other and name.edits == 0:
        told = (
            _OLD_NAME.fill(other=name.other, line=name.line, day=day_text(name.used_to))
            if name.used_to
            else (_OTHER_NAME.fill(other=name.other, line=name.line))
        )
        return Reason(part=Part.ROAD, state=PartState.CORRECTED, text=told)
    if name.is_place:
        told = Text("小区或建筑物一致：{line}", "The estate or building agrees: {line}").fill(line=name.line)
        return Reason(part=Part.ROAD, state=PartState.MATCHED, text=told)
    if name.edits:
        text = Text("路名由{typed}更正为{line}", "The road was corrected from {typed} to {line}")
        told = text.fill(typed=name.typed, line=name.line)
        return Reason(part=Part.ROAD, state=PartState.CORRECTED, text=told)
    told = Text("路名一致：{line}", "The road agrees: {line}").fill(line=name.line)
    return Reason(part=Part.ROAD, state=PartState.MATCHED, text=told)


def _number_reason(address: Address, door: DoorRow) -> Reason:
    said = plate_text(address.plate)
    kept = f"{door.number}{f'-{door.last}' if door.last else ''}号{door.tail}" if door.number else ""
    if not said:
        text = Text("未写门牌号", "No number was given")
        return Reason(part=Part.NUMBER, state=PartState.MISSING, text=text)
    if door.number == address.plate.number and door.tail == tail_of(address):
        text = Text("门牌号一致：{kept}", "The number agrees: {kept}")
        return Reason(part=Part.NUMBER, state=PartState.MATCHED, text=text.fill(kept=kept))
    if door.number <= address.plate.number <= max(door.last, door.number):
        text = Text("{said}在{kept}内", "{said} belongs to {kept}")
        return Reason(part=Part.NUMBER, state=PartState.CORRECTED, text=text.fill(said=said, kept=kept))
    text = Text("没有{said}，最近的是{kept}", "There is no {said}; the nearest is {kept}")
    return Reason(part=Part.NUMBER, state=PartState.MISSING, text=text.fill(said=said, kept=kept))


#: Fitted by ``benchmarks.addresses --fit``: constant, points of the best, its lead over the next plate.
WEIGHTS = (1.526, 0.356, 2.044)
_LEAD = 4.0


def chance_of(points: float, lead: float) -> float:
    """The chance that the plate is right.

    >>> round(chance_of(0.0, 4.0), 2) > 0.95 > chance_of(-6.0, 0.0)
    True
    """
    constant, by_points, by_lead = WEIGHTS
    odds = constant + by_points * max(points, -9.0) + by_lead * min(lead, _LEAD)
    return 1 / (1 + math.exp(-odds))


def lead_of(judged: Sequence[Judged]) -> float:
    """How far the best plate is before the next one; doors of one plate are no rivals. In falling order."""
    best = judged[0]
    next_best = next((each for each in judged if each.door.plate != best.door.plate), None)
    return _LEAD if next_best is None else min(best.points - next_best.points, _LEAD)
