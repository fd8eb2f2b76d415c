"""Triangles, glTF and the division of 3D Tiles, judged by naive counts and by trimesh."""

from __future__ import annotations

import io
import json
import math
import random
import struct

import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.maps.solids.contracts import Building, Outline
from yiwang.maps.solids.rules.extruding import twice_area
from yiwang.maps.solids.rules.globe import from_middle, stand_at
from yiwang.maps.solids.rules.gltf import glb_of
from yiwang.maps.solids.rules.quadtree import FINEST, MOST_IN_TILE, Cell, Filling, tileset_of
from yiwang.maps.solids.rules.triangulating import triangulate, turn

SQUARE = ((0, 0), (100, 0), (100, 100), (0, 100))
CITY = (113.2644, 23.1291)


def _fits(outline: Outline) -> None:
    found = triangulate(outline)
    corners = len(outline.outer) + sum(len(each) for each in outline.courts)
    assert len(found) == corners - 2 + 2 * len(outline.courts)
    assert all(turn(*each) > 0 for each in found)
    area = abs(twice_area(outline.outer)) - sum(abs(twice_area(each)) for each in outline.courts)
    assert sum(turn(*each) for each in found) == area


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=3, max_size=24), st.booleans())
@settings(max_examples=60)
def test_stars_and_skylines_are_cut_up_whole(steps, is_star) -> None:
    if is_star:
        angles = [2 * math.pi * each / len(steps) for each in range(len(steps))]
        ring = [
            (round(1e5 * wide * math.cos(angle)), round(1e5 * wide * math.sin(angle)))
            for angle, (wide, _) in zip(angles, steps, strict=True)
        ]
    else:
        ring, east = [(0, -1)], 0
        for wide, deep in steps:
            ring += [(east, deep), (east + wide, deep)]
            east += wide
        ring = list(dict.fromkeys([*ring, (east, -1)]))
    _fits(Outline(tuple(ring)))


def test_many_courts_in_a_row_and_a_touching_one() -> None:
    courts = tuple(
        ((x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)) for x in (5, 25, 45, 65) for y in (5, 30, 60)
    )
    _fits(Outline(SQUARE, courts))
    _fits(Outline(SQUARE, courts[::-1]))
    touching = triangulate(Outline(SQUARE, (((0, 0), (30, 10), (10, 30)),)))
    assert sum(turn(*each) for each in touching) == 20_000 - 800


@pytest.mark.parametrize("seed", range(6))
def test_courts_strewn_about(seed) -> None:
    drawn = random.Random(seed)
    cells = drawn.sample([(x, y) for x in range(6) for y in range(6)], 14)
    courts = []
    for x, y in cells:
        spots = [(drawn.randrange(1, 15), drawn.randrange(1, 15)) for _ in range(3)]
        ring = tuple((x * 16 + 2 + a, y * 16 + 2 + b) for a, b in spots)
        if twice_area(ring):
            courts.append(ring)
    _fits(Outline(SQUARE, tuple(courts)))


def _building(outline: Outline, height: int) -> Building:
    """On the ellipsoid, by degrees that are metres near enough."""
    metre = 1 / 111_320 / 1000
    places = {
        (x, y): (CITY[0] + x * metre / math.cos(math.radians(CITY[1])), CITY[1] + y * metre)
        for ring in (outline.outer, *outline.courts)
        for x, y in ring
    }
    return Building(entry=7, outlines=(outline,), height=height, values={"use": "住宅"}, places=places)


def test_d49_trimesh_finds_the_body_closed_and_as_large_as_its_ground_by_height() -> None:
    wide = tuple((x * 300, y * 300) for x, y in SQUARE)
    court = ((9_000, 9_000), (18_000, 9_000), (18_000, 18_000), (9_000, 18_000))
    body = glb_of([_building(Outline(wide, (court,)), 12_000)], stand_at(CITY), "#a8a29a")
    mesh = trimesh.load(io.BytesIO(body), file_type="glb", force="mesh")
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    # the degrees of the places are metres only to half a percent
    assert mesh.volume == pytest.approx((30 * 30 - 9 * 9) * 12, rel=1e-2)
    assert mesh.bounds[:, 1] == pytest.approx([0, 12], abs=1e-3)
    assert mesh.bounds[0][2] < -29
    magic, version, length, told, kind = struct.unpack("<4sIIII", body[:20])
    assert (magic, version, length, kind) == (b"glTF", 2, len(body), 0x4E4F534A)
    described = json.loads(body[20 : 20 + told])
    assert described["meshes"][0]["extras"]["buildings"] == [{"entry": 7, "use": "住宅"}]


def test_what_has_no_height_is_its_ground() -> None:
    body = glb_of([_building(Outline(SQUARE), 0)], stand_at(CITY), "#ffffff")
    assert len(trimesh.load(io.BytesIO(body), file_type="glb", force="mesh").faces) == 2
    assert b'"nodes":[]' in glb_of([], stand_at(CITY), "#ffffff")


def test_places_on_the_ellipsoid() -> None:
    assert from_middle((0, 0), 5) == (6_378_142, 0, 0)
    assert from_middle((90, 90), 0)[2] == pytest.approx(6_356_752.3141, abs=1e-4)
    stand = stand_at(CITY)
    assert stand.local(CITY, 8) == pytest.approx((0, 0, 8), abs=1e-8)
    east, north, up = stand.local((CITY[0], CITY[1] + 0.001), 0)
    assert (east, north, up) == pytest.approx((0, 110.745, 0), abs=0.01)


def test_d49_every_building_is_in_one_tile_and_regions_hold_what_lies_in_them() -> None:
    drawn = random.Random(4)
    finest: dict[Cell, Filling] = {}
    for _ in range(700):
        x, y = 854_000 + int(drawn.random() ** 4 * 6_000), 591_000 + int(drawn.random() ** 4 * 6_000)
        cell = Cell(FINEST, x, y)
        west, south, east, north = cell.box
        filling = Filling(drawn.choice([1, 2, 9, 600]), west - 1e-5, south, east, north, drawn.randrange(90))
        finest[cell] = filling if cell not in finest else finest[cell].joined(filling)
    tiles: dict[Cell, list[float]] = {}

    def walk(node: dict, above: list[float]) -> None:
        region = node["boundingVolume"]["region"]
        assert all(a <= b for a, b in zip(above[:2], region[:2], strict=True))
        assert all(a >= b for a, b in zip(above[2:4], region[2:4], strict=True))
        assert above[5] >= region[5]
        if "content" in node:
            level, column, row = node["content"]["uri"].removesuffix(".glb").split("/")[1:]
            tiles[Cell(int(level), int(column), int(row))] = region
            assert (node["geometricError"], "children" in node) == (0, False)
        for child in node.get("children", []):
            assert child["geometricError"] < node["geometricError"]
            walk(child, region)

    tileset = tileset_of(finest)
    walk(tileset["root"], tileset["root"]["boundingVolume"]["region"])
    counted = dict.fromkeys(tiles, 0)
    for cell, filling in finest.items():
        held = [tile for tile in tiles if _within(cell, tile)]
        assert len(held) == 1
        counted[held[0]] += filling.many
    assert sum(counted.values()) == sum(each.many for each in finest.values())
    assert all(many <= MOST_IN_TILE or tile.level == FINEST for tile, many in counted.items())


def _within(cell: Cell, tile: Cell) -> bool:
    shift = cell.level - tile.level
    return (cell.column >> shift, cell.row >> shift) == (tile.column, tile.row)


def test_nothing_is_a_tileset_too() -> None:
    assert tileset_of({})["root"] == {"boundingVolume": {"region": [0.0] * 6}, "geometricError": 0.0}
