"""D49: one who walks in the city in 3-D is told where he stands and looks, under his own rights."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.engines.maps.solids.conftest import EAST, NORTH

from yiwang.identity.testing import an_officer, signed_in
from yiwang.maps.addresses.contracts import Found
from yiwang.maps.solids.queries import walking

pytestmark = pytest.mark.django_db
#: 0.0002 degrees (20.4 m of MapLibre's sphere) west of the house of the parks, as high as its middle.
WEST = f"{EAST - 0.0002:.6f},{NORTH + 0.0011:.6f}"


def _standing(client: Client, language: str = "", **asked: str) -> Any:
    said = {"layer": "plots", "at": WEST, "bearing": "90", "up": "0"}
    return client.get(f"{language}/map/solids/standing/", said | asked)


def _words(client: Client, language: str = "", **asked: str) -> str:
    answer = _standing(client, language, **asked)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return str(json.loads(answer.content)["words"])


def test_d49_who_walks_is_told_where_he_stands_and_looks(houses) -> None:
    office = signed_in(an_officer("planning"))
    assert _words(office) == (
        "您站在（113.264200，23.130200），眼高1.7米，朝东（90°），平视。正前方20米是“parks”。"
    )
    assert _words(office, "/en", up="-10") == (
        "You stand at (113.264200, 23.130200), eyes 1.7 m above ground, looking east (90°), 10° down. "
        "parks stands 20 m ahead."
    )
    assert _words(office, "/en", bearing="270.4", up="20").endswith(
        "looking west (270°), 20° up. No building stands within 300 m ahead."
    )
    assert _words(office, bearing="360").endswith("朝北（0°），平视。前方300米内没有建筑物。")
    inside = f"{EAST + 0.0001:.6f},{NORTH + 0.0011:.6f}"
    assert _words(office, at=inside).endswith("您在“parks”之中。")


def test_d49_nobody_is_told_of_a_house_or_an_address_beyond_his_rights(houses, monkeypatch) -> None:
    behind = {"at": f"{EAST - 0.0002:.6f},{NORTH + 0.00005:.6f}"}
    assert "court" in _words(signed_in(an_officer("planning")), **behind)
    assert _words(signed_in(an_officer("parks")), **behind).endswith("前方300米内没有建筑物。")
    assert _standing(signed_in(an_officer("labour"))).status_code == 404
    assert _standing(Client()).status_code == 404
    # who may not see the layer learns nothing of how to ask
    assert _standing(Client(), at="nowhere").status_code == 404

    door = Found(
        code="1", full="北京路1号", division="440104", level="plate", status="", longitude=EAST,
        latitude=NORTH, confidence=1.0, metres=3.0,
    )  # fmt: skip
    monkeypatch.setattr(walking, "addresses_at", lambda *at, metres, most: (door,))
    monkeypatch.setattr(walking, "may_locate", lambda actor: False)
    assert "北京路" not in _words(signed_in(an_officer("planning")))
    monkeypatch.setattr(walking, "may_locate", lambda actor: True)
    assert _words(signed_in(an_officer("planning"))).startswith("您站在北京路1号旁（113.264200，23.130200）")


@pytest.mark.parametrize(
    "asked",
    [
        {"at": ""},
        {"at": "1"},
        {"at": "113.2,95"},
        {"bearing": ""},
        {"bearing": "-1"},
        {"bearing": "361"},
        {"bearing": "nan"},
        {"up": "61"},
        {"up": "1e9"},
    ],
)
def test_d49_a_stance_that_cannot_be_is_refused(houses, asked) -> None:
    refused = _standing(signed_in(an_officer("planning")), "/en", **asked)
    assert refused.status_code == 400
    assert "at is longitude,latitude" in refused.content.decode()
