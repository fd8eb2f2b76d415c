"""Municipal facilities (S074): what is grown, who sees it, and a permit to dig that every dig check finds."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from tests.layers import held

from yiwang.cases import api as cases
from yiwang.cases.contracts.changes import ChangeAct
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import Case, Draft, Licence, Task
from yiwang.cases.rules.forms.areas import WrongArea, read_area
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.api import load_city
from yiwang.identity.testing import a_representative, signed_in
from yiwang.insight.growth import municipal
from yiwang.insight.growth.ground import read_ground
from yiwang.maps.analysis.contracts import Asked as DigAsked
from yiwang.maps.analysis.contracts import Ground
from yiwang.maps.analysis.queries.underground import lying_under
from yiwang.maps.models import GroundCheck
from yiwang.maps.synthesis.roads import read_districts
from yiwang.packs.api import load
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.portal.testing import a_businessman, begin
from yiwang.registers.api import Asked, list_entries, list_reach
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PACK = ROOT / "packs" / "municipal_facilities"
PACKS = [
    "places", "base_map", "underground_pipes", "population", "legal_entity", "licence_catalogue",
    "municipal_facilities", "register_care",
]  # fmt: skip
KEEPER = an_officer("construction", "handler", account=11)
PARKS = an_officer("parks", "handler", account=12)
STRANGER = an_officer("tourism", "handler", account=13)
GROUND = "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.1301, 113.26 23.13))"
ANSWERS = {
    "builder": "广州云山管道有限公司",
    "contact": "陈大文",
    "phone": "13800138000",
    "division": "440104001",
    "address": "演示路1号至9号",
    "ground": GROUND,
    "depth": 1.5,
    "purpose": "更换老旧管道",
    "begins": "2026-12-01",
    "ends": "2026-12-20",
    "road_age": "older",
    "emergency": False,
}
#: Who is always asked: the traffic police, and the keeper of the registers of pipes and openings.
ASKED = ("public_security", "construction")
PAPERS = tuple(GivenMaterial(key=key, file_id=1) for key in ("design", "traffic", "pipes"))


def _rows(name: str) -> list[dict[str, str]]:
    with (PACK / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_seed_grows_the_same_facilities(tmp_path):
    for name in ("base_map", "municipal_facilities"):
        (tmp_path / name / "data").mkdir(parents=True)
    for name in ("roads.csv", "district_borders.csv"):
        (tmp_path / "base_map" / "data" / name).symlink_to(ROOT / "packs" / "base_map" / "data" / name)
    municipal.grow(read_ground(ROOT / "cities" / "guangzhou", tmp_path, seed=7), tmp_path, seed=7)

    grown = sorted((tmp_path / "municipal_facilities" / "data").iterdir())
    assert len(grown) == 6
    assert [p.name for p in grown if p.read_bytes() != (PACK / "data" / p.name).read_bytes()] == []


def test_everything_stands_in_its_district_and_is_marked_made_up():
    districts = {each.code: each for each in read_districts(ROOT / "cities" / "guangzhou")}
    places = [
        (row["division"], *map(float, row["place"].split()))
        for name in ("facility_stations", "heritage_trees")
        for row in _rows(name)
    ]
    for row in _rows("green_spaces"):
        corners = row["border"].removeprefix("POLYGON((").removesuffix("))").split(", ")
        places += [(row["division"], *map(float, corner.split())) for corner in corners]

    assert [each for each in places if not districts[each[0]].holds(each[1:])] == []
    assert {row["division"] for row in _rows("green_spaces")} == set(districts)
    names = [path.stem for path in (PACK / "data").iterdir()]
    assert {row["made_up"] for name in names for row in _rows(name)} == {"true"}


def test_the_limits_of_a_permit_are_those_of_the_law():
    found = load(ROOT / "packs", PACKS).definitions[("cases", "road_excavation")]
    item = CaseType.model_validate(found.content["definition"])
    clocks = {clock.key: clock.budget.amount for clock in item.clocks}

    assert (item.statutory_limit.amount, str(item.statutory_limit.unit)) == (20, "working_days")
    assert clocks == {"acceptance": 5, "examination": 3, "opinions": 4, "decision": 3, "delivery": 2}
    assert item.promised_limit.amount == 10
    assert [record.register_code for record in item.records] == ["road_openings"]


def _fill():
    load_city(ROOT / "cities" / "guangzhou")
    apply_packs(ROOT / "packs", PACKS, at=LONG_AGO, with_data=True)


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


def dig(wkt, begins=date(2026, 12, 10), ends=date(2027, 1, 10)):
    corners = wkt.removeprefix("POLYGON((").removesuffix("))").split(", ")[:-1]
    places = tuple((float(east), float(north)) for east, north in map(str.split, corners))
    ground = Ground(corners=places, width=None, depth=Decimal(2))
    return DigAsked(ground=ground, begins=begins, ends=ends, reason="核查")


@pytest.mark.usefixtures("_city")
def test_lamps_and_greens_are_open_and_stations_are_the_offices():
    assert len(found("heritage_trees")) == 33
    assert {row["cabinet"] for row in found("street_lamps")} == {None}
    assert {row["cabinet"] for row in found("street_lamps", PARKS)} == {
        "CZ440103-05", "CZ440104-05",
    }  # fmt: skip
    for register in ("facility_stations", "station_inspections", "branch_lines"):
        assert [list_reach(actor, register) for actor in (None, STRANGER)] == ["none", "none"]
        with pytest.raises(OperationNotAllowed):
            found(register, STRANGER)
    assert [list_reach(each, "branch_lines") for each in (KEEPER, PARKS)] == ["all", "own"]


@pytest.mark.usefixtures("_city")
def test_service_pipes_are_in_a_dig_check_because_the_pack_declares_them():
    line = next(row for row in found("branch_lines", KEEPER) if row["kind"] == "RQ" and row["depth"])
    (east, north), _ = (tuple(map(float, place)) for place in line["course"]["coordinates"][0])
    side = 0.00004
    corners = [(east - side, north - side), (east + side, north - side), (east + side, north + side),
               (east - side, north + side), (east - side, north - side)]  # fmt: skip
    wkt = "POLYGON((" + ", ".join(f"{x:.6f} {y:.6f}" for x, y in corners) + "))"
    lying = lying_under(KEEPER, dig(wkt), at=AT)
    (pipe,) = [each for each in lying.pipes if each.register == "branch_lines"]

    assert (pipe.code, pipe.kind, pipe.owner, pipe.verdict) == (line["code"], "RQ", "RQ01", "hit")
    assert pipe.depth_from == pipe.depth_to == float(line["depth"])
    assert (lying.is_whole, lying_under(PARKS, dig(wkt), at=AT).is_whole) == (True, False)


def permitted(**answers) -> int:
    """A permit that was given; gives its case."""
    case = cases.open_case(
        actor=a_representative(), at=MONDAY, type_code="road_excavation", answers=ANSWERS | answers,
        materials=PAPERS,
    ).case_id  # fmt: skip
    done(officer("parks", "window"), open_task(case, "accept"), "accept")
    examined(case)
    for office in ASKED:
        done(officer(office, "approver"), open_task(case, "offices", office), "approve")
    done(officer("parks", "approver"), open_task(case, "decide"), "approve")
    return case


def examined(case, *pipe_offices):
    """The examiner's step, with the authorities whom he asks beside the police and the keeper of pipes."""
    found = {"ground_checked": "DT2026-000001：可能触及1段管线"}
    cases.complete_task(
        actor=officer("parks", "handler"), at=MONDAY, task_id=open_task(case, "examine"), outcome="done",
        findings=found | ({"pipe_offices": list(pipe_offices)} if pipe_offices else {}),
    )  # fmt: skip


def told_of(code, days=(date(2026, 12, 10), date(2027, 1, 10))):
    return [each for each in lying_under(KEEPER, dig(GROUND, *days), at=AT).openings if each.code == code]


def opening():
    page = list_entries(
        actor=KEEPER, register="road_openings", asked=Asked(equal={"builder": ANSWERS["builder"]}), at=AT
    )
    (entry,) = json.loads(page.body)
    return entry


@pytest.mark.usefixtures("_city")
def test_a_revoked_permit_is_no_restored_road_and_no_conflict():
    permitted(road="R44010300001")
    entered = opening()["values"]
    assert {name: entered[name] for name in ("state", "road", "address")} == {
        "state": "permitted", "road": "R44010300001", "address": "演示路1号至9号",
    }  # fmt: skip

    approver = officer("parks", "approver")
    cases.revoke_licence(
        actor=approver, at=MONDAY, licence_id=Licence.objects.get().pk, reason="以欺骗手段取得"
    )

    assert opening()["values"]["state"] == "revoked"
    assert told_of(entered["code"]) == []


@pytest.mark.usefixtures("_city")
def test_the_office_enters_that_the_road_is_restored_and_the_next_works_are_told():
    permitted()
    entered = opening()
    with pytest.raises(OperationNotAllowed):
        restored(officer("tourism", "handler"), entered["entry"])
    case = restored(officer("parks", "handler"), entered["entry"]).case_id
    assert opening()["values"]["state"] == "permitted"

    done(officer("parks", "handler"), open_task(case, "check"), "done")
    done(officer("construction", "reviewer"), open_task(case, "review"), "done")
    done(officer("construction", "approver"), open_task(case, "decide"), "approve")

    assert opening()["values"]["state"] == "closed"
    (told,) = told_of(entered["values"]["code"])
    assert (told.standing, told.overlaps, told.office) == ("rested", False, "parks")
    later = (date(2029, 12, 20), date(2030, 1, 10))
    assert told_of(entered["values"]["code"], later) == []


def restored(actor, entry):
    return cases.ask_register_change(
        actor=actor, at=MONDAY, register="road_openings", entry=entry, act=ChangeAct.CHANGE,
        values={"state": "closed"}, reason="路面已恢复，现场验收合格",
    )  # fmt: skip


def asked_now(case):
    """Offices whose opinions are waited for."""
    open_ones = Task.objects.filter(case_id=case, node="offices", state__in=["open", "claimed"])
    return set(open_ones.values_list("organisation", flat=True))


@pytest.mark.usefixtures("_city")
def test_one_office_that_refuses_is_enough_but_all_are_heard_and_may_be_asked_again():
    case = cases.open_case(
        actor=a_representative(), at=MONDAY, type_code="road_excavation", answers=ANSWERS, materials=PAPERS
    ).case_id
    done(officer("parks", "window"), open_task(case, "accept"), "accept")
    for again in ("return", "refuse"):
        examined(case)
        assert asked_now(case) == set(ASKED)
        done(officer(ASKED[0], "approver"), open_task(case, "offices", ASKED[0]), "refuse")
        assert asked_now(case) == {ASKED[1]}
        done(officer(ASKED[1], "approver"), open_task(case, "offices", ASKED[1]), "approve")
        assert not Task.objects.filter(case_id=case, node="decide").exists()
        done(officer("parks", "approver"), open_task(case, "sign_refusal"), again)

    assert Case.objects.get(pk=case).outcome == "refuse"
    assert [row for row in found("road_openings") if row["builder"] == ANSWERS["builder"]] == []
    assert not Licence.objects.exists()


@pytest.mark.usefixtures("_city")
def test_a_permit_stands_in_the_register_of_openings_and_in_the_next_dig_check():
    before = len(found("road_openings"))
    opened = cases.open_case(
        actor=a_representative(), at=MONDAY, type_code="road_excavation", answers=ANSWERS, materials=PAPERS
    )
    done(officer("parks", "window"), open_task(opened.case_id, "accept"), "accept")
    examined(opened.case_id, "economic_commission")
    assert asked_now(opened.case_id) == {*ASKED, "economic_commission"}
    with pytest.raises(OperationNotAllowed):
        done(officer("tourism", "approver"), open_task(opened.case_id, "offices"), "approve")
    done(officer(ASKED[0], "approver"), open_task(opened.case_id, "offices", ASKED[0]), "approve")
    done(officer(ASKED[1], "approver"), open_task(opened.case_id, "offices", ASKED[1]), "conditional")
    assert asked_now(opened.case_id) == {"economic_commission"}
    done(
        officer("economic_commission", "approver"),
        open_task(opened.case_id, "offices", "economic_commission"),
        "approve",
    )
    assert len(found("road_openings")) == before
    with pytest.raises(OperationNotAllowed):
        done(officer("tourism", "approver"), open_task(opened.case_id, "decide"), "approve")
    assert len(found("road_openings")) == before
    done(officer("parks", "approver"), open_task(opened.case_id, "decide"), "approve")

    (entered,) = [row for row in found("road_openings") if row["builder"] == ANSWERS["builder"]]
    assert (entered["state"], entered["begins"], entered["ends"]) == ("permitted", "2026-12-01", "2026-12-20")
    (told,) = [
        each for each in lying_under(KEEPER, dig(GROUND), at=AT).openings if each.code == entered["code"]
    ]
    assert (told.distance, told.overlaps) == (0, True)


WORKS = {
    "division": "440104001",
    "address-detail": "演示路1号至9号",
    "depth": "1.5",
    "purpose": "更换老旧管道",
    **{f"begins-{part}": said for part, said in (("year", "2026"), ("month", "12"), ("day", "1"))},
    **{f"ends-{part}": said for part, said in (("year", "2026"), ("month", "12"), ("day", "20"))},
}


@pytest.mark.usefixtures("_city")
def test_the_applicant_draws_or_types_the_ground_and_what_is_none_is_refused_on_the_page():
    firm = a_businessman()
    page = f"{begin(firm, 'road_excavation')}pages/works/"

    asked = firm.client.get(page).content.decode()
    assert re.search(r'<textarea[^>]* id="q-ground" name="ground"', asked) is not None
    assert re.search(r'<details class="govuk-details yw-drawing" data-draws="q-ground" hidden>', asked)
    for ground, said in (
        ("POLYGON((1,,2))", "不是经度和纬度"),
        ("113.26,23.13\n113.261,23.131\n113.261,23.13\n113.26,23.131", "在113.2605,23.1305处相遇"),
        ("113.26,23.13\n113.261,23.13\n116.4,39.9", "第3个角点116.4,39.9在本市各区界线之外"),
        ("113.26,23.13\n113.27,23.13\n113.27,23.14", "不能大于50,000平方米"),
        ("", "请填写“挖掘范围”"),
    ):  # fmt: skip
        answer = firm.client.post(page, WORKS | {"ground": ground})
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert "ground" not in Draft.objects.get().answers
        assert Draft.objects.get().answers["purpose"] == "更换老旧管道"

    taken = firm.client.post(page, WORKS | {"ground": GROUND})
    assert taken.status_code == 302
    assert Draft.objects.get().answers["ground"] == GROUND
    shown = firm.client.get(page).content.decode()
    assert "113.26,23.13\n113.261,23.13\n113.261,23.1301\n113.26,23.1301</textarea>" in shown


@pytest.mark.usefixtures("_city")
def test_an_area_is_whole_to_the_form_where_it_is_valid_to_the_database():
    random = Random(7)
    rings = [[(random.randrange(6), random.randrange(6)) for _ in range(3 + at % 5)] for at in range(300)]
    plain = [_ring([f"{x} {y}" for x, y in ring]) for ring in rings]
    wkt = [_ring([f"{113.26 + x / 1e4:.4f} {23.13 + y / 1e4:.4f}" for x, y in ring]) for ring in rings]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_IsValid(g) AND ST_Area(g) > 0 "
            "FROM unnest(%s::text[]) WITH ORDINALITY u (w, n), ST_GeomFromText(w) g ORDER BY n",
            [plain],
        )
        valid = [row[0] for row in cursor.fetchall()]

    assert [_is_taken(each) for each in wkt] == valid
    assert 50 < sum(valid) < 250


def _ring(places):
    return f"POLYGON(({', '.join([*places, places[0]])}))"


def _is_taken(wkt):
    try:
        return bool(read_area(wkt))
    except WrongArea:
        return False


@pytest.mark.usefixtures("_city")
def test_who_examines_checks_the_asked_ground_with_one_click_from_the_case():
    opened = cases.open_case(
        actor=a_representative(), at=MONDAY, type_code="road_excavation", answers=ANSWERS, materials=PAPERS
    )
    done(officer("parks", "window"), open_task(opened.case_id, "accept"), "accept")
    examined(opened.case_id)
    page = f"/desk/cases/{opened.number}/"
    keeper = signed_in(officer("construction", "approver"))
    shown = keeper.get(page).content.decode()
    form = shown.partition('action="/map/dig/"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert {name: sent[name] for name in ("corners", "depth", "begins", "ends", "reason")} == {
        "corners": GROUND, "depth": "1.5", "begins": "2026-12-01", "ends": "2026-12-20",
        "reason": f"{opened.number} 挖掘城市道路审批",
    }  # fmt: skip

    report = keeper.post("/map/dig/", sent)
    assert report.status_code == 302
    check = GroundCheck.objects.get()
    assert (check.organisation, check.reason) == ("construction", sent["reason"])
    assert f'href="{report.headers["Location"]}"' in keeper.get(page).content.decode()

    # who works on the case and reads no pipes is offered none; another organisation's check is not listed
    police = signed_in(officer("public_security", "approver")).get(page)
    assert (police.status_code, 'action="/map/dig/"' in police.content.decode()) == (200, False)
    examiner = signed_in(officer("parks", "handler")).get(page).content.decode()
    assert ('action="/map/dig/"' in examiner, report.headers["Location"] in examiner) == (True, False)
    assert signed_in(officer("tourism", "approver")).get(page).status_code == 404


@pytest.mark.usefixtures("_city")
def test_the_road_is_picked_from_the_register_of_roads_and_gives_its_name():
    firm = a_businessman()
    page = f"{begin(firm, 'road_excavation')}pages/works/"

    listed = firm.client.get(f"{page}pick/road/", {"q": "嘉塘"}).content.decode()
    assert "R44010300001" in listed
    chosen = firm.client.post(f"{page}pick/road/", {"entry": "R44010300001"})

    assert chosen.status_code == 302
    answers = Draft.objects.get().answers
    assert (answers["road"], answers["address"]) == ("R44010300001", "嘉塘快速路")
    answer = firm.client.post(page, WORKS | {"ground": GROUND, "road": "R99999999999"})
    assert (answer.status_code, "在登记簿中查不到" in answer.content.decode()) == (422, True)
