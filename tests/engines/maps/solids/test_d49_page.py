"""D49: the page of the city in 3-D: sun, shadow and sight, under the reader's own rights."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from django.test import Client
from tests.engines.maps.conftest import TREE_LAYER
from tests.engines.maps.solids.conftest import AT, EAST, HOUSES, NORTH, RAISED

from yiwang.identity.testing import an_officer, sign_in, signed_in
from yiwang.maps.solids import api
from yiwang.maps.solids.rules.sun import Sun
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
#: Around the house of the parks: a square of 0.0002 degrees, one storey of three metres.
PARKS = (EAST - 0.0001, NORTH + 0.0009, EAST + 0.0003, NORTH + 0.0013)
#: Metres of 0.0002 degrees of latitude and of longitude at 23.13° on the ellipsoid of CGCS2000.
NORTHWARDS, EASTWARDS = 22.149, 20.485
MIDDLE = f"{EAST + 0.0001},{NORTH + 0.0011}"


@pytest.fixture
def office(houses) -> Client:
    return signed_in(an_officer("planning"))


def _shadows(client: Client, **asked: str) -> Any:
    said = {
        "layer": "plots",
        "centre": MIDDLE,
        "box": ",".join(str(each) for each in PARKS),
        "day": "2026-12-21",
        "time": "15:30",
    }
    return client.get("/map/solids/shadows/", said | asked)


@pytest.mark.parametrize(
    ("azimuth", "broad"),
    [(90, NORTHWARDS), (180, EASTWARDS), (225, (NORTHWARDS + EASTWARDS) * math.sqrt(0.5))],
)
def test_d49_a_shadow_is_as_large_as_its_breadth_by_its_length(houses, azimuth, broad) -> None:
    block = api.block_within(an_officer("planning"), "plots", PARKS)
    assert [each.entry for each in block.buildings] == [houses["parks"]]
    shade = api.shade_of(block, Sun(45, azimuth))
    assert shade is not None
    assert shade.square_metres == pytest.approx(broad * 3, rel=1e-3)
    assert api.shade_of(block, Sun(1, azimuth)) is None


def test_d49_shadows_are_of_the_moment_and_of_what_the_reader_sees(houses, office) -> None:
    winter = _shadows(office)
    assert (winter.status_code, winter["Cache-Control"]) == (200, "private, no-store")
    found = json.loads(winter.content)
    # by hand: asin(sin 23.13° sin -23.44° + cos 23.13° cos 23.44° cos 46.3°) = 25.3°
    assert (found["buildings"], found["sun"]) == (1, {"altitude": 25.31, "azimuth": 227.15})
    assert found["daylight"] == "日出07:04，日落17:46"
    length = 3 / math.tan(math.radians(25.31))
    away = math.radians(227.15)
    broad = NORTHWARDS * abs(math.sin(away)) + EASTWARDS * abs(math.cos(away))
    assert found["square_metres"] == round(length * broad)
    assert json.loads(_shadows(office, time="03:00").content)["features"] == []
    assert _shadows(signed_in(an_officer("labour"))).status_code == 404
    assert _shadows(Client()).status_code == 404
    for asked in ({"box": "1,2"}, {"day": "1899-01-01"}, {"day": "2026-02-30"}, {"time": "25:00"}):
        assert _shadows(office, **asked).status_code == 400, asked


def test_d49_a_sight_line_names_what_is_in_its_way(houses) -> None:
    planning = an_officer("planning")
    west, east = (EAST - 0.0002, NORTH + 0.0011, 1.6), (EAST + 0.0005, NORTH + 0.0011, 1.6)
    found = api.look(planning, "plots", west, east, "en")
    assert (found.is_seen, found.entry, found.name) == (False, houses["parks"], "parks")
    assert found.at == (pytest.approx(EAST, abs=1e-7), pytest.approx(NORTH + 0.0011, abs=1e-7), 1.6)
    assert found.metres == pytest.approx(EASTWARDS * 3.5, rel=1e-3)
    over = [(lng, lat, 3.0) for lng, lat, _ in (west, east)]
    assert api.look(planning, "plots", over[0], over[1], "en").is_seen
    # who may not list the house does not learn that it stands there
    parks = an_officer("parks")
    behind = ((EAST - 0.0002, NORTH + 0.00005, 1.6), (EAST + 0.0007, NORTH + 0.00005, 1.6))
    assert not api.look(planning, "plots", *behind, "en").is_seen
    assert api.look(parks, "plots", *behind, "en").is_seen


def test_d49_the_page_says_all_without_script(houses, office) -> None:
    asked = {"layer": "plots", "centre": MIDDLE, "day": "2026-12-21", "time": "15:30"}
    sight = {"eye": "113.264200,23.130200,1.6", "far": "113.2649, 23.1302, 1.6"}
    page = office.get("/en/map/solids/", asked | sight).content.decode()
    assert "The sun stands 25.3° high at azimuth 227.2° (south-west)" in page
    assert "Sunrise 07:04, sunset 17:46" in page
    assert "parks is in the way, 1.6 m above ground" in page
    picture = office.get("/map/solids/picture.png", asked)
    assert (picture["Content-Type"], picture.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    wrong = office.get("/map/solids/", asked | {"eye": "1,2", "far": "3"})
    assert (wrong.status_code, "视线两端应为" in wrong.content.decode()) == (400, True)
    assert "没有可以看的立体图层" in Client().get("/map/solids/").content.decode()
    assert Client().get("/map/solids/picture.png", asked).status_code == 404


def test_d49_what_lies_below_the_street_is_offered_to_who_sees_it(pack, client) -> None:
    pack(registers__plots=HOUSES, layers__plots=RAISED)
    keeper, parks = an_officer("planning"), an_officer("parks")
    page = sign_in(client, keeper).get("/map/solids/").content.decode()
    assert 'id="below"' not in page
    under = "audience: {kind: organisations, organisations: [planning]}\nunderground: true\n"
    pack(registers__plots=HOUSES, layers__plots=RAISED, layers__trees=TREE_LAYER + under)
    page = sign_in(client, keeper).get("/map/solids/").content.decode()
    assert 'data-style="/maps/styles/trees,plots.json"' in page
    assert 'id="below"' not in sign_in(client, parks).get("/map/solids/").content.decode()


def test_d49_the_page_begins_where_the_reader_sees_something(pack, client) -> None:
    """An office without houses of its own begins at a tree of the map that the city begins with."""
    pack(registers__plots=HOUSES, layers__plots=RAISED, layers__trees=TREE_LAYER + "shown: true\n")
    values = {"number": "T1", "place": {"lon": 113.3, "lat": 23.2}, "keeper": "李树人"}
    enter_entry(actor=a_clerk("parks"), at=AT, register="trees", values=values)
    page = sign_in(client, an_officer("planning")).get("/map/solids/").content.decode()
    assert 'data-centre="113.300000,23.200000"' in page
