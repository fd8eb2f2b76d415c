"""D45: a department makes a layer in the browser; a colleague elsewhere misses its restricted field."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import APIResponse, expect
from tests.live.visit import Visit

from yiwang.maps.testing import ReadTile, read_tile

pytestmark = pytest.mark.journey
#: Each language makes a layer of its own.
WORDS = {
    "title": ("巡查水面", "Waters on the rounds"),
    "summary": ("本局巡查的水面", "Waters that we walk round"),
    "group": ("水资源", "Water resources"),
}
#: Districts of the city lie on it.
TILE = "8/208/111"


def _fetch(officer: Visit, path: str) -> APIResponse:
    answer = officer.page.context.request.get(officer.root + path)
    assert answer.status == 200, answer.url
    return answer


def _tile(officer: Visit, code: str) -> ReadTile:
    return read_tile(_fetch(officer, f"/maps/tiles/{code}/{TILE}.mvt").body())


def _choose(officer: Visit, name: str, value: str) -> None:
    """Short lists are radios, long ones a list that opens."""
    field = officer.page.locator(f"select[name={name}]")
    if field.count():
        field.select_option(value)
    else:
        officer.page.check(f"[name={name}][value={value}]")


def _make(maker: Visit, code: str) -> None:
    maker.go("/desk/layers/")
    maker.look("layers-all")
    maker.press("新图层", "New layer")
    _choose(maker, "register", "water_bodies")
    for name, (zh, en) in WORDS.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.page.fill("[name=code]", code)
    maker.look("layers-begin")
    maker.press("继续", "Continue")
    for name in ("division", "made_up"):
        maker.page.uncheck(f"[name=show][value={name}]")
    _choose(maker, "who-kind", "own")
    _choose(maker, "audience", "officers")
    # the preview follows each answer: a colour for each code asks for the field first
    _choose(maker, "by", "kind")
    _choose(maker, "draw", "categories")
    _choose(maker, "label", "name")
    maker.page.fill("[name=label_zoom]", "8")
    _choose(maker, "rule", "none")
    expect(maker.page.locator("#preview")).to_have_attribute("data-drawn", "yes", timeout=60_000)
    maker.look("layers-draft")
    maker.press("保存草案", "Save the draft")
    maker.press("发布已保存的草案", "Publish the saved draft")
    maker.says("第1版", "Version 1")
    maker.look("layers-versions")


def test_d45_a_layer_is_made_and_keeps_a_field_from_a_colleague_elsewhere(visit, language) -> None:
    code = f"rounds_{language}"
    maker, colleague, citizen = visit("water.handler"), visit("planning.handler"), visit()
    _make(maker, code)

    maker.press("在地图上看", "See it on the map")
    expect(maker.page.locator("#map")).to_have_attribute("data-drawn", "yes", timeout=60_000)
    expect(maker.page.locator(f"#layers input[value={code}]")).to_be_checked()
    maker.look("layers-on-the-map")
    lists = {}
    for who, officer in (("maker", maker), ("colleague", colleague)):
        officer.go(f"/map/?layers={code}")
        found = officer.page.locator("#view-list .yw-citymap-features li").first
        lists[who] = found.locator("dt").all_text_contents()
        signs = officer.page.locator(
            f"#layers .yw-citymap-layer:has(input[value={code}]) .yw-citymap-signs li"
        )
        assert signs.count() == (3 if who == "maker" else 0)
    kind = maker.text("类别", "Kind")
    assert (kind in lists["maker"], kind in lists["colleague"]) == (True, False)

    mine, theirs = _tile(maker, code), _tile(colleague, code)
    assert mine.keys[code] == ("code", "name", "kind")
    assert theirs.keys[code] == ("code", "name")
    assert len(theirs.of(code)) == len(mine.of(code)) > 0
    assert theirs.keys[f"_label_{code}"] == ("name",)
    style = _fetch(colleague, f"/maps/styles/{code}.json").text()
    assert ("reservoir" in style, "reservoir" in _fetch(maker, f"/maps/styles/{code}.json").text()) == (
        False,
        True,
    )

    shown = {}
    for who, officer in (("maker", maker), ("colleague", colleague)):
        answer = _fetch(officer, f"/ogc/collections/{code}/items?limit=1&f=json")
        shown[who] = set(json.loads(answer.text())["features"][0]["properties"])
    assert shown["maker"] - shown["colleague"] == {"kind"}
    asked = colleague.page.context.request.get(
        f"{colleague.root}/ogc/collections/{code}/items?f=json&kind=lake"
    )
    assert asked.status == 400

    files = {}
    for who, officer in (("maker", maker), ("colleague", colleague)):
        officer.go(f"/map/?layers={code}&tool=download")
        link = officer.page.locator(f"[data-downloads] [data-layer={code}] a")
        files[who] = link.get_attribute("href") if link.count() else ""
    assert "fields=code,name,kind,surface" in str(files["maker"])
    assert "kind" not in str(files["colleague"])

    assert citizen.page.context.request.get(f"{citizen.root}/maps/tiles/{code}/{TILE}.mvt").status == 404
    citizen.go("/map/")
    assert citizen.page.locator(f"#layers input[value={code}]").count() == 0
