"""Plots of three departments side by side and trees of one, for programs that speak OGC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from tests.engines.maps.conftest import APPLIED, PLOTS, TREES
from tests.engines.maps.rasters.geotiffs import RASTERS, photo_bands, written

from yiwang.identity.testing import an_officer
from yiwang.maps.rasters.api import load_file
from yiwang.maps.rasters.keeping import PictureStore
from yiwang.maps.rasters.queries import pictures
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import environment
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import an_officer as acting

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EAST, NORTH = 113.2644, 23.1291
_DAYS = """  - {id: 6, name: planted, kind: date, title: {zh: 栽种日期, en: Planted}, secrecy: public}
  - {id: 7, name: girth, kind: decimal, title: {zh: 胸径, en: Girth}, secrecy: public}
  - {id: 8, name: listed, kind: yes_no, title: {zh: 挂牌, en: Listed}, secrecy: public}
  - {id: 9, name: seen, kind: moment, title: {zh: 巡查时间, en: Seen}, secrecy: public}
"""
MANY_TREES = TREES + _DAYS
TREES_SHOWN = """
code: trees
title: {zh: 古树, en: Old trees}
summary: {zh: 古树, en: Old trees}
group: {zh: 绿化, en: Green}
register: trees
fields: [{name: number}, {name: keeper}, {name: planted}, {name: girth}, {name: listed}, {name: seen}]
style: {draw: plain, colour: "#00703c"}
"""
assert PLOTS


@dataclass(frozen=True, slots=True)
class City:
    """Who is there, and the entries by number."""

    officers: dict[str, Actor]
    trees: list[int] = field(default_factory=list)
    plots: dict[str, int] = field(default_factory=dict)


def square(east: float, north: float, degrees: float) -> str:
    """A square as WKT."""
    far, up = east + degrees, north + degrees
    return f"POLYGON(({east} {north}, {far} {north}, {far} {up}, {east} {up}, {east} {north}))"


def fill_city() -> City:
    """Enter them."""
    city = City({code: an_officer(code) for code in ("planning", "parks", "water", "labour")})
    for place, code in enumerate(("planning", "parks", "water")):
        values = {
            "number": f"{code}-1",
            "shape": square(EAST + place * 0.0006, NORTH, 0.0005),
            "price": f"{1200.5 + place}",
            "holder": "陈大文",
            "remark": "曾有纠纷",
        }
        city.plots[code] = enter_entry(
            actor=city.officers[code], at=AT, register="plots", values=values
        ).entry
    for n in range(1, 13):
        values = {
            "number": f"T{n}",
            "place": {"lon": round(EAST + n * 0.001, 6), "lat": NORTH},
            "keeper": "李树人",
            "planted": f"19{10 + n}-05-01",
            "girth": f"{n / 2}",
            "listed": "是" if n % 2 else "否",
            "seen": f"2026-02-{n:02d}T10:00",
        }
        made = enter_entry(actor=city.officers["parks"], at=AT, register="trees", values=values)
        city.trees.append(made.entry)
    return city


@pytest.fixture
def city(pack) -> City:
    """The city, for one test."""
    pack(registers__trees=MANY_TREES, layers__trees=TREES_SHOWN)
    return fill_city()


@pytest.fixture
def imagery(pack, monkeypatch, tmp_path) -> City:
    """The city, with a photo for everybody and one for the water office."""
    changed = environment().model_copy(update={"var": tmp_path / "var", "raster_pixels": 1_000_000})
    for place in ("loading", "queries.editions"):
        monkeypatch.setattr(f"yiwang.maps.rasters.{place}.environment", lambda: changed)
    monkeypatch.setattr(pictures, "KEPT", PictureStore(1_000_000))
    files = {name.replace("/", "__"): text for name, text in RASTERS.items()}
    pack(registers__trees=MANY_TREES, layers__trees=TREES_SHOWN, **files)
    path = written(tmp_path / "a.tif", photo_bands())
    for code in ("photo", "ours"):
        load_file(
            actor=acting("planning"),
            at=APPLIED,
            raster=code,
            year=2025,
            source=path,
            told=lambda share: None,
        )
    return fill_city()
