"""D51: CGCS2000 is what is stored; others are made for a request, as PROJ makes them."""

from __future__ import annotations

import pyproj
import pytest
from tests.engines.maps.ogc.conftest import EAST, NORTH

pytestmark = pytest.mark.django_db
TREES = "/ogc/collections/trees/items"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_PLACE = (round(EAST + 0.001, 6), NORTH)


@pytest.mark.parametrize(("code", "places"), [(4326, 9), (4490, 9), (3857, 4), (4549, 4), (4547, 4)])
def test_d51_each_reference_system_agrees_with_proj_and_its_order_of_axes(client, city, code, places) -> None:
    # without always_xy PROJ gives the order of the authority
    expected = pyproj.Transformer.from_crs("OGC:CRS84", code).transform(*_PLACE)
    if code in (4549, 4547):
        expected = pyproj.Transformer.from_crs(4490, code).transform(_PLACE[1], _PLACE[0])
    answer = client.get(f"{TREES}/{city.trees[0]}", {"crs": f"{_EPSG}{code}"})
    assert answer["Content-Crs"] == f"<{_EPSG}{code}>"
    assert answer.json()["geometry"]["coordinates"] == pytest.approx(expected, abs=10**-places)
    page = client.get(TREES, {"crs": f"{_EPSG}{code}", "limit": "1"})
    assert page.json()["features"][0]["geometry"] == answer.json()["geometry"]
    x, y = answer.json()["geometry"]["coordinates"]
    beside = 0.0001 if code in (4326, 4490) else 10
    asked = {"bbox": f"{x - beside},{y - beside},{x + beside},{y + beside}", "bbox-crs": f"{_EPSG}{code}"}
    assert [each["id"] for each in client.get(TREES, asked).json()["features"]] == [city.trees[0]]


def test_d51_what_is_stored_is_said_and_comes_back_exact(client, city) -> None:
    described = client.get("/ogc/collections/trees").json()
    assert described["storageCrs"] == f"{_EPSG}4490"
    assert described["storageCrs"] in described["crs"]
    kept = client.get(f"{TREES}/{city.trees[0]}", {"crs": f"{_EPSG}4490"})
    assert kept.json()["geometry"]["coordinates"] == [23.1291, 113.2654]
    plain = client.get(f"{TREES}/{city.trees[0]}")
    assert plain["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    assert plain.json()["geometry"]["coordinates"] == [113.2654, 23.1291]
