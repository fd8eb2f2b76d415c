"""Flood control: levels against marks, the response that the table suggests, and who sees which page."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from tests.layers import held

from yiwang.cases.definitions.tables import explained, judged
from yiwang.cases.rules.dmn.errors import InputNotAllowed
from yiwang.insight.growth import flood
from yiwang.insight.growth.ground import read_ground
from yiwang.insight.situations.api import list_situations, read_situation
from yiwang.insight.situations.contracts import SituationNotFound
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_entry, list_entries
from yiwang.registers.contracts import EntryRefused
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PACK = ROOT / "packs" / "flood_control"
DUTY = an_officer("water", "handler", account=11)
STRANGER = an_officer("tourism", "handler", account=12)
AUDITOR = an_officer("water", "auditor", account=13)


@cache
def written(name):
    return (PACK / "decisions" / f"{name}.dmn").read_text(encoding="utf-8")


def response(rain, warned, guaranteed, marked=0):
    boards = {
        "rain": {"most": {} if rain is None else {"h24": rain}, "at_least": {"l2": marked}},
        "levels": {"at_least": {"l2": warned, "l3": guaranteed}},
    }
    return explained(written("flood_response"), "flood_response", {"boards": boards})


def response_by_hand(rain, warned, guaranteed, marked):
    if rain >= 250 or guaranteed >= 3:
        return "I"
    if guaranteed or (rain >= 100 and warned):
        return "II"
    if rain >= 100 or warned >= 3:
        return "III"
    return "IV" if rain >= 50 or warned or marked else "none"


@given(some.decimals(0, 400, places=1), some.integers(0, 5), some.integers(0, 5), some.integers(0, 3))
def test_the_suggested_response_is_that_of_the_criteria(rain, warned, guaranteed, marked):
    warned = max(warned, guaranteed)
    wanted = response_by_hand(rain, warned, guaranteed, marked)

    assert response(rain, warned, guaranteed, marked)[0] == wanted


def test_a_suggestion_says_why_and_no_value_suggests_nothing():
    assert response(118.5, 2, 0)[0] == "II"
    (why,) = response(118.5, 2, 0)[1]
    assert (why.zh[:6], why.en[:6]) == ("24小时雨量", "100 mm")
    assert response(None, 0, 0) == ("none", ())


@given(some.decimals(-3, 3, places=2), some.decimals("0.1", 2, places=2))
def test_a_level_at_its_mark_has_reached_it(above, between):
    marks = {"warning_mark": Decimal("4.50"), "guarantee_mark": Decimal("4.50") + between}
    asked = {"reading": {"quantity": "stage", "value": Decimal("4.50") + above}, "station": marks}
    wanted = "3" if above >= between else "2" if above >= 0 else "1"

    assert judged(written("stage"), "stage", asked)["level"] == wanted


def test_rain_is_graded_by_gb_28592_and_less_than_nothing_is_refused():
    graded = [
        judged(written("rain"), "rain_grade", {"reading": {"quantity": "h24", "value": value}})["level"]
        for value in (0, 49.9, 50, 99.9, 100, 249.9, 250)
    ]
    assert graded == ["1", "1", "2", "2", "3", "3", "4"]
    with pytest.raises(InputNotAllowed):
        judged(written("rain"), "rain_grade", {"reading": {"quantity": "h24", "value": -1}})


def test_a_gauge_has_marks_of_its_own_and_one_hour_is_judged_by_them():
    def rain(quantity, value, **marks):
        asked = {"reading": {"quantity": quantity, "value": value}, "station": marks}
        found = judged(written("rain"), "rain_grade", asked)
        return (found["level"], found["over"], found["limit"])

    assert rain("h1", 99) == (None, False, None)
    assert rain("h1", 19.9, warning_h1=20) == ("1", False, 20)
    assert rain("h1", 20, warning_h1=20) == ("2", True, 20)
    assert rain("h24", 44, warning_h24=45) == ("1", False, 45)
    assert rain("h24", 45, warning_h24=45) == ("2", True, 45)
    assert rain("h24", 60, warning_h24=80) == ("2", True, 50)
    assert rain("h24", 120, warning_h24=45) == ("3", True, 45)


@given(some.decimals(-5, 5, places=2))
def test_a_reservoir_is_above_its_flood_limit_when_it_is_higher(above):
    asked = {
        "reading": {"quantity": "stage", "value": Decimal("61.7") + above},
        "station": {"flood_limit": Decimal("61.7")},
    }
    found = judged(written("reservoir"), "reservoir", asked)
    assert (found["level"], found["over"]) == (("above", True) if above > 0 else ("within", False))


def test_the_same_seed_grows_the_same_flood(tmp_path):
    ground = read_ground(ROOT / "cities" / "guangzhou", ROOT / "packs", seed=7)
    (tmp_path / "data").mkdir()
    (tmp_path / "decisions").symlink_to(PACK / "decisions")
    flood.grow(ground, tmp_path, seed=7)

    grown = sorted((tmp_path / "data").iterdir())
    assert [
        each.name for each in grown if each.read_bytes() != (PACK / "data" / each.name).read_bytes()
    ] == []
    districts = {each.code: each.district for each in ground}
    with (PACK / "data" / "flood_reaches.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            places = row["course"].removeprefix("LINESTRING(").removesuffix(")").split(", ")
            for place in places:
                east, north = (float(each) for each in place.split())
                assert districts[row["division"]].holds((east, north))


def _fill():
    apply_packs(ROOT / "packs", ["flood_control"], at=AT, with_data=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def count(register):
    page = list_entries(actor=None, register=register, asked=Asked(limit=1000), at=AT)
    return len(json.loads(page.body))


@pytest.mark.usefixtures("_city")
def test_those_on_duty_see_marks_reaches_and_the_plan_that_applies():
    view = read_situation(DUTY, "flood_duty", at=AT)
    levels, rain, reservoirs = view.boards

    assert (view.suggested.level, [text.en[:6] for text in view.reasons]) == ("II", ["100 mm"])
    assert {row["body"].zh for row in view.plans.rows} == {"市三防指挥部", "街镇", "教育部门"}
    assert [(station.level.level, station.code) for station in levels.stations][:3] == [
        ("2", "L44010601"), ("2", "L44011201"), ("1", "L44010301"),
    ]  # fmt: skip
    assert [amount for _, amount in levels.counts] == [9, 2, 0]
    assert [amount for _, amount in rain.counts] == [5, 5, 1, 0]
    assert [amount for _, amount in reservoirs.counts] == [4, 3]
    assert {station.code for station, _ in reservoirs.over} == {
        station.code for station in reservoirs.stations if station.level.level == "above"
    }
    (danger, *_) = view.lists[0].rows
    assert (danger["state"].en, danger["duty_phone"].zh) == ("In danger", "13800440106")
    assert levels.is_fresh


@pytest.mark.usefixtures("_city")
def test_old_values_are_shown_and_suggest_nothing(client, monkeypatch):
    late = AT + timedelta(hours=7)
    view = read_situation(DUTY, "flood_duty", at=late)

    assert (view.suggested, view.reasons, view.plans) == (None, (), None)
    for board in view.boards:
        assert ([amount for _, amount in board.counts], board.over) == ([0] * len(board.counts), ())
        assert (board.stale, board.is_fresh) == (len(board.stations), False)
        assert {len(each.values) for each in board.stations} == {len(board.stations[0].values)}
    rain = {
        "number": "Y44010301-h24-x", "gauge": "Y44010301", "span": "h24", "value": "60",
        "unit": "mm", "moment": "2026-11-20T16:00:00+08:00",
    }  # fmt: skip
    enter_entry(actor=DUTY, at=late, register="rain_values", values=rain)

    view = read_situation(DUTY, "flood_duty", at=late)
    # one gauge is heard of: neither the 118.5 mm of the morning nor its high rivers count
    assert (view.suggested.level, [text.en[:5] for text in view.reasons]) == ("IV", ["50 mm"])
    assert [board.is_fresh for board in view.boards] == [False, True, False]
    monkeypatch.setattr(timezone, "now", lambda: late + timedelta(hours=7))
    assert "old value" in client.get("/en/now/flood_warning/").content.decode()


@pytest.mark.usefixtures("_city")
def test_a_moment_that_is_still_to_come_hides_nothing_and_is_told(client, monkeypatch):
    before = read_situation(None, "flood_warning", at=AT).boards[0]
    value = {
        "number": "L44010301-stage-x", "station": "L44010301", "measured": "stage", "value": "6",
        "unit": "m", "moment": "2027-11-20T09:00:00+08:00",
    }  # fmt: skip
    enter_entry(actor=DUTY, at=AT, register="level_values", values=value)

    board = read_situation(None, "flood_warning", at=AT).boards[0]
    assert board.stations == before.stations
    (told,) = board.ahead
    assert (told.station, told.value, told.level) == ("L44010301", Decimal(6), None)
    monkeypatch.setattr(timezone, "now", lambda: AT)
    assert "Values with a moment still to come" in client.get("/en/now/flood_warning/").content.decode()
    when_it_comes = AT + timedelta(days=365)
    assert read_situation(None, "flood_warning", at=when_it_comes).boards[0].stations[0].level.level == "3"


@pytest.mark.usefixtures("_city")
def test_the_page_for_duty_does_not_exist_for_others_and_citizens_see_warnings():
    for reader in (None, STRANGER):
        with pytest.raises(SituationNotFound):
            read_situation(reader, "flood_duty", at=AT)
        assert [each.code for each in list_situations(reader)] == ["flood_warning"]
    view = read_situation(None, "flood_warning", at=AT)
    assert view.suggested is None
    assert [len(each.rows) for each in view.lists] == [0, 9]
    assert [each.code for each in list_situations(DUTY)] == ["flood_warning", "flood_duty"]


@pytest.mark.usefixtures("_city")
def test_a_new_level_shows_at_once_and_a_wrong_one_changes_nothing():
    value = {
        "number": "L44010301-stage-x", "station": "L44010301", "measured": "stage", "value": "5.29",
        "unit": "m", "moment": "2026-11-20T09:00:00+08:00",
    }  # fmt: skip
    before = count("level_values")

    with pytest.raises(OperationNotAllowed):
        enter_entry(actor=AUDITOR, at=AT, register="level_values", values=value)
    for changed in ({"value": "high"}, {"value": "9001"}, {"station": "L0"}, {"measured": "speed"}):
        with pytest.raises(EntryRefused):
            enter_entry(actor=DUTY, at=AT, register="level_values", values=value | changed)
    assert count("level_values") == before
    enter_entry(actor=DUTY, at=AT, register="level_values", values=value)

    (worst, *_) = read_situation(None, "flood_warning", at=AT).boards[0].stations
    assert (worst.code, worst.level.level) == ("L44010301", "3")
