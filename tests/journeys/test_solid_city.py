"""An officer flies over the city in 3-D and walks in it by keys, over hills that can be switched off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.live.visit import Visit

pytestmark = pytest.mark.journey
PAGE = "/map/solids/?centre=113.2644,23.1291&day=2026-06-21&time=09:00"
#: Without a graphics card each pixel costs, and most of all near the horizon.
_SMALL = """
const small = new CSSStyleSheet();
small.replaceSync(".yw-citymap { flex: none; height: 10rem; min-height: 0; width: 10rem }");
document.adoptedStyleSheets = [small];
"""


def _shown(page: Page) -> None:
    expect(page.locator("#solids")).to_have_attribute("data-drawn", "yes", timeout=90_000)


def _middle(page: Page) -> tuple[float, float]:
    """Longitude and latitude of the map's middle, as the form keeps it after each move."""
    east, north = page.locator("#sight input[name=centre]").input_value().split(",")
    return float(east), float(north)


def _press(page: Page, key: str) -> tuple[float, float]:
    """Press a key and wait until the middle is said anew."""
    page.evaluate("document.querySelector('#sight input[name=centre]').value = '0,0'")
    page.keyboard.press(key)
    expect(page.locator("#sight input[name=centre]")).not_to_have_value("0,0")
    return _middle(page)


def _enter(visit: Visit) -> None:
    """Open the page with its picture drawn small: what moves and what is said doesn't hang on its size."""
    visit.page.add_init_script(_SMALL)
    visit.go(PAGE)
    _shown(visit.page)


def test_one_flies_by_keys_over_the_ground(drawing, city) -> None:
    visit = Visit(drawing, city.address).sign_in("planning.handler")
    page = visit.page
    _enter(visit)
    page.locator("#solids canvas").focus()
    start = _middle(page)

    # 120 pixels of zoom 16.5 at bearing -20°, whatever the pitch
    ahead = _press(page, "w")
    degrees = 120 * 360 / (512 * 2**16.5)
    assert ahead[0] - start[0] == pytest.approx(-degrees * 0.34202, abs=3e-6)
    assert ahead[1] - start[1] == pytest.approx(degrees * 0.93969 * 0.91963, abs=3e-6)
    assert _press(page, "s") == pytest.approx(start, abs=3e-6)
    # turned by 15 degrees to the right, and back again
    assert _press(page, "d") == pytest.approx(start, abs=3e-6)
    for _ in range(2):
        page.keyboard.press("q")  # to 74 degrees: in so low a picture the horizon is nearer than a step
    turned = _press(page, "w")
    assert turned[0] - start[0] == pytest.approx(-degrees * 0.08716, abs=3e-6)
    assert turned[1] - start[1] == pytest.approx(degrees * 0.99619 * 0.91963, abs=3e-6)
    assert _press(page, "s") == pytest.approx(start, abs=3e-6)
    for _ in range(2):
        page.keyboard.press("e")
    assert _press(page, "a") == pytest.approx(start, abs=3e-6)
    assert _press(page, "w") == pytest.approx(ahead, abs=3e-6)

    # keys in a field are letters
    page.locator("#f-eye").press("w")
    assert page.locator("#f-eye").input_value() == "w"
    assert _middle(page) == pytest.approx(ahead, abs=3e-6)
    visit.close()


def _stance(page: Page) -> tuple[float, float, float, float]:
    """Longitude, latitude, bearing and degrees up of who is on foot."""
    said = page.locator("#solids").get_attribute("data-stance") or ""
    east, north, bearing, up = (float(each) for each in said.split(","))
    return east, north, bearing, up


def test_one_walks_at_eye_height_and_is_told_what_is_seen(drawing, city, language) -> None:
    visit = Visit(drawing, city.address, language=language).sign_in("planning.handler")
    page = visit.page
    _enter(visit)
    # hills right before the eye take a driver in software seconds for each step
    page.locator("#f-terrain").uncheck()
    expect(page.locator("#terrain")).to_have_attribute("data-shown", "")
    walk, told = page.locator("#walk"), page.locator("#standing")
    walk.focus()
    page.keyboard.press("Enter")
    expect(walk).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#solids canvas")).to_be_focused()
    expect(page.locator("[data-move=up]")).to_be_disabled()
    expect(told).to_contain_text(visit.text("眼高1.7米，朝北（340°），平视", "looking north (340°), level"))
    start = _stance(page)
    assert start[2:] == (340, 0)

    # two metres ahead, on the sphere that the map measures on; the form stands where one stands
    page.keyboard.press("ArrowUp")
    ahead = _stance(page)
    north = 2 / 111194.9
    assert ahead[1] - start[1] == pytest.approx(north * 0.93969, abs=1.1e-6)
    assert ahead[0] - start[0] == pytest.approx(-north * 0.34202 / 0.91963, abs=1.1e-6)
    assert _middle(page) == ahead[:2]
    page.keyboard.press("s")
    assert _stance(page)[:2] == pytest.approx(start[:2], abs=1.1e-6)
    # turns and looks on the spot; by a button too
    page.keyboard.press("ArrowRight")
    page.keyboard.press("d")
    page.keyboard.press("q")
    page.locator("[data-move=right]").click()
    assert _stance(page)[2:] == (25, 10)
    assert _stance(page)[:2] == pytest.approx(start[:2], abs=1.1e-6)
    expect(told).to_contain_text(visit.text("朝东北（25°），仰视10°", "looking north-east (25°), 10° up"))
    visit.look("solids-walk")

    page.locator("#solids canvas").focus()
    page.keyboard.press("Escape")
    expect(walk).to_have_attribute("aria-pressed", "false")
    expect(told).to_be_hidden()
    expect(page.locator("[data-move=up]")).to_be_enabled()
    # one flies again from where one stood
    assert _middle(page) == pytest.approx(start[:2], abs=2e-6)
    visit.close()


def test_pipes_are_seen_at_their_depth_through_the_street(drawing, city, language) -> None:
    visit = Visit(drawing, city.address, language=language).sign_in("planning.handler")
    page = visit.page
    page.add_init_script(_SMALL)
    visit.go("/map/solids/?centre=113.261,23.130&day=2026-06-21&time=09:00")
    _shown(page)
    page.locator("#f-terrain").uncheck()
    below, solids = page.locator("#below"), page.locator("#solids")
    below.focus()
    page.keyboard.press("Enter")
    expect(below).to_have_attribute("aria-pressed", "true")
    expect(solids).to_have_attribute("data-below", "yes", timeout=90_000)
    # said with each picture that has them
    expect(solids).to_have_attribute("data-tubes", re.compile(r"^[1-9]\d*$"), timeout=90_000)
    visit.look("solids-below")
    below.focus()
    page.keyboard.press("Enter")
    expect(solids).to_have_attribute("data-below", "no", timeout=90_000)
    expect(solids).to_have_attribute("data-tubes", "")
    visit.close()


def test_the_ground_is_raised_and_made_level(drawing, city, language) -> None:
    visit = Visit(drawing, city.address, language=language).sign_in("planning.handler")
    page = visit.page
    _enter(visit)
    box, slide, panel = page.locator("#f-terrain"), page.locator("#f-exaggeration"), page.locator("#terrain")
    expect(panel).to_have_attribute("data-shown", "1")
    slide.focus()
    page.keyboard.press("ArrowRight")
    expect(panel).to_have_attribute("data-shown", "1.5")
    told = visit.text("显示地形，夸张1.5倍", "Terrain is shown, 1.5 times as high")
    expect(page.locator("#said")).to_have_text(told)
    visit.look("solids")
    box.focus()
    page.keyboard.press("Space")
    expect(panel).to_have_attribute("data-shown", "")
    expect(slide).to_be_disabled()
    visit.close()


def test_one_who_sees_no_heights_is_told_that_the_ground_is_level(drawing, city, language) -> None:
    visit = Visit(drawing, city.address, language=language).sign_in("planning.handler")
    visit.go("/map/solids/?centre=113.5,23.4")
    visit.says(
        "这一带没有可用的高程数据，按平地显示。",
        "There are no heights of these surroundings that you may see: the ground is level.",
    )
    assert visit.page.locator("#terrain").count() == 0
    _shown(visit.page)
    visit.look("solids-level")  # with its picture as large as people have it: there is little to draw
    visit.close()
