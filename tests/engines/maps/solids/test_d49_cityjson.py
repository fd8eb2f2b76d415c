"""D49: buildings of a register as CityJSON, under the reader's own rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.engines.maps.solids.conftest import EAST, HOUSES, NORTH, RAISED
from tests.unit.maps.test_extruding import leaks, volume

from yiwang.identity.testing import an_officer, signed_in
from yiwang.maps.solids.contracts import Solid
from yiwang.maps.solids.queries import blocks

pytestmark = pytest.mark.django_db
ALL = f"{EAST - 0.001},{NORTH - 0.001},{EAST + 0.01},{NORTH + 0.01}"
#: Square metres of 0.0001 degrees squared at 23.1291° north on the ellipsoid of CGCS2000.
CELL = 113.44


def _get(client: Client, box: str = ALL, layer: str = "plots", **headers: str) -> Any:
    return client.get(f"/maps/solids/{layer}.city.json?box={box}", headers=headers)


def _file(client: Client, box: str = ALL) -> dict[str, Any]:
    answer = _get(client, box)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/city+json")
    return json.loads(answer.content)


def _bodies(file: dict[str, Any], name: str) -> list[Solid]:
    vertices = tuple(tuple(each) for each in file["vertices"])
    return [
        Solid(vertices, tuple(tuple(tuple(ring) for ring in face) for face in each["boundaries"][0]))
        for each in file["CityObjects"][name]["geometry"]
    ]


def _signed_in(organisation: str) -> Client:
    return signed_in(an_officer(organisation))


@pytest.fixture
def office(houses) -> Client:
    return _signed_in("planning")


def test_d49_buildings_are_closed_bodies_as_large_as_their_ground_by_height(houses, office) -> None:
    file = _file(office)
    court, two = f"plots-{houses['court']}", f"plots-{houses['two']}"
    (body,) = _bodies(file, court)
    assert leaks(body) == {}
    # 25 cells less a court of 4, six storeys of three metres
    assert float(volume(body)) / 1e9 == pytest.approx(21 * CELL * 18, rel=2e-4)
    assert file["CityObjects"][two]["children"] == [f"{two}-1", f"{two}-2"]
    for part in (f"{two}-1", f"{two}-2"):
        (body,) = _bodies(file, part)
        assert leaks(body) == {}
        assert float(volume(body)) / 1e9 == pytest.approx(4 * CELL * 6, rel=2e-4)
        assert file["CityObjects"][part]["parents"] == [two]
    flat = file["CityObjects"][f"plots-{houses['none']}"]["geometry"][0]
    assert (flat["type"], flat["lod"], len(flat["boundaries"])) == ("MultiSurface", "0", 1)
    assert (file["type"], file["version"], file["transform"]["scale"]) == ("CityJSON", "2.0", [0.001] * 3)
    assert file["metadata"]["referenceSystem"] == "https://www.opengis.net/def/crs/EPSG/0/4547"
    west, south, _, east, north, high = file["metadata"]["geographicalExtent"]
    assert (round(east - west), round(north - south), high) == (225, 134, 18.0)
    assert [round(each) for each in file["transform"]["translate"]] == [round(west), round(south), 0]
    assert all(isinstance(each, int) for vertex in file["vertices"] for each in vertex)


def test_d49_attributes_are_those_that_the_reader_sees(houses, office) -> None:
    attributes = _file(office)["CityObjects"][f"plots-{houses['court']}"]["attributes"]
    assert attributes == {"number": "court", "storeys": 6.0, "holder": "陈**"}


def test_d49_each_sees_his_own_rows_and_others_no_layer(houses) -> None:
    parks = _file(_signed_in("parks"))["CityObjects"]
    assert list(parks) == [f"plots-{houses['parks']}"]
    refused = _get(_signed_in("labour"))
    nothing = _get(_signed_in("labour"), layer="nothing")
    assert (refused.status_code, nothing.status_code) == (404, 404)
    told = {lang: words.replace("plots", "nothing") for lang, words in refused.json()["detail"].items()}
    assert told == nothing.json()["detail"]
    assert _get(Client(), box="").status_code == 404


def test_d49_who_does_not_see_the_storeys_gets_all_alike(houses, pack) -> None:
    kept = RAISED.replace("{name: storeys}", "{name: storeys, organisations: [water]}")
    pack(registers__plots=HOUSES, layers__plots=kept)
    file = _file(_signed_in("planning"))
    assert "storeys" not in file["CityObjects"][f"plots-{houses['court']}"]["attributes"]
    assert {vertex[2] for vertex in file["vertices"]} == {0, 3_000}


def test_d49_a_box_is_a_box_and_holds_so_many(houses, office, monkeypatch) -> None:
    for box in ("", "1,2,3", "114,23,113,24", "113,23,113.5,nan"):
        assert _get(office, box).status_code == 400
    assert _file(office, "113,22,113.01,22.01")["CityObjects"] == {}
    monkeypatch.setattr(blocks, "MOST_CORNERS", 10)
    refused = _get(office)
    assert refused.status_code == 400
    assert "5000 buildings or 10 corners" in refused.json()["detail"]["en"]


def test_d49_a_layer_that_is_flat_has_no_solids(pack) -> None:
    pack()
    refused = _get(_signed_in("planning"))
    assert refused.status_code == 404
    assert "not raised" in refused.json()["detail"]["en"]


def test_d49_the_tag_is_of_right_and_content(houses, office) -> None:
    first = _get(office)
    assert first["Cache-Control"] == "private, no-cache"
    again = _get(office, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
