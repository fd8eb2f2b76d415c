"""D45: a department makes a layer in the browser; a colleague elsewhere misses its restricted field."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import APIResponse, Route, expect
from tests.live.maps import expect_drawn
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
    expect_drawn(maker.page, "#preview")
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
    expect_drawn(maker.page)
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
        links = officer.page.locator(f"[data-downloads] [data-layer={code}] a")
        files[who] = [link.get_attribute("href") for link in links.all()]
    assert f"/export/?layer={code}&form=gpkg" in files["maker"][0]
    table = colleague.page.context.request.get(f"{colleague.root}{files['colleague'][1]}").text()
    assert kind not in table.splitlines()[0]
    assert len(table.splitlines()) > 1
    held = {}
    for who, officer in (("maker", maker), ("colleague", colleague)):
        found = _fetch(officer, f"/ogc/collections/{code}/download?f=geojson").json()["features"]
        held[who] = {name for each in found for name in each["properties"]}
    assert held["maker"] - held["colleague"] == {"kind"}
    maker.go(f"/desk/registers/water_bodies/export/?layer={code}&form=gpkg")
    expect(maker.page.locator("[name=reason]")).to_be_visible()
    maker.look("layers-export")
    colleague.go(f"/ogc/collections/{code}?f=html")
    colleague.look("layers-page")

    assert citizen.page.context.request.get(f"{citizen.root}/maps/tiles/{code}/{TILE}.mvt").status == 404
    citizen.go("/map/")
    assert citizen.page.locator(f"#layers input[value={code}]").count() == 0


def _square(east: float, north: float) -> list[list[list[float]]]:
    far, up = east + 0.004, north + 0.003
    return [[[east, north], [far, north], [far, up], [east, up], [east, north]]]


def _feature(name: str, ring: list[list[list[float]]]) -> dict[str, object]:
    said = {"name": name, "depth": 1.25, "surveyed": "2026-03-01"}
    return {"type": "Feature", "properties": said, "geometry": {"type": "Polygon", "coordinates": ring}}


@pytest.mark.parametrize("language", ["zh"])
def test_d45_a_preview_still_under_way_does_not_outlive_its_draft(visit, language) -> None:
    maker = visit("water.handler")
    maker.go("/desk/layers/")
    maker.press("新图层", "New layer")
    _choose(maker, "register", "water_bodies")
    for name, (zh, en) in WORDS.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.page.fill("[name=code]", f"haste_{language}")
    maker.press("继续", "Continue")
    expect_drawn(maker.page, "#preview")
    held: list[Route] = []

    def publish(route: Route) -> None:
        # the server has ended the draft and answers the preview before it answers this
        for each in held:
            each.fulfill(status=404)
        route.continue_()

    maker.page.route("**/preview/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    maker.page.route("**/publish/", publish)
    with maker.page.expect_request("**/preview/"):
        maker.page.fill("[name=label_zoom]", "9")
    maker.press("发布已保存的草案", "Publish the saved draft")
    maker.says("第1版", "Version 1")
    assert len(held) == 1


def test_d45_a_file_becomes_a_layer_in_one_way(visit, language) -> None:
    maker = visit("water.handler")
    maker.go("/desk/layers/")
    maker.press("用文件制作", "From a file")
    maker.look("layers-file-send")
    [[low, right, top, left, _]] = _square(113.27, 23.13)
    crossed = [[low, top, right, left, low]]
    features = [_feature("A1", _square(113.26, 23.13)), _feature("A2", crossed)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    sent = {"name": "ponds.geojson", "mimeType": "application/geo+json", "buffer": content}
    maker.page.set_input_files("[name=file]", sent)
    maker.press("上传并查看", "Upload and look")
    for name, (zh, en) in WORDS.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.look("layers-file")
    maker.press("检查并生成图层", "Check and make the layer")
    maker.says("2个要素中有1个不合要求", "Of 2 features 1 are wrong")
    maker.look("layers-file-refused")
    _choose(maker, "crossing", "repair")
    maker.press("检查并生成图层", "Check and make the layer")
    maker.says("已导入2个要素", "2 features were taken in")
    expect_drawn(maker.page, "#preview")
    maker.look("layers-file-draft")
    maker.press("发布已保存的草案", "Publish the saved draft")
    maker.press("在地图上看", "See it on the map")
    # its two ponds are less than a few pixels from where the map begins
    expect(maker.page.locator("#map")).to_have_attribute("data-drawn", "yes", timeout=60_000)
    assert maker.page.locator("#layers input:checked").count() > 0


def test_d47_a_table_of_addresses_becomes_a_layer_in_one_go(visit, language) -> None:
    maker = visit("water.handler")
    maker.go("/desk/layers/from-file/")
    rows = ("A1,荔湾区和田大道4号", "A2,荔湾区和田大道8号", "A3,荔湾区和田大道9999号", "A4,南山以南")
    content = "\n".join(("名称,地址", *rows)).encode()
    sent = {"name": "stations.csv", "mimeType": "text/csv", "buffer": content}
    for _ in range(60):
        maker.page.set_input_files("[name=file]", sent)
        maker.press("上传并查看", "Upload and look")
        if maker.page.locator("[name=placed_by]").count():
            break
        # a city that has just begun does not know its addresses yet
        maker.page.wait_for_timeout(2_000)
    for name, (zh, en) in WORDS.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.look("layers-addresses")
    maker.press("检查并生成图层", "Check and make the layer")
    maker.says("4个要素中有2个不合要求", "Of 4 features 2 are wrong")
    maker.look("layers-addresses-refused")
    _choose(maker, "on_bad_rows", "take_good")
    maker.press("检查并生成图层", "Check and make the layer")
    maker.says("已导入2行", "2 rows were taken in")
    maker.look("layers-addresses-done")
    maker.press("查看图层草案", "Go on to the draft of the layer")
    expect_drawn(maker.page, "#preview")


def test_d45_areas_are_coloured_by_what_lies_in_them(visit, language) -> None:
    maker = visit("water.handler")
    maker.go("/desk/layers/by-division/")
    code = f"waters_by_district_{language}"
    _choose(maker, "areas", "district_borders/code")
    _choose(maker, "counted", "water_bodies/division/")
    said = {**WORDS, "measure": ("水面个数", "Waters")}
    for name, (zh, en) in said.items():
        maker.page.fill(f"[name={name}_zh]", zh)
        maker.page.fill(f"[name={name}_en]", en)
    maker.page.fill("[name=code]", code)
    maker.look("layers-by-division")
    maker.press("继续", "Continue")
    expect_drawn(maker.page, "#preview")
    maker.look("layers-by-division-draft")
    maker.press("发布已保存的草案", "Publish the saved draft")
    maker.press("在地图上看", "See it on the map")
    expect_drawn(maker.page)
    maker.look("layers-by-division-map")
    figures = [each.get("figure") for each in _tile(maker, code).of(code)]
    assert any(isinstance(each, float) and each > 0 for each in figures)
