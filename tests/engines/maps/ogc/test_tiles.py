"""Tiles by matrix set: the same features in each, those of the reader; nothing outside a matrix."""

from __future__ import annotations

import math

import pyproj
import pytest
from django.test import Client
from django.utils import timezone
from tests.engines.maps.ogc.conftest import EAST, NORTH
from tests.engines.maps.test_tiles import _plot, _tree

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.ogc.rules.matrices import SETS
from yiwang.maps.testing import read_tile
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
_PLACE = (EAST + 0.001, NORTH)


def _tile_of(found, matrix: int) -> str:
    x, y = _PLACE
    if not found.is_degrees:
        x, y = pyproj.Transformer.from_crs(4490, found.srid, always_xy=True).transform(x, y)
    side = found.side / (1 << matrix)
    return f"{matrix}/{math.floor((found.north - y) / side)}/{math.floor((x - found.west) / side)}"


@pytest.mark.parametrize("found", SETS, ids=lambda each: each.id)
def test_d51_tiles_of_each_matrix_set_hold_the_features_that_lie_there(client, city, found) -> None:
    matrix = 8 if found.srid == 4549 else 14
    place = _tile_of(found, matrix)
    answer = client.get(f"/ogc/collections/trees/tiles/{found.id}/{place}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.mapbox-vector-tile")
    tile = read_tile(answer.content)
    assert "T1" in {each["number"] for each in tile.of("trees")}
    assert "keeper" not in tile.keys["trees"]
    far = client.get(f"/ogc/collections/trees/tiles/{found.id}/{matrix}/0/0")
    assert (far.status_code, far.content) == (200, b"")
    for outside in (
        f"{found.last + 1}/0/0",
        "0/9/0",
        "0/0/9",
        "0/-1/0",
        "x/0/0",
        "0/0/1e3",
        "0/0/99999999999",
    ):
        refused = client.get(f"/ogc/collections/trees/tiles/{found.id}/{outside}")
        assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")
    address = f"/ogc/collections/plots/tiles/{found.id}/{place}"
    seen = {}
    for code, officer in city.officers.items():
        given = sign_in(Client(), officer).get(address)
        seen[code] = given.status_code
        if given.status_code == 200 and code != "planning":
            assert {each["number"] for each in read_tile(given.content).of("plots")} <= {f"{code}-1"}
            assert given["Cache-Control"] == "private, no-cache"
    assert seen == {"planning": 200, "parks": 200, "water": 200, "labour": 404}
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("found", SETS, ids=lambda each: each.id)
def test_d47_rules_of_generalisation_hold_in_each_set_and_say_so(pack, found) -> None:
    pack()
    for number in range(12):
        _tree(a_clerk("parks"), number, EAST + number * 0.00001)
    _plot(a_clerk("planning"), "planning-1")
    matrix = next(each for each in range(found.last + 1) if found.zoom(each) == 10)
    address = f"/ogc/collections/trees/tiles/{found.id}/{_tile_of(found, matrix)}"
    tile = read_tile(Client().get(address).content)
    assert tile.of("trees") == [{"_count": 12}]
    assert tile.of("_reduced") == [{"layer": "trees", "rule": "cluster", "present": 12, "shown": 1}]
    desk = sign_in(Client(), an_officer("planning"))
    far = read_tile(desk.get(address.replace("/trees/", "/plots/")).content)
    assert far.of("plots") == []
    assert far.of("_reduced") == [{"layer": "plots", "rule": "drop_smallest", "present": 1, "shown": 0}]


@pytest.mark.parametrize("found", SETS, ids=lambda each: each.id)
def test_d47_a_tile_of_a_day_shows_what_was_so_in_each_set(client, city, found) -> None:
    address = f"/ogc/collections/trees/tiles/{found.id}/{_tile_of(found, 8 if found.srid == 4549 else 14)}"
    today = read_tile(client.get(address).content).of("trees")
    days = {
        day: client.get(address, {"datetime": day})
        for day in ("1999-01-01", str(timezone.localdate()), "2026-01-01/2026-02-01", "x")
    }
    assert [each.status_code for each in days.values()] == [200, 200, 400, 400]
    first, now = (read_tile(each.content).of("trees") for each in list(days.values())[:2])
    assert (first, len(now)) == ([], len(today))
