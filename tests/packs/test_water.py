"""Water: the supply is judged by GB 5749; permits and use are seen by whom they concern."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.layers import held

from yiwang.cases import api as cases
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.tables import judged
from yiwang.cases.rules.dmn.errors import InputNotAllowed
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.api import load_city
from yiwang.identity.testing import a_citizen
from yiwang.insight.growth import water
from yiwang.insight.growth.ground import read_ground
from yiwang.insight.situations.api import read_situation
from yiwang.kernel.errors import InvalidInput
from yiwang.maps.testing import read_tile
from yiwang.packs.api import load
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, amend_entry, enter_entry, list_entries, list_reach, load_file
from yiwang.registers.contracts import EntryRefused
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PACK = ROOT / "packs" / "water"
REGISTERS = ["places", "base_map", "population", "legal_entity", "licence_catalogue", "water"]
KEEPER = an_officer("water", "handler", account=11)
AUDITOR = an_officer("water", "auditor", account=12)
STRANGER = an_officer("tourism", "handler", account=13)


ANSWERS = {
    "holder": "广州云山建材有限公司",
    "contact": "陈大文",
    "phone": "13800138000",
    "division": "440106001",
    "address": "演示河边1号",
    "longitude": 113.32105,
    "latitude": 23.11873,
    "origin": "surface",
    "purpose": "irrigation",
    "quota": 12.5,
    "discharge": "不退水",
}
PAPERS = tuple(GivenMaterial(key=key, file_id=1) for key in ("application", "neighbours"))


@cache
def written():
    return (PACK / "decisions" / "tap_water.dmn").read_text(encoding="utf-8")


def tap(item, value, kind="network"):
    asked = {"reading": {"quantity": item, "value": value}, "station": {"kind": kind}}
    return judged(written(), "tap_water", asked)


def is_good(item, value, kind):
    """GB 5749-2022, tables 1 and 2, in plain words."""
    if item == "turbidity":
        return value <= 1
    if item == "codmn":
        return value <= 3
    if item == "ph":
        return Decimal("6.5") <= value <= Decimal("8.5")
    return (Decimal("0.3") if kind == "works" else Decimal("0.05")) <= value <= 2


@given(
    some.sampled_from(["turbidity", "codmn", "ph", "chlorine"]),
    some.decimals(0, 12, places=2),
    some.sampled_from(["works", "network"]),
)
def test_the_supply_is_good_where_gb_5749_says_so(item, value, kind):
    found = tap(item, value, kind)

    assert (found["level"], found["over"]) == (("1", False) if is_good(item, value, kind) else ("2", True))


def test_what_fails_is_told_with_its_limit_and_nonsense_is_refused():
    assert [tap(*each)["limit"] for each in (("turbidity", 1.3), ("ph", 6), ("ph", 9), ("chlorine", 3))] == [
        1, 6.5, 8.5, 2,
    ]  # fmt: skip
    for wrong in (("turbidity", -1), ("lead", 1), ("ph", 7, "well")):
        with pytest.raises(InputNotAllowed):
            tap(*wrong)


def test_the_limits_of_an_application_are_those_of_the_regulation():
    found = load(ROOT / "packs", REGISTERS).definitions[("cases", "water_abstraction")]
    item = CaseType.model_validate(found.content["definition"])
    clocks = {clock.key: (clock.budget.amount, str(clock.budget.unit)) for clock in item.clocks}

    assert (item.statutory_limit.amount, str(item.statutory_limit.unit)) == (45, "working_days")
    assert clocks["acceptance"] == (5, "working_days")
    assert item.promised_limit.amount <= 45
    assert {stop.key for stop in item.stops} == {"supplement", "hearing"}
    assert [record.register_code for record in item.records] == ["abstraction_permits"]


def test_the_same_seed_grows_the_same_water(tmp_path):
    ground = read_ground(ROOT / "cities" / "guangzhou", ROOT / "packs", seed=7)
    (tmp_path / "data").mkdir()
    (tmp_path / "decisions").symlink_to(PACK / "decisions")
    water.grow(ground, tmp_path, seed=7)

    grown = sorted((tmp_path / "data").iterdir())
    assert len(grown) == 6
    assert [
        each.name for each in grown if each.read_bytes() != (PACK / "data" / each.name).read_bytes()
    ] == []


def _fill():
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(ROOT / "packs", REGISTERS[2:], at=LONG_AGO, with_data=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor=None, **equal):
    page = list_entries(actor=actor, register=register, asked=Asked(equal=equal, limit=1000), at=AT)
    return [entry["values"] for entry in json.loads(page.body)]


@pytest.mark.usefixtures("_city")
def test_permits_are_public_but_use_and_telephones_are_the_bureaus():
    (seen, kept) = (found("abstraction_permits", actor)[0] for actor in (None, KEEPER))

    assert (seen["holder"], seen["phone"]) == (kept["holder"], None)
    assert kept["phone"] is not None
    assert [list_reach(actor, "abstraction_use") for actor in (None, STRANGER, KEEPER)] == [
        "none", "none", "all",
    ]  # fmt: skip
    above = found("abstraction_use", KEEPER, state="above")
    assert {row["share"] for row in above} == {"104.5"}
    with pytest.raises(OperationNotAllowed):
        found("abstraction_use", STRANGER)


@pytest.mark.usefixtures("_city")
def test_everybody_sees_tap_water_and_chiefs_and_only_the_bureau_who_took_too_much():
    open_view, own_view = (read_situation(actor, "tap_water", at=AT) for actor in (None, KEEPER))

    assert [each.listed.key for each in open_view.lists] == ["visits", "chiefs"]
    assert [each.listed.key for each in own_view.lists] == ["visits", "chiefs", "above"]
    (supply,) = open_view.boards
    ((station, value),) = supply.over
    assert (station.level.level, value.quantity, value.value) == ("2", "turbidity", Decimal("1.3"))
    assert {each.code: each.level.level for each in supply.stations} == {
        row["code"]: row["level"] for row in found("supply_points")
    }
    assert len(own_view.lists[1].rows) == 22
    assert open_view.lists[0].rows[0]["reach"].en.endswith("reach")


@pytest.mark.usefixtures("_city")
def test_use_is_entered_by_the_bureau_for_a_permit_that_there_is():
    use = {
        "number": "U-1", "permit": "DEMO-QS-440103-01", "year": "2026", "volume": "10",
    }  # fmt: skip
    before = len(found("abstraction_use", KEEPER))

    with pytest.raises(OperationNotAllowed):
        enter_entry(actor=AUDITOR, at=AT, register="abstraction_use", values=use)
    wrong = ({"volume": "-1"}, {"permit": "NONE"}, {"permit": None}, {"year": "1999"}, {"state": "perhaps"})
    for changed in wrong:
        with pytest.raises(EntryRefused):
            enter_entry(actor=KEEPER, at=AT, register="abstraction_use", values=use | changed)
    assert len(found("abstraction_use", KEEPER)) == before
    enter_entry(actor=KEEPER, at=AT, register="abstraction_use", values=use)
    assert len(found("abstraction_use", KEEPER)) == before + 1


def applied_for():
    return cases.open_case(
        actor=a_citizen(), at=MONDAY, type_code="water_abstraction", answers=ANSWERS, materials=PAPERS
    )


@pytest.mark.usefixtures("_city")
def test_a_permit_that_is_decided_stands_in_the_register_on_the_case(client):
    before = len(found("abstraction_permits"))
    opened = applied_for()
    done(officer("water", "window"), open_task(opened.case_id, "accept"), "accept")
    done(officer("water", "handler"), open_task(opened.case_id, "examine"), "done")
    assert len(found("abstraction_permits")) == before
    done(officer("water", "approver"), open_task(opened.case_id, "decide"), "approve")

    (entered,) = [row for row in found("abstraction_permits", KEEPER) if row["case_number"]]
    assert len(found("abstraction_permits")) == before + 1
    assert (entered["holder"], entered["quota"], entered["origin"], entered["status"]) == (
        "广州云山建材有限公司", "12.5", "surface", "valid",
    )  # fmt: skip
    assert entered["case_number"].startswith("QS")
    # so its intake is on the map, with nothing of whom to call
    assert (entered["place"]["lon"], entered["place"]["lat"]) == (113.32105, 23.11873)
    tile = read_tile(client.get("/maps/tiles/abstraction_permits/14/13349/7110.mvt").content)
    assert "广州云山建材有限公司" in [each["holder"] for each in tile.of("abstraction_permits")]


@pytest.mark.usefixtures("_city")
def test_an_intake_outside_the_country_is_refused_where_it_is_asked():
    before = len(found("abstraction_permits"))
    for changed in ({"longitude": 13.3}, {"latitude": 91}, {"longitude": None}):
        with pytest.raises(InvalidInput):
            cases.open_case(
                actor=a_citizen(), at=MONDAY, type_code="water_abstraction",
                answers={**ANSWERS, **changed}, materials=PAPERS,
            )  # fmt: skip
    assert len(found("abstraction_permits")) == before


@pytest.mark.usefixtures("_city")
def test_whoever_is_not_of_the_bureau_accepts_nothing():
    opened = applied_for()
    task = open_task(opened.case_id, "accept")

    with pytest.raises(OperationNotAllowed):
        done(officer("tourism", "window"), task, "accept")
    assert open_task(opened.case_id, "accept") == task


@pytest.mark.usefixtures("_city")
def test_use_is_held_against_the_quota_by_the_city_and_not_by_who_types():
    (permit,) = found("abstraction_permits", KEEPER, number="DEMO-QS-440103-01")
    quota = Decimal(permit["quota"])

    def entered(number, volume, **typed):
        use = {"number": number, "permit": permit["number"], "year": "2026", "volume": str(volume), **typed}
        written = enter_entry(actor=KEEPER, at=AT, register="abstraction_use", values=use)
        return written, *stands(number)

    def stands(number):
        (row,) = found("abstraction_use", KEEPER, number=number)
        return Decimal(row["share"]), row["state"]

    assert entered("U-1", quota)[1:] == (Decimal(100), "within")
    assert entered("U-2", quota + 1, share="1", state="within")[2] == "above"
    written, *standing = entered("U-3", quota / 2)
    assert standing == [Decimal(50), "within"]
    amend_entry(
        actor=KEEPER, at=AT, register="abstraction_use", entry=written.entry, version=1,
        kind="correction", values={"volume": str(quota * 2)},
    )  # fmt: skip
    assert stands("U-3") == (Decimal(200), "above")
    amend_entry(
        actor=KEEPER, at=AT, register="abstraction_use", entry=written.entry, version=2,
        kind="correction", values={"state": "within", "share": "3"},
    )  # fmt: skip
    assert stands("U-3") == (Decimal(200), "above")

    file = f"number,permit,year,volume,state\nU-4,{permit['number']},2027,{quota * 3},within\n"
    report = load_file(
        actor=KEEPER, at=AT, register="abstraction_use", file=BytesIO(file.encode()), on_bad_rows="refuse_all"
    )
    assert (report.loaded, stands("U-4")) == (1, (Decimal(300), "above"))


def test_what_is_worked_out_fits_its_register(tmp_path):
    for each in (ROOT / "packs").iterdir():
        if each.name != "water":
            (tmp_path / each.name).symlink_to(each)
    for wrong, says in (
        ("value: number", "does not fit"),
        ("of: year", "does not fit"),
        ("state: year", "does not fit"),
        ("state: share", "written twice"),
        ("limit: holder", "no number"),
    ):
        copytree(PACK, tmp_path / "water", dirs_exist_ok=True)
        file = tmp_path / "water" / "registers" / "abstraction_use.yaml"
        line = "{field: share, state: state, value: volume, of: permit, limit: quota}"
        word = wrong.partition(":")[0]
        kept = ", ".join(part for part in line[1:-1].split(", ") if not part.startswith(word))
        text = file.read_text(encoding="utf-8").replace(line, f"{{{kept}, {wrong}}}")
        file.write_text(text, encoding="utf-8")
        problems = load(tmp_path, REGISTERS).problems
        assert any(says in problem.reason.en for problem in problems), (wrong, problems)
