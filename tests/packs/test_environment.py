"""Environment: values are judged as the standards say, stations bear what the tables find."""

from __future__ import annotations

import csv
import json
import math
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some
from tests.layers import held

from yiwang.cases.rules.dmn.errors import InputNotAllowed
from yiwang.cases.rules.dmn.evaluation import evaluate
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.insight.growth import environment
from yiwang.insight.growth.ground import read_ground
from yiwang.insight.situations.api import read_situation
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, amend_entry, enter_entry, list_entries
from yiwang.registers.contracts import EntryRefused
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PACK = ROOT / "packs" / "environment"
KEEPER = an_officer("environment", "handler", account=11)
STRANGER = an_officer("environment", "auditor", account=12)
#: HJ 633-2012, table 1.
INDEX = (0, 50, 100, 150, 200, 300, 400, 500)
BREAKS = {
    "pm25": (0, 35, 75, 115, 150, 250, 350, 500),
    "pm10": (0, 50, 150, 250, 350, 420, 500, 600),
    "so2": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "no2": (0, 40, 80, 180, 280, 565, 750, 940),
    "co": (0, 2, 4, 14, 24, 36, 48, 60),
    "o3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "o3_8h": (0, 100, 160, 215, 265, 800),
}
LEVELS = ((50, "1"), (100, "2"), (150, "3"), (200, "4"), (300, "5"), (500, "6"))


@cache
def table(name):
    model, problems = read_model((PACK / "decisions" / f"{name}.dmn").read_bytes(), name)
    assert model is not None, problems
    return model


def air(pollutant, value, zone="2"):
    said = {"reading": {"quantity": pollutant, "value": value}, "station": {"zone": zone}}
    return evaluate(table("air"), "air_quality", said)


def water(item, value, target="III", kind="river"):
    said = {"reading": {"quantity": item, "value": value}, "station": {"kind": kind, "target": target}}
    return evaluate(table("water"), "water_quality", said)


def index_by_hand(pollutant, value: Decimal):
    """The same in whole numbers: the smallest index that is not below the line, by counting up to it."""
    breaks = BREAKS[pollutant]
    if value > breaks[-1]:
        return None if pollutant == "o3_8h" else 500
    place = next(place for place in range(1, len(breaks)) if value <= breaks[place])
    low, high, least, most = breaks[place - 1], breaks[place], INDEX[place - 1], INDEX[place]
    return next(
        index
        for index in range(least, most + 1)
        if (index - least) * (high - low) >= (most - least) * (value - low)
    )


@given(some.sampled_from(sorted(BREAKS)), some.decimals(0, 3000, places=1))
def test_the_air_index_is_that_of_hj_633_for_every_value(pollutant, value):
    found = air(pollutant, value)

    assert found["index"] == index_by_hand(pollutant, value)
    wanted = None if found["index"] is None else next(name for most, name in LEVELS if found["index"] <= most)
    assert found["level"] == wanted


def test_the_published_breakpoints_give_their_own_index():
    for pollutant, breaks in BREAKS.items():
        assert [air(pollutant, value)["index"] for value in breaks] == list(INDEX[: len(breaks)])


@pytest.mark.parametrize(
    ("pollutant", "value", "zone", "over"),
    [
        ("pm25", 75, "2", (75, False, None)),
        ("pm25", 150, "2", (75, True, 1)),
        ("pm25", 36, "1", (35, True, 0.03)),
        ("co", 4.1, "2", (4, True, 0.03)),
        ("o3_8h", 161, "2", (160, True, 0.01)),
    ],
)
def test_how_many_times_a_limit_of_gb_3095_is_passed(pollutant, value, zone, over):
    found = air(pollutant, value, zone)

    assert (found["limit"], found["over"], found["times"]) == over


@pytest.mark.parametrize(
    ("item", "value", "kind", "found"),
    [
        ("do", 7.5, "river", ("1", False, None)),
        ("do", 4.99, "river", ("4", True, None)),
        ("do", 1.99, "river", ("6", True, None)),
        ("codmn", 6, "river", ("3", False, None)),
        ("codmn", 9, "river", ("4", True, 0.5)),
        ("nh3n", 2.01, "river", ("6", True, 1.01)),
        ("tp", 0.05, "river", ("2", False, None)),
        ("tp", 0.06, "lake", ("4", True, 0.2)),
    ],
)
def test_one_item_of_water_has_the_class_of_gb_3838(item, value, kind, found):
    answer = water(item, value, kind=kind)

    assert (answer["level"], answer["over"], answer["times"]) == found


def test_what_cannot_have_been_measured_is_refused():
    for wrong in (("pm25", -1), ("radon", 3)):
        with pytest.raises(InputNotAllowed):
            air(*wrong)
    with pytest.raises(InputNotAllowed):
        water("do", 5, target="VI")


def test_the_tables_hold_the_limits_of_the_standards():
    with (ROOT / "tests" / "packs" / "standard_limits.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {"溶解氧": "do", "高锰酸盐指数": "codmn", "氨氮": "nh3n", "总磷": "tp"}
    pollutants = {"PM2.5": "pm25", "PM10": "pm10", "SO2": "so2", "NO2": "no2", "CO": "co"}
    for row in rows:
        limit = float(row["limit"])
        if row["standard"] == "GB3838-2002":
            kind = "lake" if row["averaging"].startswith("湖") else "river"
            target = "ⅠⅡⅢⅣⅤ".index(row["class"][0])
            asked = ("I", "II", "III", "IV", "V")[target]
            assert water(names[row["item"]], 1, target=asked, kind=kind)["limit"] == limit
        elif row["standard"] == "GB3095-2012":
            eight = "o3_8h" if "8" in row["averaging"] else "o3_1h"
            zone = "1" if row["class"] == "一级" else "2"
            assert air(pollutants.get(row["item"], eight), 1, zone)["limit"] == limit
        else:
            period = "day" if row["averaging"] == "昼间" else "night"
            said = {
                "reading": {"quantity": period, "value": limit},
                "station": {"area": row["class"].removesuffix("类")},
            }
            assert evaluate(table("noise"), "noise", said)["limit"] == limit
    assert len(rows) == 51


@pytest.mark.parametrize(
    ("pollutant", "value", "found"),
    [
        ("cod", 80, ("1", False, 80, None)),
        ("cod", Decimal("80.01"), ("2", True, 80, 0)),
        ("cod", 120, ("2", True, 80, 0.5)),
        ("tp", 0, ("1", False, 1, None)),
        ("nox", 900, (None, False, None, None)),
    ],
)
def test_an_outlet_is_judged_by_the_limits_of_its_permit(pollutant, value, found):
    limits = {"limit_cod": 80, "limit_tp": 1, "limit_nox": None}
    said = {"reading": {"quantity": pollutant, "value": value}, "station": limits}
    answer = evaluate(table("discharge"), "discharge", said)

    assert (answer["level"], answer["over"], answer["limit"], answer["times"]) == found


def test_the_same_seed_grows_the_same_stations(tmp_path):
    ground = read_ground(ROOT / "cities" / "guangzhou", ROOT / "packs", seed=7)
    (tmp_path / "data").mkdir()
    (tmp_path / "decisions").symlink_to(PACK / "decisions")
    environment.grow(ground, tmp_path, seed=7)

    grown = sorted((tmp_path / "data").iterdir())
    assert [
        each.name for each in grown if each.read_bytes() != (PACK / "data" / each.name).read_bytes()
    ] == []
    for name in ("air_stations", "water_sections", "noise_points", "pollution_sources", "pollution_outlets"):
        with (PACK / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        districts = {each.code: each.district for each in ground}
        for row in rows:
            east, north = (float(each) for each in row["place"].split())
            assert districts[row["division"]].holds((east, north))
            assert row["made_up"] == "true"


def _fill():
    apply_packs(ROOT / "packs", ["environment"], at=AT, with_data=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor=None):
    asked = Asked(limit=1000, count="exact")
    return [
        entry["values"]
        for entry in json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)
    ]


@pytest.mark.usefixtures("_city")
def test_everybody_sees_sources_but_not_whom_to_call():
    (seen, kept) = (found("pollution_sources", actor)[0] for actor in (None, KEEPER))

    assert (seen["contact"], seen["contact_phone"]) == (None, None)
    assert kept["contact_phone"] is not None
    assert seen["name"] == kept["name"]
    assert (len(found("air_stations")), len(found("air_values"))) == (11, 66)


@pytest.mark.usefixtures("_city")
def test_a_reading_is_entered_by_its_owner_and_refused_where_it_cannot_be():
    reading = {
        "number": "A44010301-pm25-x", "station": "A44010301", "pollutant": "pm25", "value": "88",
        "unit": "ug_m3", "moment": "2026-11-21T08:00:00+08:00",
    }  # fmt: skip
    before = len(found("air_values"))

    with pytest.raises(OperationNotAllowed):
        enter_entry(actor=STRANGER, at=AT, register="air_values", values=reading)
    for changed in ({"value": "-1"}, {"pollutant": "radon"}, {"station": "A0"}, {"moment": "yesterday"}):
        with pytest.raises(EntryRefused):
            enter_entry(actor=KEEPER, at=AT, register="air_values", values=reading | changed)
    assert len(found("air_values")) == before
    enter_entry(actor=KEEPER, at=AT, register="air_values", values=reading)
    assert len(found("air_values")) == before + 1


def test_times_over_are_rounded_half_up_as_people_round():
    for value in range(76, 400, 7):
        times = (Decimal(value) - 75) / 75
        assert Decimal(str(air("pm25", value)["times"])) == times.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert math.isclose(air("pm25", 150)["times"], 1.0)


@pytest.mark.usefixtures("_city")
def test_everybody_sees_air_and_water_now_with_what_it_means_and_what_is_over(client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    view = read_situation(None, "air_and_water", at=AT)
    stations = [(each.code, each.level.level, each.worst.index) for each in view.boards[0].stations]
    borne = {row["code"]: (row["level"], row["aqi"]) for row in found("air_stations")}

    assert stations[0] == ("A44011201", "4", 194)
    assert {code: (level, str(index)) for code, level, index in stations} == {
        code: (level, str(aqi)) for code, (level, aqi) in borne.items()
    }
    assert {each.code: each.level.level for each in view.boards[1].stations} == {
        row["code"]: row["level"] for row in found("water_sections")
    }
    for address, words in (
        ("/now/air_and_water/", ("黄埔空气监测点", "超标倍数", "避免长时间")),
        ("/en/now/air_and_water/", ("Huangpu air station", "Times over", "should avoid long")),
    ):
        page = client.get(address).content.decode()
        assert [word for word in words if word not in page] == []
        assert "<script>" not in page
    assert client.get("/now/nothing/").status_code == 404


@pytest.mark.usefixtures("_city")
def test_each_board_is_as_old_as_its_own_hours_let_it_be(client, monkeypatch):
    reading = {
        "number": "A44010301-pm25-y", "station": "A44010301", "pollutant": "pm25", "value": "36",
        "unit": "ug_m3", "moment": "2026-11-25T08:00:00+08:00",
    }  # fmt: skip
    later = AT + timedelta(days=5)
    enter_entry(actor=KEEPER, at=later, register="air_values", values=reading)

    boards = read_situation(None, "air_and_water", at=later).boards
    air_now = boards[0]
    assert [len([each for each in board.stations if each.level]) for board in boards] == [1, 22, 11]
    assert [(board.stale, board.is_fresh) for board in boards] == [(10, True), (0, True), (0, True)]
    (judged_one, *rest) = air_now.stations
    assert (judged_one.code, judged_one.worst.quantity, judged_one.level.level) == ("A44010301", "pm25", "2")
    assert {value.level for each in rest for value in each.values} == {None}
    assert [len(each.values) for each in rest] == [6] * 10
    assert {each.code for each, _ in air_now.over} == set()

    monkeypatch.setattr(timezone, "now", lambda: later)
    page, english = (client.get(f"{way}/now/air_and_water/").content.decode() for way in ("", "/en"))
    assert "10个监测点（共11个）只有超过24小时的旧数据" in page
    assert "old value (5 days ago), not judged" in english
    assert "(old, 20 Nov 2026 08:00)" in english

    long_after = AT + timedelta(hours=2_209)
    assert [
        len([each for each in board.stations if each.level])
        for board in read_situation(None, "air_and_water", at=long_after).boards
    ] == [0, 0, 0]


@pytest.mark.usefixtures("_city")
def test_an_outlet_above_its_limit_is_told_and_a_changed_permit_judges_anew():
    (board,) = read_situation(None, "discharges", at=AT).boards
    assert {each.code: each.level.level for each in board.stations} == {
        row["code"]: row["level"] for row in found("pollution_outlets")
    }
    above = {(station.code, value.quantity, value.times) for station, value in board.over}
    (code,) = {each for each, _, _ in above}
    assert {times for _, _, times in above} == {Decimal("0.24")}

    asked = Asked(equal={"code": code})
    (entry,) = json.loads(list_entries(actor=KEEPER, register="pollution_outlets", asked=asked, at=AT).body)
    wider = {name: "900" for name in entry["values"] if name.startswith("limit_")}
    amend_entry(
        actor=KEEPER, at=AT, register="pollution_outlets", entry=entry["entry"], version=entry["version"],
        kind="change", values=wider,
    )  # fmt: skip
    assert read_situation(None, "discharges", at=AT).boards[0].over == ()
    reading = {
        "number": "x", "outlet": "NONE", "pollutant": "cod", "value": "1", "unit": "mg_l",
        "moment": "2026-11-20T09:00:00+08:00",
    }  # fmt: skip
    for changed in ({}, {"outlet": code, "pollutant": "lead"}, {"outlet": code, "value": "-1"}):
        with pytest.raises(EntryRefused):
            enter_entry(actor=KEEPER, at=AT, register="pollution_values", values=reading | changed)
