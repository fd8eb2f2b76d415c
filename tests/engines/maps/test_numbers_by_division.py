# ruff: noqa: E501
"""Areas coloured by what lies in them: counted and summed up under the rights of the register behind them."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.engines.maps.making import AT, GROUP, TITLE
from tests.engines.maps.test_tiles import _square

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.errors import DefinitionRefused, InvalidInput
from yiwang.kernel.text import Text
from yiwang.maps.definitions import Measure
from yiwang.maps.making import api
from yiwang.maps.making.contracts import RegisterNotDrawable
from yiwang.maps.models import LayerDraft
from yiwang.maps.queries.layers import is_seen_as_before, read_layers
from yiwang.maps.queries.measuring import reach_of_both
from yiwang.maps.testing import read_tile
from yiwang.platform.contracts import Actor
from yiwang.registers.api import enter_entry

pytestmark = pytest.mark.django_db
TILE = "12/3336/1777"
AREAS = """
code: districts
title: {zh: 区, en: Districts}
summary: {zh: 区, en: Districts}
owner: planning
open: true
key: code
fields:
  - {id: 1, name: code, kind: division, title: {zh: 码, en: Code}, required: true, unique: true, secrecy: public}
  - {id: 2, name: border, kind: area, title: {zh: 界, en: Border}, searchable: true, secrecy: public}
"""
SHOPS = """
code: shops
title: {zh: 店铺, en: Shops}
summary: {zh: 店铺, en: Shops}
owner: planning
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 号, en: No.}, required: true, unique: true}
  - {id: 2, name: division, kind: division, title: {zh: 区划, en: Division}}
  - {id: 3, name: seats, kind: integer, title: {zh: 座位, en: Seats}}
"""
PERSONAL = "  - {id: 4, name: holder, kind: text, title: {zh: 店主, en: Holder}, secrecy: personal}\n"
#: District, entries, seats of each.
SHOPS_IN = (("440104001", 4, 10), ("440105", 2, 5), ("440106001002", 1, 70))


def _measure(**more: object) -> Measure:
    said = {"title": {"zh": "店数", "en": "Shops"}, "register": "shops", "by": "division", "areas": "code"}
    return Measure.model_validate({**said, **more})


@pytest.fixture
def maker(pack) -> Actor:
    """An examiner of the office that keeps shops, in districts side by side."""
    pack(registers__districts=AREAS, registers__shops=SHOPS)
    officer = an_officer("planning", roles={"handler", "window"})
    _entered(officer)
    return officer


def _entered(officer: Actor) -> None:
    for place, code in enumerate(("440104", "440105", "440106", "440111")):
        values = {"code": code, "border": _square(113.26 + place * 0.01, 23.125, 0.009)}
        enter_entry(actor=officer, at=AT, register="districts", values=values)
    for division, many, seats in SHOPS_IN:
        for number in range(many):
            values = {"number": f"{division}-{number}", "division": division, "seats": seats}
            enter_entry(actor=officer, at=AT, register="shops", values=values)


def _published(actor: Actor, measure: Measure, *, code: str = "by_district", **part: object) -> None:
    saved = api.begin_measure(
        actor=actor, at=AT, register="districts", measure=measure, title=TITLE, summary=TITLE, group=GROUP,
        code=code, classes=3,
    )  # fmt: skip
    if part:
        saved = api.save_layer(actor=actor, at=AT, draft=saved.draft, version=saved.version, part=part)
    api.publish_layer(actor=actor, at=AT, draft=saved.draft, version=saved.version)


def _figures(client: Client, code: str = "by_district", **asked: str) -> dict[str, object]:
    answer = client.get(f"/maps/tiles/{code}/{TILE}.mvt", asked)
    assert answer.status_code == 200, answer.content
    return {str(each["code"]): each.get("figure") for each in read_tile(answer.content).of(code)}


def test_d45_areas_are_coloured_by_the_entries_that_lie_in_them(maker) -> None:
    _published(maker, _measure())
    desk = sign_in(Client(), maker)
    assert _figures(desk) == {"440104": 4.0, "440105": 2.0, "440106": 1.0, "440111": None}
    style = desk.get("/maps/styles/by_district.json").json()
    colour = style["layers"][1]["paint"]["fill-color"]
    assert (colour[:2], colour[2][0], colour[3]) == (["case", ["has", "figure"]], "step", "#b1b4b6")
    assert "无数值" in desk.get("/map/?layers=by_district").content.decode()
    found = desk.get("/ogc/collections/by_district/items?f=json&limit=10").json()["features"]
    assert {each["properties"]["code"]: each["properties"]["figure"] for each in found}["440104"] == 4
    more = desk.get("/ogc/collections/by_district/items?f=json&filter=figure>1").json()["features"]
    assert sorted(each["properties"]["code"] for each in more) == ["440104", "440105"]
    assert "店数" in desk.get("/map/?layers=by_district").content.decode()
    table = desk.get("/ogc/collections/by_district/items?f=csv").content.decode().splitlines()
    assert table[0] == "\ufeff要素编号,码,码代码,店数"
    assert [line.split(",")[2:] for line in table[1:]] == [
        ["440104", "4"], ["440105", "2"], ["440106", "1"], ["440111", ""],
    ]  # fmt: skip
    file = b"".join(desk.get("/ogc/collections/by_district/download?f=geojson"))
    held = {each["properties"]["code"]: each["properties"]["figure"] for each in json.loads(file)["features"]}
    assert held == {"440104": "4", "440105": "2", "440106": "1", "440111": None}
    assert b"440104" in b"".join(desk.get("/ogc/collections/by_district/download?f=gpkg"))
    # the numbers follow the register, also in a tile that was asked for before
    values = {"number": "more", "division": "440111", "seats": 1}
    enter_entry(actor=maker, at=AT, register="shops", values=values)
    assert _figures(desk)["440111"] == 1.0


def test_d45_numbers_are_summed_up_and_few_entries_give_none(maker) -> None:
    _published(maker, _measure(sum="seats", least=2))
    assert _figures(sign_in(Client(), maker)) == {
        "440104": 40.0, "440105": 10.0, "440106": None, "440111": None,
    }  # fmt: skip


def test_d46_persons_are_never_counted_below_three(pack, maker) -> None:
    pack(registers__shops=SHOPS + PERSONAL)
    _published(maker, _measure())
    assert _figures(sign_in(Client(), maker)) == {
        "440104": 4.0, "440105": None, "440106": None, "440111": None,
    }  # fmt: skip


def test_d46_who_loses_the_right_to_what_is_counted_is_asked_anew(pack, maker) -> None:
    _published(maker, _measure(), audience={"kind": "readers"})
    (read,) = read_layers(maker, ["by_district"])
    assert is_seen_as_before(maker, read)
    labour = an_officer("labour", roles={"handler", "window"})
    assert not is_seen_as_before(labour, read)
    assert not is_seen_as_before(None, read)


def test_d46_who_may_not_list_what_is_counted_has_no_such_layer(pack, maker) -> None:
    _published(maker, _measure(), audience={"kind": "readers"})
    others = [Client(), sign_in(Client(), an_officer("labour", roles={"handler"}))]
    for other in others:
        assert other.get(f"/maps/tiles/by_district/{TILE}.mvt").status_code == 404
        assert other.get("/ogc/collections/by_district").status_code == 404
        assert "by_district" not in other.get("/map/").content.decode()
        assert other.get("/catalogue/layer-by_district/").status_code == 404
    labour = an_officer("labour", roles={"handler"})
    with pytest.raises(RegisterNotDrawable):
        _published(labour, _measure(), code="theirs")
    for wrong in ({"by": "seats"}, {"sum": "number"}, {"areas": "border"}, {"register": "nothing"}):
        with pytest.raises(RegisterNotDrawable):
            _published(maker, _measure(**wrong), code="wrong")
    with pytest.raises(InvalidInput):
        api.begin_measure(
            actor=maker, at=AT, register="plots", measure=_measure(), title=Text("a", ""), summary=TITLE,
            group=GROUP,
        )  # fmt: skip
    assert LayerDraft.objects.filter(state="draft").count() == 0


def test_d45_a_pack_declares_it_too_and_is_told_what_does_not_fit(pack) -> None:
    layer = (
        "code: shops_by_district\ntitle: {zh: 店, en: Shops}\nsummary: {zh: 店, en: Shops}\n"
        "group: {zh: 店, en: Shops}\nregister: districts\n"
        "measure: {title: {zh: 店数, en: Shops}, register: shops, by: BY, areas: code}\n"
        "fields: [{name: code}, {name: figure}]\nstyle: {draw: plain, colour: '#1d70b8'}\n"
    )
    files = {"registers__districts": AREAS, "registers__shops": SHOPS}
    for wrong in ("seats", "nothing"):
        with pytest.raises(DefinitionRefused):
            pack(**files, layers__shops_by_district=layer.replace("BY", wrong))
    pack(**files, layers__shops_by_district=layer.replace("BY", "division"))
    officer = an_officer("planning", roles={"handler", "window"})
    _entered(officer)
    assert _figures(sign_in(Client(), officer), "shops_by_district")["440105"] == 2.0


def test_d45_it_is_made_on_a_page_and_changed_on_the_drafts(maker) -> None:
    desk = sign_in(Client(), maker)
    page = desk.get("/en/desk/layers/by-division/").content.decode()
    assert "Shops: Seats in all" in page
    words = {
        f"{name}_{language}": "店铺" if language == "zh" else "Shops"
        for name in ("title", "summary", "group", "measure")
        for language in ("zh", "en")
    }
    said = {
        **words, "areas": "districts/code", "counted": "shops/division/seats", "least": "1",
        "method": "equal", "classes": "3", "ramp": "greens", "code": "seats",
    }  # fmt: skip
    for wrong in ({"least": "0"}, {"classes": "x"}, {"areas": "plots/number"}, {"counted": "../x"}):
        assert desk.post("/en/desk/layers/by-division/", {**said, **wrong}).status_code == 422
    assert not LayerDraft.objects.exists()
    sent = desk.post("/en/desk/layers/by-division/", said)
    assert sent.status_code == 302, sent.content.decode()
    draft = desk.get(sent["Location"]).content.decode()
    assert 'name="show" value="figure" checked' in draft
    content = LayerDraft.objects.get().content
    assert content["measure"]["sum"] == "seats"
    assert (content["style"]["draw"], len(content["style"]["colours"])) == ("classes", 3)
    form = {
        **words, "show": ["code", "figure"], "audience": "officers", "draw": "classes", "by": "figure",
        "ramp": "blues", "method": "quantile", "classes": "2", "colour": "#1d70b8", "label": "figure",
        "label_zoom": "8", "from_zoom": "0", "rule": "keep", "rule_zoom": "13", "_version": "1",
    }  # fmt: skip
    assert desk.post(sent["Location"], form).status_code == 302
    assert len(LayerDraft.objects.get().content["style"]["colours"]) == 2
    assert LayerDraft.objects.get().content["measure"]["sum"] == "seats"


def test_d45_numbers_of_an_earlier_day_are_those_of_then(maker) -> None:
    _published(maker, _measure())
    desk = sign_in(Client(), maker)
    assert _figures(desk, valid=str(AT.date())) == {
        "440104": 4.0, "440105": 2.0, "440106": 1.0, "440111": None,
    }  # fmt: skip
    assert _figures(desk, valid="2026-01-10") == {}


@pytest.mark.parametrize(
    ("areas", "counted", "both"),
    [
        ("public", "public", "public"),
        ("public", "all", "all"),
        ("all", "public", "all"),
        ("all", "own", "own"),
        ("own", "all", "own"),
        ("own", "public", "own"),
    ],
)
def test_d46_a_layer_reaches_no_further_than_either_register(areas, counted, both) -> None:
    """What is guarded for rows of one's own is guarded where either register shows no others."""
    assert reach_of_both(areas, counted) == both
