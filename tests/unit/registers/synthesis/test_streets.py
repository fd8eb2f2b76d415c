"""Made-up streets: buildings that stand on their parcels and beside one another, the same for one seed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from random import Random

import pytest

from yiwang.registers.synthesis.city import HEADS, city_rows
from yiwang.registers.synthesis.numbers import Exhausted
from yiwang.registers.synthesis.spots import is_inside, spot_in
from yiwang.registers.synthesis.streets import Neighbourhood, Streets

ON = date(2026, 1, 1)
PLACES = [
    Neighbourhood(f"440103001{n}", f"广州市荔湾区沙面街道第{n}社区", (113.2 + n / 1000, 23.1))
    for n in (101, 140)
]


def files(people=2000, seed=1):
    found = defaultdict(list)
    for name, cells in city_rows(people=people, seed=seed, neighbourhoods=PLACES, on=ON, dirt=0.0):
        found[name].append(dict(zip(HEADS[name], cells, strict=True)))
    return found


@pytest.fixture(scope="module")
def city():
    return files()


def box(wkt):
    ring = [tuple(map(float, corner.split())) for corner in wkt[9:-2].split(",")]
    assert ring[0] == ring[-1]
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def test_d12_people_firms_and_households_live_at_addresses_that_are_there(city):
    addresses = {row["code"]: row["full"] for row in city["addresses"]}

    assert len(addresses) == len(city["addresses"]) > 20
    for register, written in (
        ("persons", "residence_address"), ("households", "address"), ("legal_entities", "address"),
    ):  # fmt: skip
        for row in city[register]:
            assert row[written].startswith(addresses[row["address_code"]])


def test_no_two_households_share_a_room(city):
    assert Counter(row["address"] for row in city["households"]).most_common(1)[0][1] == 1


def test_a_building_has_its_address_and_stands_on_its_parcel(city):
    addresses = {row["code"]: row for row in city["addresses"]}
    parcels = {row["code"]: row for row in city["parcels"]}

    assert len(city["buildings"]) == len(addresses) == len(parcels)
    for row in city["buildings"]:
        address, parcel = addresses[row["address"]], parcels[row["parcel"]]
        assert re.fullmatch(r"440103001(101|140)GB[0-9]{5}F0001", row["code"])
        assert (address["division"], parcel["division"]) == (row["division"],) * 2
        assert parcel["location"] == address["full"]
        west, south, east, north = box(row["outline"])
        around = box(parcel["border"])
        x, y = map(float, address["point"].split())
        assert around[0] < west < x < east < around[2]
        assert around[1] < south < y < north < around[3]


def test_parcels_of_a_community_do_not_overlap(city):
    boxes = [box(row["border"]) for row in city["parcels"] if row["division"].endswith("101")]

    for place, (west, south, east, north) in enumerate(boxes):
        for other in boxes[:place]:
            assert east <= other[0] or other[2] <= west or north <= other[1] or other[3] <= south


def test_a_number_of_a_road_is_given_once(city):
    plates = Counter((row["division"], row["road"], row["plate"]) for row in city["addresses"])

    assert set(plates.values()) == {1}


def test_the_same_seed_builds_the_same_streets():
    assert files(people=300)["buildings"] == files(people=300)["buildings"]
    assert files(people=300, seed=2)["addresses"] != files(people=300)["addresses"]


def test_a_community_without_a_point_has_no_shapes():
    streets = Streets(1, ON)
    home = streets.home(Neighbourhood("440103001101", "广州市荔湾区沙面街道翠洲社区"))
    rows = {name: dict(zip(HEADS[name], cells, strict=True)) for name, cells in streets.built()}

    assert home.code == rows["addresses"]["code"] == "44010300110100000001"
    assert [rows["addresses"]["point"], rows["parcels"]["border"], rows["buildings"]["outline"]] == [
        "",
        "",
        "",
    ]
    assert streets.built() == []


def test_parcels_of_a_community_end(monkeypatch):
    monkeypatch.setattr("yiwang.registers.synthesis.streets._LAST_PARCEL", 2)
    streets = Streets(1, ON)

    with pytest.raises(Exhausted):
        [streets.home(PLACES[0]) for _ in range(2000)]
    assert len(streets.built()) == 6


def test_spots_lie_inside():
    ring = [(0.0, 0.0), (4.0, 0.0), (4.0, 1.0), (1.0, 1.0), (1.0, 4.0), (0.0, 4.0)]
    chance = Random(3)

    for _ in range(50):
        x, y = spot_in(ring, chance)
        assert (0 < x < 1 and 0 < y < 4) or (0 < x < 4 and 0 < y < 1)
    assert not is_inside((2.0, 2.0), ring)
