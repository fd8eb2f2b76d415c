"""The tools of the map are operated as people do: what each says, draws and leads to."""

from __future__ import annotations

import json
import re
from math import cos, pi, radians
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from tests.live.city import actor
from tests.live.maps import corner, count_colours, expect_drawn, middle, of_map, rendered, rest
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.registers.api import Asked, list_entries

pytestmark = pytest.mark.journey
LAYERS = "street_lamps,roads,districts"
LAMPS = "street_lamps:points"
LATITUDE, LONGITUDE, ZOOM = 23.1213, 113.2376, 17
AT = f"{ZOOM}/{LATITUDE}/{LONGITUDE}"
#: Metres of a pixel there, on the sphere by which the page measures.
PIXEL = 2 * pi * 6371008.8 * cos(radians(LATITUDE)) / (512 * 2**ZOOM)
#: A square of 100 pixels around the middle.
SQUARE = ((-50, -50), (50, -50), (50, 50), (-50, 50))


def _open(visit: Visit, key: str, more: str = "") -> Page:
    visit.go(f"/map/?layers={LAYERS}&at={AT}&tool={key}{more}")
    expect_drawn(visit.page)
    return visit.page


def _turn_to(page: Page, key: str) -> None:
    page.locator(f"[data-tool={key}]").click()
    expect(page.locator(f"#tool-{key}")).to_be_visible()


def _click(page: Page, *offsets: tuple[float, float]) -> None:
    for offset in offsets:
        page.mouse.click(*corner(page, *offset))


def _numbers(text: str) -> list[float]:
    return [float(each.replace(",", "")) for each in re.findall(r"[\d,.]*\d", text)]


def _asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_d46_lengths_and_areas_are_measured_and_shapes_drawn(visit, language) -> None:
    one = visit("parks.handler")
    page = _open(one, "measure")
    said = page.locator("#tool-measure [data-measured]")
    _click(page, (-100, 0), (100, 0))
    expect(said).to_contain_text(one.text("长度", "Length"))
    assert _numbers(said.inner_text()) == [pytest.approx(200 * PIXEL, rel=0.01)]
    _click(page, (100, 100))
    assert _numbers(said.inner_text()) == [pytest.approx(300 * PIXEL, rel=0.01)]
    page.locator("#tool-measure [data-undo]").click()
    assert _numbers(said.inner_text()) == [pytest.approx(200 * PIXEL, rel=0.01)]
    page.locator("#tool-measure [data-kind=area]").click()
    _click(page, *SQUARE)
    area, around = _numbers(said.inner_text())
    assert (area, around) == (
        pytest.approx((100 * PIXEL) ** 2, rel=0.02),
        pytest.approx(400 * PIXEL, rel=0.01),
    )
    assert [each["type"] for each in rendered(page, "own-sketch-fill")] == ["Polygon"]
    one.look("map-measured")

    _turn_to(page, "draw")
    assert rendered(page, "own-sketch-fill", "own-sketch-point") == []
    shape = page.locator("#draw-shape")
    _click(page, *SQUARE)
    page.mouse.dblclick(*corner(page, -80, 0))
    drawn = json.loads(shape.input_value())
    [ring] = drawn["coordinates"]
    assert (drawn["type"], len(ring), ring[0] == ring[-1]) == ("Polygon", 6, True)
    page.locator("#tool-draw [data-kind=point]").click()
    _click(page, (0, 0))
    assert json.loads(shape.input_value()) == {
        "type": "Point",
        "coordinates": [pytest.approx(LONGITUDE, abs=1e-5), pytest.approx(LATITUDE, abs=1e-5)],
    }
    assert {str(each["type"]) for each in rendered(page, "own-sketch-point")} == {"Point"}
    assert rendered(page, "own-sketch-fill") == []


def test_d46_another_day_other_layers_and_imagery_lie_beside_the_map(visit, language) -> None:
    one = visit("parks.handler")
    page = _open(one, "compare")
    shown = page.locator("#map")
    border = page.locator(".yw-atlas-border")
    # the same on both sides, until the right one has no layers: bare ground
    while page.locator("#tool-compare [data-other]:checked").count():
        page.locator("#tool-compare [data-other]:checked").first.uncheck()
    begun = page.locator("#map .yw-atlas-other canvas")
    expect(begun).to_have_count(1)
    for _ in range(100):
        if count_colours(shown, 0.55, 0.8) == 1:
            break
        page.wait_for_timeout(100)
    assert count_colours(shown, 0.55, 0.8) == 1
    assert count_colours(shown, 0.3, 0.45) > 1
    box = border.bounding_box()
    frame = shown.bounding_box()
    assert box is not None
    assert frame is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.75, frame["y"] + frame["height"] / 2, steps=3)
    page.mouse.up()
    assert page.locator("#compare-at").input_value() == "75"
    assert middle(page) == (pytest.approx(LONGITUDE, abs=1e-6), pytest.approx(LATITUDE, abs=1e-6))
    assert count_colours(shown, 0.55, 0.7) > 1
    page.locator("#compare-at").press("Home")
    assert count_colours(shown, 0.1, 0.45) == 1
    one.look("map-compared")

    _turn_to(page, "day")
    assert page.locator(".yw-atlas-border").count() == 0
    slide = page.locator("#day-slide")
    slide.press("ArrowLeft")
    yesterday = page.locator("#day-valid").input_value()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", yesterday)
    expect(page.locator("#said")).to_contain_text(yesterday)
    expect(page).to_have_url(re.compile(f"valid={yesterday}"))
    assert f"valid={yesterday}" in str(of_map(page, "atlas.style(['roads'], atlas.day)"))
    assert slide.get_attribute("aria-valuetext") == yesterday
    # nobody had recorded a lamp five years ago
    slide.press("Home")
    expect(page).not_to_have_url(re.compile(f"valid={yesterday}"))
    wait_for("a map without lamps", lambda: not rendered(page, LAMPS))
    slide.press("End")
    assert page.locator("#day-valid").input_value() == ""
    wait_for("a map with lamps", lambda: rendered(page, LAMPS))

    _turn_to(page, "imagery")
    # photographs are of another part of the city, which is gone to
    years = page.locator("#imagery-base optgroup").last.locator("option")
    last = page.locator("#imagery-base option").count() - 1
    page.select_option("#imagery-base", index=last)
    expect(page.locator("#said")).to_have_text(years.last.inner_text())
    wait_for("a photograph", lambda: count_colours(shown) > 500)
    west, south, east, north = (
        float(each) for each in (years.last.get_attribute("data-box") or "").split(",")
    )
    assert west < middle(page)[0] < east
    assert south < middle(page)[1] < north
    order = of_map(page, "map.getStyle().layers.map(({ id }) => id)")
    assert isinstance(order, list)
    assert order.index("districts:areas") < order.index("own-imagery") < order.index("roads:lines")
    page.select_option("#imagery-other", index=last - 1)
    expect(page.locator("#said")).to_have_text(years.nth(years.count() - 2).inner_text())
    expect(page.locator("#map .yw-atlas-other canvas")).to_have_count(1)
    page.locator("#imagery-at").press("Home")
    assert page.locator(".yw-atlas-border").evaluate("each => each.style.left") == "0%"
    one.look("map-imagery")


def test_d46_what_is_here_links_filters_selections_and_the_print(visit, language) -> None:
    one = visit("parks.handler")
    page = _open(one, "select")
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _click(page, *((3 * east, 3 * south) for east, south in SQUARE))
    page.keyboard.press("Enter")
    table = page.locator("#selected-street_lamps").locator("xpath=..")
    expect(table.locator("tbody tr")).not_to_have_count(0)
    lamps = {str(each["properties"]["code"]): each["at"] for each in rendered(page, LAMPS)}
    width, height = _size(page)
    inside = [
        code
        for code, (right, down) in lamps.items()
        if max(abs(right - width / 2), abs(down - height / 2)) < 150
    ]
    listed = table.locator("tbody tr").all_inner_texts()
    assert len(listed) == len(inside) > 1
    assert [code for code in inside if not any(code in row for row in listed)] == []
    one.look("map-selected")

    page.locator("#tool-select [data-close]").click()
    right, down = lamps[inside[0]]
    _click(page, (right - width / 2, down - height / 2))
    here = page.locator("#here")
    expect(here.locator("#here-list")).to_contain_text(inside[0])
    expect(here.locator("#here-list li a").first).to_have_text(
        re.compile(one.text("正常|不亮|损坏", "In order|Dark|Damaged"))
    )
    said = [float(each) for each in page.locator("#here-place").inner_text().split(",")]
    assert said == [pytest.approx(LONGITUDE, abs=1e-3), pytest.approx(LATITUDE, abs=1e-3)]
    one.look("map-here")
    here.locator("[data-close]").click()
    expect(here).to_be_hidden()

    page.locator("#share").click()
    expect(page.locator("#share")).to_contain_text(one.text("已复制链接", "Link copied"))
    assert page.evaluate("navigator.clipboard.readText()") == page.url

    page.fill("#layers-named", one.text("路灯", "street lamps"))
    assert [
        each.get_attribute("value") for each in page.locator("#layers input[name=layers]:visible").all()
    ] == ["street_lamps"]
    page.fill("#layers-named", "zzz")
    expect(page.locator("#layers-none")).to_be_visible()
    page.fill("#layers-named", "")
    expect(page.locator("#layers-none")).to_be_hidden()
    page.locator("#layers input[value=street_lamps]").uncheck()
    expect(page).to_have_url(re.compile("layers=[a-z,]*roads"))
    assert "street_lamps" not in _asked(page)["layers"][0]
    wait_for("a map without lamps", lambda: not of_map(page, "Boolean(map.getLayer(given))", LAMPS))
    page.locator("#layers input[value=street_lamps]").check()

    _turn_to(page, "print")
    page.locator("#tool-print button").click()
    expect(page).to_have_url(re.compile(r"/map/print/\?"))
    west, south, east, north = (float(each) for each in _asked(page)["box"][0].split(","))
    assert west < LONGITUDE < east
    assert south < LATITUDE < north
    still = page.locator("img.yw-mapsheet-paper")
    expect(still).to_have_js_property("complete", True, timeout=60_000)
    assert still.evaluate("each => each.naturalWidth") > 0
    paper = pypdfium2.PdfDocument(one.paper("生成PDF", "Make the PDF"))
    words = paper[0].get_textpage().get_text_range()
    assert one.text("路灯", "Street lamps") in words
    assert re.search(r"1\s?:\s?[\d,]+", words)


def _size(page: Page) -> tuple[float, float]:
    box = page.locator("#map canvas").first.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def test_d46_keys_do_what_the_mouse_does(browser, city) -> None:
    keeper = actor("parks.handler")
    listed = list_entries(actor=keeper, register="street_lamps", asked=Asked(limit=1), at=timezone.now())
    [lamp] = json.loads(listed.body)
    one = Visit(browser, city.address).sign_in("parks.handler")
    page = one.page
    one.go(f"/map/entry/street_lamps/{lamp['entry']}/")
    expect_drawn(page)
    # what led here stands out
    assert [each["id"] for each in rendered(page, "own-focus-point")] == [lamp["entry"]]
    canvas = page.locator("#map canvas").first
    canvas.focus()
    start = middle(page)
    step = 100 * 360 / (512 * 2**16)
    page.keyboard.press("ArrowRight")
    rest(page)
    assert middle(page) == (pytest.approx(start[0] + step, abs=1e-6), pytest.approx(start[1], abs=1e-6))
    page.keyboard.press("ArrowLeft")
    rest(page)
    page.keyboard.press("+")
    rest(page)
    assert of_map(page, "map.getZoom()") == 17
    assert middle(page) == (pytest.approx(start[0], abs=1e-6), pytest.approx(start[1], abs=1e-6))
    page.keyboard.press("Enter")
    expect(page.locator("#here")).to_be_focused()
    expect(page.locator("#here-list")).to_contain_text(lamp["values"]["code"])
    page.keyboard.press("Escape")
    expect(page.locator("#here")).to_be_hidden()
    expect(canvas).to_be_focused()

    page.locator("[data-tool=measure]").press("Enter")
    expect(page.locator("#tool-measure")).to_be_focused()
    page.locator("#tool-measure [data-kind=line]").press("Enter")
    expect(canvas).to_be_focused()
    said = page.locator("#tool-measure [data-measured]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    rest(page)
    page.keyboard.press("Space")
    pixel = 2 * pi * 6371008.8 * cos(radians(start[1])) / (512 * 2**17)
    assert _numbers(said.inner_text()) == [pytest.approx(100 * pixel, rel=0.01)]
    page.keyboard.press("Backspace")
    assert _numbers(said.inner_text()) == [0]
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text(said.inner_text())
    page.locator("#tool-measure [data-kind=line]").press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    assert rendered(page, "own-sketch-point") == []
    page.locator("#tool-measure [data-close]").press("Enter")
    expect(page.locator("[data-tool=measure]")).to_be_focused()

    # the page as it came: after each move its list is asked for anew, and comes folded
    one.go(f"/map/entry/street_lamps/{lamp['entry']}/")
    expect_drawn(page)
    page.locator("#view-list details:not([open]) summary").first.press("Enter")
    link = page.locator("#view-list details[open] a[data-at]").first
    _, north, east = (float(each) for each in (link.get_attribute("data-at") or "").split("/"))
    link.press("Enter")
    rest(page)
    assert middle(page) == (pytest.approx(east, abs=1e-6), pytest.approx(north, abs=1e-6))
    expect(canvas).to_be_focused()
    one.close()


def _held(page: Page, held: list[Route], key: str) -> Route:
    """Press a key on the map, and keep back what is asked of the server upon it."""
    before = len(held)
    page.locator("#map canvas").first.press(key)
    while len(held) == before:
        page.wait_for_timeout(50)
    return held[-1]


def test_d46_a_late_older_list_is_dropped_and_a_missing_one_is_said(browser, city) -> None:
    one = Visit(browser, city.address)
    page = one.page
    one.go(f"/map/?layers=roads,districts&at={AT}")
    expect_drawn(page)
    shown = page.locator("#view-list")
    expect(shown).to_contain_text("道路")
    held: list[Route] = []
    page.route("**/map/features/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    canvas = page.locator("#map canvas").first
    older, newer = (_held(page, held, each) for each in ("ArrowRight", "ArrowRight"))
    newer.fulfill(body="<p>newer</p>", content_type="text/html")
    expect(shown).to_have_text("newer")
    older.fulfill(body="<p>older</p>", content_type="text/html")
    rest(page)
    assert shown.inner_text() == "newer"

    _held(page, held, "ArrowLeft").fulfill(status=429)
    expect(shown).to_have_text("列表没有得到，请再试。")
    expect(page.locator("#said")).to_have_text("列表没有得到，请再试。")
    _held(page, held, "Enter").abort()
    expect(page.locator("#here-list")).to_have_text("列表没有得到，请再试。")
    page.unroute("**/map/features/**")
    canvas.press("ArrowLeft")
    expect(shown).to_contain_text("道路")
    # the browser itself tells of both
    assert [each for each in one.complaints if "429" not in each and "ERR_FAILED" not in each] == []
    one.complaints.clear()
    one.close()


def test_d46_a_late_older_style_is_dropped(browser, city) -> None:
    one = Visit(browser, city.address)
    page = one.page
    one.go(f"/map/?layers=roads,waters,districts&at={AT}")
    expect_drawn(page)
    held: list[Route] = []
    page.route("**/maps/styles/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    for number, code in enumerate(("roads", "waters"), start=1):
        page.locator(f"#layers input[value={code}]").uncheck()
        while len(held) < number:
            page.wait_for_timeout(50)
    # without layers there is nothing to ask for
    page.locator("#layers input[value=districts]").uncheck()
    for each in held:
        each.fulfill(json={"version": 8, "sources": {}, "layers": [{"id": "late", "type": "background"}]})
    # what is asked now is answered after them
    page.unroute("**/maps/styles/**")
    page.evaluate("fetch(document.getElementById('map').dataset.styles.replace('_', 'districts'))")
    rest(page)
    order = of_map(page, "map.getStyle().layers.map(({ id }) => id)")
    assert isinstance(order, list)
    assert [each for each in order if not each.startswith("own-")] == ["ground"]
    one.close()


def test_d46_the_days_of_the_slider_are_the_citys(browser, city) -> None:
    one = Visit(browser, city.address)
    # half past seven in the morning of the second in the city; in Greenwich it is still the first
    one.page.clock.set_fixed_time("2027-03-01T23:30:00Z")
    one.go(f"/map/?layers=districts&at={AT}&tool=day&valid=2027-03-01")
    slide = one.page.locator("#day-slide")
    expect(slide).to_have_value("-1")
    field = one.page.locator("#day-valid")
    slide.press("ArrowLeft")
    expect(field).to_have_value("2027-02-28")
    slide.press("End")
    expect(field).to_have_value("")
    slide.press("ArrowLeft")
    expect(field).to_have_value("2027-03-01")
    one.close()
