"""Registers with a shape as OGC API - Features: rights of the lists, pages that nothing shifts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yiwang.identity.testing import an_officer as a_posted_officer
from yiwang.identity.testing import sign_in
from yiwang.registers.api import enter_entry, retire_entry
from yiwang.registers.testing import an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TREES = """
code: trees
title: {zh: 古树名木, en: Old trees}
summary: {zh: 古树名木, en: Old trees}
owner: parks
open: true
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 号, en: No.}, required: true, unique: true, secrecy: public}
  - {id: 2, name: place, kind: point, title: {zh: 位置, en: Place}, searchable: true, secrecy: public}
  - {id: 3, name: keeper, kind: text, title: {zh: 养护人, en: Keeper}, secrecy: personal}
"""
ITEMS = "/api/features/collections/trees/items"
GARDENER = an_officer("parks", "handler", "reviewer", "approver", account=71)


PACK = """
name = "green"
version = "0.1.0"
title = { zh = "绿化", en = "Green" }
summary = { zh = "绿化", en = "Green" }
owner = "parks"
requires = []
"""


@pytest.fixture
def trees(db, guarded, tmp_path):
    """Seven public trees, and pipes, which the public does not see."""
    folder = tmp_path / "packs" / "green"
    (folder / "registers").mkdir(parents=True)
    (folder / "pack.toml").write_text(PACK)
    (folder / "registers" / "trees.yaml").write_text(TREES)
    hidden = TREES.replace("code: trees", "code: pipes").replace("open: true\n", "")
    (folder / "registers" / "pipes.yaml").write_text(hidden)
    apply_packs(tmp_path / "packs", ["green"], at=AT)
    return [plant(number) for number in range(1, 8)]


def plant(number: int) -> int:
    values = {"number": f"T-{number:03}", "place": f"113.{number:03} 23.1", "keeper": "何伯"}
    return enter_entry(actor=GARDENER, at=AT, register="trees", values=values).entry


def numbers(answer) -> list[str]:
    return [feature["properties"]["number"] for feature in answer.json()["features"]]


def following(answer) -> str | None:
    return next((link["href"] for link in answer.json()["links"] if link["rel"] == "next"), None)


def test_a_stranger_sees_the_public_part_as_geojson(client, trees):
    answer = client.get(ITEMS, {"limit": 1, "count": "exact"})
    assert answer.headers["Content-Type"] == "application/geo+json"
    told = answer.json()
    assert (told["type"], told["numberReturned"], told["numberMatched"]) == ("FeatureCollection", 1, 7)
    assert told["features"] == [
        {
            "type": "Feature",
            "id": trees[0],
            "geometry": {"type": "Point", "coordinates": [113.001, 23.1]},
            "properties": {"number": "T-001", "keeper": None, "version": 1, "valid_from": "2026-03-02"},
        }
    ]
    assert client.get(f"{ITEMS}/{trees[0]}").json() == told["features"][0]


def test_d38_pages_by_keyset_stay_whole_while_entries_come_and_go(client, trees):
    seen, address = [], f"{ITEMS}?limit=2"
    first = client.get(address)
    seen += numbers(first)
    # one that was shown goes, one that was not yet shown goes, and one comes
    for entry in (trees[0], trees[4]):
        retire_entry(actor=GARDENER, at=AT, register="trees", entry=entry, version=1)
    plant(8)
    after = following(first)
    while after is not None:
        answer = client.get(after)
        seen += numbers(answer)
        after = following(answer)
    assert seen == ["T-001", "T-002", "T-003", "T-004", "T-006", "T-007", "T-008"]


def test_a_box_of_the_map_is_asked_for(client, trees):
    assert numbers(client.get(ITEMS, {"bbox": "113.0025,23,113.0045,24"})) == ["T-003", "T-004"]


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "113,23,112,24", "113,23,114,91", "nan,23,114,24"])
def test_a_box_that_is_none_is_refused(client, trees, box):
    answer = client.get(ITEMS, {"bbox": box})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_d5_features_as_of_an_earlier_day_are_those_of_that_day(client, trees):
    assert numbers(client.get(ITEMS, {"datetime": "2026-03-01"})) == []
    assert len(numbers(client.get(ITEMS, {"datetime": "2026-03-02"}))) == 7


def test_a_register_without_a_shape_or_of_others_is_no_collection(client, trees):
    listed = client.get("/api/features/collections").json()["collections"]
    assert [each["id"] for each in listed] == ["trees"]
    for path in ("/api/features/collections/pipes", "/api/features/collections/pipes/items"):
        assert client.get(path).status_code == 404
    gardener = a_posted_officer("parks", roles=["handler"])
    sign_in(client, gardener)
    listed = client.get("/api/features/collections").json()["collections"]
    assert [each["id"] for each in listed] == ["pipes", "trees"]


def test_the_landing_page_leads_everywhere(client, db):
    told = client.get("/api/features").json()
    assert {link["rel"] for link in told["links"]} == {"self", "service-desc", "conformance", "data"}
    for link in told["links"]:
        assert client.get(link["href"]).status_code == 200
    conforms = client.get("/api/features/conformance").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in conforms


def test_the_same_page_is_not_sent_twice_but_to_others(client, trees):
    answer = client.get(ITEMS)
    again = client.get(ITEMS, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
