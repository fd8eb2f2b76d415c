"""Tiles by matrix set: the same features in each, those of the reader; nothing outside a matrix."""

from __future__ import annotations

import math

import pyproj
import pytest
from django.test import Client
from tests.engines.maps.ogc.conftest import EAST, NORTH

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.rules.matrices import SETS
from yiwang.maps.testing import read_tile

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
