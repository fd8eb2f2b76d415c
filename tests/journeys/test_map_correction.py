"""D48: an editor's correction goes through approval, and everybody's map shows it."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.live.city import actor
from tests.live.desk import complete
from tests.live.maps import corner, expect_drawn, of_map, rendered, rest
from tests.live.visit import Visit

from yiwang.cases import api
from yiwang.cases.models import Case, Task
from yiwang.registers.api import Asked, list_entries, open_history

pytestmark = pytest.mark.journey
#: Each language has a water of its own.
NTH = {"zh": 0, "en": 1}
#: Of a pixel at zoom 15, to the east.
DEGREES = 360 / (512 * 2**15)


def _complete(case: Case, username: str) -> None:
    task = Task.objects.get(case=case, state__in=["open", "claimed"])
    api.complete_task(actor=actor(username), at=timezone.now(), task_id=task.pk, outcome="done", note="属实")


def _drag_east(page: Page, place: list[float]) -> tuple[float, float]:
    """Draw a corner 40 pixels to the east from where the map shows it; gives where it should lie."""
    rest(page)
    seen = of_map(page, "Object.values(map.project(given))", place)
    size = of_map(page, "[map.getCanvas().clientWidth, map.getCanvas().clientHeight]")
    assert isinstance(seen, list)
    assert isinstance(size, list)
    at = corner(page, seen[0] - size[0] / 2, seen[1] - size[1] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + 40, at[1], steps=4)
    page.mouse.up()
    found = of_map(page, "map.unproject([given[0] + 40, given[1]]).toArray()", seen)
    assert isinstance(found, list)
    return found[0], found[1]


def _moved_by_hand(editor: Visit) -> tuple[float, float]:
    """Draw the easternmost corner of the shape farther east; gives its place as the form now has it."""
    page = editor.page
    expect_drawn(page)
    box = page.locator("#q-shape")
    before = json.loads(box.input_value())
    [[ring, *_]] = before["coordinates"]
    far = max(ring, key=lambda place: place[0])
    assert len(rendered(page, "own-edit-corner")) == len(ring) - 1
    wanted = _drag_east(page, far)
    expect(page.locator("#said")).to_have_text(editor.text("图形已改动", "The shape has changed"))
    [[after, *_]] = json.loads(box.input_value())["coordinates"]
    changed = [(old, new) for old, new in zip(ring, after, strict=True) if old != new]
    assert [old for old, _ in changed] == [far] * len(changed)
    east, north = changed[0][1]
    assert (east, north) == (pytest.approx(wanted[0], abs=2e-5), pytest.approx(wanted[1], abs=2e-5))
    # taken back by the button, and drawn anew
    page.locator("[data-back]").click()
    assert json.loads(box.input_value()) == before
    _drag_east(page, far)
    return east, north


def test_d48_an_editors_correction_is_approved_and_appears_on_the_map(visit, language) -> None:
    keeper = actor("water.handler")
    listed = list_entries(actor=keeper, register="water_bodies", asked=Asked(limit=2), at=timezone.now())
    water = json.loads(listed.body)[NTH[language]]
    entry = water["entry"]
    editor = visit("water.handler")
    editor.go(f"/map/correct/waters/{entry}/")
    editor.look("map-correct")
    east, north = _moved_by_hand(editor)
    editor.page.fill("[name=reason]", editor.text("测量有误", "It was surveyed wrongly"))
    editor.page.locator("[name=reason]").press("Tab")
    editor.press("提交申请", "Send the request")
    editor.page.wait_for_url("**/desk/cases/**")
    editor.look("map-correct-case")

    case = Case.objects.filter(type_code="register_change").latest("pk")
    seen = visit()
    # a little within the corner that was drawn out
    near = 0.00002
    box = ",".join(f"{each:.6f}" for each in (east - 2 * near, north - near, east, north + near))
    place = f"/map/features/?layers=waters&box={box}"
    name = water["values"]["name"]
    seen.go(place)
    assert str(name) not in seen.page.content()

    _complete(case, "water.handler")
    _complete(case, "water.approver")
    approver = visit("water.approver")
    approver.go(f"/desk/cases/{case.number}/")
    assert approver.page.locator(".yw-outline-wanted").count() == 1
    complete(approver, case.number, {"outcome": "approve"})

    seen.go(place)
    assert str(name) in seen.page.content()
    history = open_history(
        actor=keeper, at=timezone.now(), register="water_bodies", entry=entry, reason="核对更正"
    )
    assert [(line.version, line.basis) for line in history] == [(1, history[0].basis), (2, case.number)]


def test_d48_what_is_missing_is_drawn_and_asked_for(visit, language) -> None:
    editor = visit("water.handler")
    editor.go("/map/?layers=waters&at=15/23.13/113.26")
    editor.page.locator("#layers [data-add][href*='/map/add/waters/']").click()
    form = editor.page.locator("[data-new]")
    assert form.get_attribute("data-new") == "area"
    expect_drawn(editor.page)
    for offset in ((-60, -40), (60, -40), (60, 40), (-60, 40)):
        editor.page.mouse.click(*corner(editor.page, *offset))
    editor.page.keyboard.press("Enter")
    drawn = editor.page.locator("[data-new] #q-shape")
    expect(drawn).not_to_have_value("")
    shape = json.loads(drawn.input_value())
    [ring] = shape["coordinates"]
    assert (shape["type"], len(ring), ring[0]) == ("Polygon", 5, ring[-1])
    assert ring[0] == [pytest.approx(113.26 - 60 * DEGREES, abs=1e-5), pytest.approx(23.13, abs=1e-2)]
    said = {"code": f"W-{language}-9", "name": "新塘", "division": "440104"}
    for name, value in said.items():
        editor.page.fill(f"[name=field_{name}]", value)
    for name, value in {"kind": "lake", "made_up": "true"}.items():
        field = editor.page.locator(f"select[name=field_{name}]")
        if field.count():
            field.select_option(value)
        else:
            editor.page.check(f"[name=field_{name}][value={value}]")
    editor.page.fill("[name=reason]", editor.text("漏登", "It was left out"))
    editor.look("map-add")
    editor.press("提交申请", "Send the request")
    editor.page.wait_for_url("**/desk/cases/**")
    editor.look("map-add-case")
    case = Case.objects.filter(type_code="register_change").latest("pk")
    assert (case.data["change"]["act"], case.data["change"]["entry"]) == ("enter", 0)
