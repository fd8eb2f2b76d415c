"""Houses whose storeys raise them: one with a court, one in two parts, one of no storeys."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.identity.testing import an_officer
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EAST, NORTH = 113.2644, 23.1291
HOUSES = """
code: plots
title: {zh: 房屋, en: Houses}
summary: {zh: 房屋, en: Houses}
owner: planning
sources: [parks]
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 房号, en: No.}, required: true, unique: true}
  - {id: 2, name: shape, kind: area, title: {zh: 轮廓, en: Outline}, searchable: true}
  - {id: 3, name: storeys, kind: integer, title: {zh: 层数, en: Storeys}}
  - {id: 4, name: holder, kind: text, title: {zh: 权利人, en: Holder}, secrecy: personal}
  - {id: 5, name: remark, kind: text, title: {zh: 案底, en: Remark}, secrecy: sensitive}
"""
RAISED = """
code: plots
title: {zh: 房屋, en: Houses}
summary: {zh: 房屋, en: Houses}
group: {zh: 土地, en: Land}
register: plots
fields: [{name: number}, {name: storeys}, {name: holder}, {name: remark}]
style: {draw: extrusion, field: storeys, metres: 3, colour: "#a8a29a"}
"""


def square(east: float, north: float, degrees: float) -> str:
    """A ring of WKT."""
    far, up = east + degrees, north + degrees
    return f"({east} {north}, {far} {north}, {far} {up}, {east} {up}, {east} {north})"


COURTED = f"POLYGON({square(EAST, NORTH, 0.0005)}, {square(EAST + 0.0001, NORTH + 0.0001, 0.0002)})"
PAIR = f"MULTIPOLYGON(({square(EAST + 0.001, NORTH, 0.0002)}), ({square(EAST + 0.0014, NORTH, 0.0002)}))"
#: Name, WKT, storeys.
HOUSED = (
    ("court", COURTED, 6),
    ("two", PAIR, 2),
    ("none", f"POLYGON({square(EAST + 0.002, NORTH, 0.0002)})", 0),
)


def house(actor: Actor, number: str, shape: str, storeys: int) -> int:
    """Enter one."""
    values = {"number": number, "shape": shape, "storeys": storeys, "holder": "陈大文", "remark": "曾有纠纷"}
    return enter_entry(actor=actor, at=AT, register="plots", values=values).entry


@pytest.fixture
def houses(pack) -> dict[str, int]:
    """The houses of the planning office, by number; one more is of the parks."""
    pack(registers__plots=HOUSES, layers__plots=RAISED)
    planning = an_officer("planning")
    found = {name: house(planning, name, shape, storeys) for name, shape, storeys in HOUSED}
    found["parks"] = house(an_officer("parks"), "parks", f"POLYGON({square(EAST, NORTH + 0.001, 0.0002)})", 1)
    return found
