"""A district of one community with four square cells, two lamps, and offices that may see them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from yiwang.identity.testing import an_officer
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import DefaultRolesGuard

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
COMMUNITY = "440103001101"
PACK = """
name = "squares"
version = "0.1.0"
title = { zh = "网格", en = "Grid" }
summary = { zh = "网格", en = "Grid" }
owner = "urban_enforcement"
requires = []
"""
AREAS = """
code: {code}
title: {{zh: 网格, en: Cells}}
summary: {{zh: 网格, en: Cells}}
owner: urban_enforcement
open: true
key: code
fields:
  - {{id: 1, name: code, kind: text, title: {{zh: 号, en: C}}, required: true, unique: true, secrecy: public}}
  - {{id: 2, name: border, kind: area, title: {{zh: 范围, en: Area}}, searchable: true, secrecy: public}}
"""
LAMPS = """
code: lamps
title: {zh: 部件, en: Components}
summary: {zh: 部件, en: Components}
owner: parks
key: code
fields:
  - {id: 1, name: code, kind: text, title: {zh: 编码, en: Code}, required: true, unique: true, max_length: 20}
  - {id: 2, name: cell, kind: text, title: {zh: 所在网格, en: Cell}, max_length: 20}
  - {id: 3, name: place, kind: point, title: {zh: 位置, en: Place}, searchable: true}
"""
GRID = """
code: squares
title: {zh: 单元网格, en: Cells}
cells: {register: cells, shape: border, code: code}
parents: {register: communities, shape: border, code: code}
components: {register: lamps, shape: place, code: code, cell: cell}
"""


def square(east: float, north: float, degrees: float = 0.001) -> str:
    """A square by its south-western corner, from 113.2 E, 23.1 N, in thousandths of a degree."""
    west, south = 113.2 + east / 1000, 23.1 + north / 1000
    far, up = west + degrees, south + degrees
    return (
        f"POLYGON(({west:.6f} {south:.6f}, {far:.6f} {south:.6f}, {far:.6f} {up:.6f}, "
        f"{west:.6f} {up:.6f}, {west:.6f} {south:.6f}))"
    )


def enter(actor: Actor, register: str, code: str, **values: object) -> int:
    """Enter a cell, community or lamp."""
    return enter_entry(actor=actor, at=AT, register=register, values={"code": code, **values}).entry


@pytest.fixture
def squares(db, monkeypatch, tmp_path: Path) -> dict[str, Actor]:
    """Applies the pack and draws the four cells; gives the offices."""
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    folder = tmp_path / "packs" / "squares"
    files = {
        "registers/cells.yaml": AREAS.format(code="cells"),
        "registers/communities.yaml": AREAS.format(code="communities"),
        "registers/lamps.yaml": LAMPS,
        "grids/squares.yaml": GRID,
        "pack.toml": PACK,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    loaded = load(tmp_path / "packs", ["squares"])
    apply_plan(actor=Actor.system("tests"), at=AT, loaded=loaded, plan=make_plan(loaded))
    offices = {code: an_officer(code) for code in ("urban_enforcement", "parks", "labour")}
    keeper = offices["urban_enforcement"]
    enter(keeper, "communities", COMMUNITY, border=square(0, 0, 0.002))
    for number, (east, north) in enumerate(((0, 1), (1, 1), (0, 0), (1, 0)), start=1):
        enter(keeper, "cells", f"{COMMUNITY}{number:03d}", border=square(east, north))
    return offices
