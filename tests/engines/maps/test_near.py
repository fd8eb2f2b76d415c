"""What is planned near an address, for anybody, without script; only the address's surroundings are told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from yiwang.identity.testing import a_citizen, sign_in
from yiwang.identity.testing import an_officer as posted
from yiwang.maps.addresses.indexing import make_index
from yiwang.maps.api import features_around, read_layers
from yiwang.maps.rules.nearby import NEAR, box_around, metres_between
from yiwang.maps.web import near
from yiwang.platform import command as command_module
from yiwang.platform.environment import ROOT
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def city(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["demonstration_ground", "urban_planning"], at=AT, with_data=True)
    make_index(AT)
    near._pace.forget()


def test_d45_a_citizen_finds_what_is_planned_near_home(city):
    answer = Client().post("/map/near/", {"address": "广州市荔湾区南湾街4号"})
    page = answer.content.decode()

    assert answer.status_code == 200
    assert page.count("yw-rows__item") == 25
    assert "规划项目" in page
    assert "批前公示" in page
    # the address's own point is the city's: no link or picture tells it nearer than a hundred metres
    assert "centre=113.243,23.124&amp;" in page
    assert "/map/?layers=" in page
    assert "113.243481" not in page
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_d52_what_is_here_tells_offices_the_nearest_address(city):
    box = "113.24347,23.12379,113.24349,23.12381"
    asked = f"/map/features/?layers=&box={box}&here=yes"
    office, other = Client(), Client()
    sign_in(office, posted("planning", roles={"handler"}))
    sign_in(other, a_citizen())
    told = office.get(asked).content.decode()
    assert "标准地址" in told
    assert "荔湾区" in told
    assert "标准地址" not in office.get(asked.removesuffix("&here=yes")).content.decode()
    for stranger in (Client(), other):
        assert "标准地址" not in stranger.get(asked).content.decode()


def test_an_address_that_is_none_is_told_so_in_both_languages(city):
    for address, words in (("/map/near/", "没有找到这个地址"), ("/en/map/near/", "was not found")):
        answer = Client().post(address, {"address": "火星大道9999号"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Client().post("/map/near/", {"address": " "}).status_code == 422
    assert Client().get("/map/near/").status_code == 200


def test_of_many_the_nearest_are_listed_and_the_page_says_so(pack) -> None:
    pack()
    clerk = an_officer("parks")
    for number in range(60):
        values = {
            "number": f"T{number}",
            "place": f"{113.2644 + (60 - number) / 20_000:.6f} 23.1291",
            "keeper": "李",
        }
        enter_entry(actor=clerk, at=AT, register="trees", values=values)
    place = (113.2644, 23.1291)
    (found,) = features_around(read_layers(None, ["trees"]), place, box_around(place, NEAR), "zh")

    assert [each.name for each in found.features] == [f"T{number}" for number in range(59, 9, -1)]
    assert (found.total, found.is_exact) == (60, True)


def test_the_box_holds_what_is_near():
    place = (113.3, 23.1)
    west, south, east, north = box_around(place, NEAR)
    for corner in ((west, 23.1), (east, 23.1), (113.3, south), (113.3, north)):
        assert round(metres_between(place, corner)) == NEAR
