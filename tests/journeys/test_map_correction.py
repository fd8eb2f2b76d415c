"""D48: an editor's correction goes through approval, and everybody's map shows it."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone
from tests.live.city import actor

from yiwang.cases import api
from yiwang.cases.models import Case, Task
from yiwang.registers.api import Asked, list_entries, open_history

pytestmark = pytest.mark.journey
#: Each language has a water of its own.
NTH = {"zh": 0, "en": 1}


def _complete(case: Case, username: str) -> None:
    task = Task.objects.get(case=case, state__in=["open", "claimed"])
    api.complete_task(actor=actor(username), at=timezone.now(), task_id=task.pk, outcome="done", note="属实")


def test_d48_an_editors_correction_is_approved_and_appears_on_the_map(visit, language) -> None:
    keeper = actor("water.handler")
    listed = list_entries(actor=keeper, register="water_bodies", asked=Asked(limit=2), at=timezone.now())
    water = json.loads(listed.body)[NTH[language]]
    entry = water["entry"]
    editor = visit("water.handler")
    editor.go(f"/map/correct/waters/{entry}/")
    editor.look("map-correct")
    shape = json.loads(editor.page.locator("#q-shape").input_value())
    ring = shape["coordinates"][0][0]
    # every corner a little to the east: a shape that was recorded in the wrong place
    shape["coordinates"] = [[[[round(east + 0.02, 6), north] for east, north in ring]]]
    east = shape["coordinates"][0][0][0][0]
    editor.page.fill("#q-shape", json.dumps(shape))
    editor.page.fill("[name=reason]", editor.text("测量有误", "It was surveyed wrongly"))
    editor.page.locator("[name=reason]").press("Tab")
    editor.press("提交申请", "Send the request")
    editor.page.wait_for_url("**/desk/cases/**")
    editor.look("map-correct-case")

    case = Case.objects.filter(type_code="register_change").latest("pk")
    seen = visit()
    north, near = ring[0][1], 0.0001
    box = ",".join(f"{each:.6f}" for each in (east - near, north - near, east + near, north + near))
    place = f"/map/features/?layers=waters&box={box}"
    name = water["values"]["name"]
    seen.go(place)
    assert str(name) not in seen.page.content()

    _complete(case, "water.handler")
    _complete(case, "water.approver")
    approver = visit("water.approver")
    approver.go(f"/desk/cases/{case.number}/")
    assert approver.page.locator(".yw-outline-wanted").count() == 1
    task = Task.objects.get(case=case, state__in=["open", "claimed"])
    api.decide_case(actor=actor("water.approver"), at=timezone.now(), task_id=task.pk, outcome="approve")

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
    editor.page.locator("[data-new] summary").click()
    corners = "113.260,23.130\n113.262,23.130\n113.262,23.132\n113.260,23.132"
    editor.page.fill("[data-new] [data-typed]", corners)
    editor.press("画到图上", "Put it on the map")
    shape = json.loads(editor.page.locator("[data-new] #q-shape").input_value())
    assert (shape["type"], len(shape["coordinates"][0])) == ("Polygon", 5)
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
