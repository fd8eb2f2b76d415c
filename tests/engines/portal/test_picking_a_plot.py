"""Picking a plot for an application: what it fills in, what it warns of, and what may go wrong on the way."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from yiwang.cases.api import case_for_officer, picks_of_case
from yiwang.cases.models import Case, Draft, Supplement
from yiwang.cases.testing import officer
from yiwang.identity.testing import signed_in
from yiwang.portal.testing import ANSWERS, a_businessman, begin, fill, hand_in, send
from yiwang.registers.api import amend_entry, enter_entry, find_beside, find_picked, retire_entry
from yiwang.registers.testing import an_officer

pytestmark = pytest.mark.django_db
PLOT = "LW1501-05"
CONDITIONS = "穗规条〔2026〕LW1501-05号"
PLANNER = an_officer("planning", "handler", account=41)
RED = "与道路红线“和田大道道路红线（规划拓宽）”重叠约778平方米"
EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _conditions_in_force():
    """Those of the demonstration run out one day; these tests hold on every day."""
    conditions(valid_until="2099-12-31")


def conditions(**values: str) -> None:
    found = find_picked("planning_conditions", CONDITIONS)
    assert found is not None
    amend_entry(
        actor=PLANNER, at=timezone.now(), register="planning_conditions", entry=found.entry,
        version=found.version, values=values, kind="correction",
    )  # fmt: skip


@pytest.fixture
def firm():
    return a_businessman()


@pytest.fixture
def address(firm) -> str:
    address = begin(firm)
    fill(firm, address, pages={key: ANSWERS[key] for key in ("firm", "project")})
    return address


def pick(firm, address, entry=PLOT, **more):
    return firm.client.post(f"{address}pages/site/pick/plot/", {"entry": entry, **more})


def answers() -> dict[str, object]:
    return Draft.objects.get().answers


def take_away(key: str = PLOT) -> None:
    found = find_picked("planning_plots", key)
    assert found is not None
    retire_entry(
        actor=PLANNER,
        at=timezone.now(),
        register="planning_plots",
        entry=found.entry,
        version=found.version,
    )


def test_a_plot_fills_in_its_page_and_what_was_typed_elsewhere_stays(firm, address):
    sent = {"land_use": "own_land", "floor_area": "3000", "address-detail": "别处1号", "pick": "plot"}
    went = firm.client.post(f"{address}pages/site/", sent)
    assert went.headers["Location"] == f"{address}pages/site/pick/plot/"

    answer = pick(firm, address)

    assert answer.headers["Location"] == f"{address}pages/site/"
    kept = answers()
    assert {key: kept.get(key) for key in ("plot", "division", "address", "project_use", "land_area")} == {
        "plot": PLOT,
        "division": "440103018",
        "address": "和田大道24号",
        "project_use": "R2",
        "land_area": 8537,
    }
    assert (kept["planned_far"], kept["planned_height"], kept["floor_area"]) == (3.5, 82, 3000)
    shown = firm.client.get(f"{address}pages/site/").content.decode()
    assert RED in shown
    assert CONDITIONS in shown
    for told in ("规划条件：容积率上限", "规划条件：绿地率下限（%）", "2099-12-31"):
        assert told in shown
    assert "停车配建" not in shown


def test_conditions_that_are_missing_have_run_out_or_are_stricter_are_conflicts(firm, address):
    def warned(**said: str) -> str:
        sent = {**ANSWERS["site"], "plot": PLOT, "land_area": "8537", "floor_area": "29000"}
        firm.client.post(f"{address}pages/site/", {**sent, "project_use": "R2", **said})
        return firm.client.get(f"{address}pages/site/").content.decode()

    assert "规划条件容积率" not in warned()
    conditions(far="2.1", use="B1")
    stricter = warned()
    assert "申报的总建筑面积超过规划条件容积率（2.1）允许的规模" in stricter
    assert "申报的项目用途与规划条件规定的“商业用地”不一致" in stricter
    assert "过期" not in stricter

    yesterday = timezone.localdate() - timedelta(days=1)
    conditions(valid_until=yesterday.isoformat())
    assert f"规划条件{CONDITIONS}已于{yesterday.isoformat()}过期，须重新申请" in warned()

    found = find_picked("planning_conditions", CONDITIONS)
    assert found is not None
    retire_entry(
        actor=PLANNER, at=timezone.now(), register="planning_conditions", entry=found.entry,
        version=found.version,
    )  # fmt: skip
    assert "该地块没有规划条件" in warned()
    assert "没有规划条件" not in warned(land_use="own_land")


def test_of_several_conditions_the_latest_count_and_a_closed_field_tells_nothing():
    values = {
        "number": "穗规条〔2026〕LW1501-05号（续）", "plot": PLOT, "division": "440103018009",
        "issued_on": "2026-07-01", "valid_until": "2098-12-31", "use": "R2", "far": "3.0", "density": "28",
        "greening": "35", "height": "80", "setback": "8",
    }  # fmt: skip
    enter_entry(actor=PLANNER, at=timezone.now(), register="planning_conditions", values=values)

    def latest(field: str = "plot", by: str = "valid_until") -> dict[str, str]:
        found = find_beside("planning_conditions", field, [PLOT, "LW1401-01"], latest=by)
        return {key: one.key for key, one in found.items()}

    assert latest() == {PLOT: CONDITIONS}
    assert latest(by="issued_on") == {PLOT: values["number"]}
    found = find_beside("planning_conditions", "plot", [PLOT], latest="valid_until")[PLOT]
    assert "setback" not in found.values
    assert (latest(field="facilities"), latest(by="setback")) == ({}, {})
    assert find_beside("planning_conditions", "plot", [], latest="valid_until") == {}
    assert find_beside("nowhere", "plot", [PLOT], latest="valid_until") == {}


def test_a_new_conflict_is_shown_once_and_then_one_goes_on(firm, address):
    pick(firm, address)
    sent = {
        "plot": PLOT,
        "division": "440103018",
        "address-detail": "和田大道24号",
        "land_use": "own_land",
        "project_use": "M1",
        "land_area": "8537",
        "floor_area": "29880",
    }
    first = firm.client.post(f"{address}pages/site/", sent)
    assert first.headers["Location"] == f"{address}pages/site/"
    shown = firm.client.get(first.headers["Location"]).content.decode()
    assert "申报的总建筑面积超过规划容积率（3.5）允许的规模" in shown
    assert "与规划用地性质“二类居住用地”不一致" in shown
    second = firm.client.post(f"{address}pages/site/", sent)
    assert second.headers["Location"] == f"{address}pages/environment/"
    english = firm.client.get(f"/en{address}check/").content.decode()
    assert "more than the planned floor area ratio (3.5) allows" in english


def test_who_types_a_code_has_the_blanks_filled_in_and_nothing_else(firm, address):
    sent = {"plot": PLOT.lower(), "land_use": "own_land", "address-detail": "我写的1号", "floor_area": "100"}
    answer = firm.client.post(f"{address}pages/site/", sent)
    assert answer.headers["Location"] == f"{address}pages/site/"
    kept = answers()
    assert (kept["plot"], kept["address"], kept["land_area"]) == (PLOT, "我写的1号", 8537)


def test_a_code_that_is_none_is_refused_in_both_languages_and_changes_nothing(firm, address):
    sent = {**ANSWERS["site"], "plot": EVIL[:20]}
    for root, words in (("", "“控规地块”在登记簿中查不到"), ("/en", "is not in the register, or no longer")):
        answer = firm.client.post(f"{root}{address}pages/site/", sent)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert words in shown
        assert EVIL[:20] not in shown
    assert "plot" not in answers()


def test_the_list_is_searched_by_code_by_road_and_by_place(firm, address):
    way = f"{address}pages/site/pick/plot/"

    def listed(query: str) -> list[str]:
        shown = firm.client.get(f"{way}?{query}").content.decode()
        return re.findall(r'name="entry" type="radio" value="([^"]+)"', shown)

    assert listed("q=lw1501-05") == [PLOT]
    assert PLOT in listed("q=和田大道24号")
    assert listed("part=rows&at=113.24776,23.11751") == [PLOT]
    assert listed("part=rows&at=0,0") == []
    assert len(listed("")) == 20
    # what is no place is no question
    for hostile in ("at=nan,nan", "at=1e400,2", "at=113.2", "at=999,99", "at=';--,1"):
        assert len(listed(hostile)) == 20
    assert listed("q=%25") == []
    assert listed("q=" + "机" * 5000) == []
    shown = firm.client.get(f"{way}?q={EVIL}").content.decode()
    assert EVIL not in shown


def test_nothing_or_an_unknown_one_chosen_is_told_and_nothing_is_kept(firm, address):
    before = Draft.objects.get().version
    for entry, words in (
        ("", "请选择“控规地块”"),
        (EVIL, "在登记簿中查不到"),
        ("穗规条〔2026〕LW1501-05号", "查不到"),
    ):
        answer = pick(firm, address, entry)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert Draft.objects.get().version == before


def test_a_draft_that_moved_on_is_not_written_over(firm, address):
    answer = pick(firm, address, version="1")
    assert answer.status_code == 409
    assert "plot" not in answers()


def test_only_the_applicant_reaches_his_own_pages(firm, address):
    other = a_businessman()
    for path in ("site/pick/plot/", "site/pick/address/", "site/pick/nothing/", "project/pick/plot/"):
        assert other.client.get(f"{address}pages/{path}").status_code == 404
        assert path == "site/pick/plot/" or firm.client.get(f"{address}pages/{path}").status_code == 404
    assert other.client.post(f"{address}pages/site/pick/plot/", {"entry": PLOT}).status_code == 404
    assert "plot" not in answers()


def test_a_plot_that_went_away_before_sending_is_refused_and_no_case_is_made(firm, address):
    pick(firm, address)
    fill(firm, address, pages={key: ANSWERS[key] for key in ("environment", "statement")})
    sent = {**ANSWERS["site"], "plot": PLOT, "floor_area": "3000", "land_area": "8537"}
    firm.client.post(f"{address}pages/site/", sent)
    hand_in(firm, address)
    take_away()

    answer = firm.client.post(f"{address}check/", {"declaration": "yes"})

    assert answer.status_code == 422
    assert "“控规地块”在登记簿中查不到（可能已注销），请重新选择" in answer.content.decode()
    assert Case.objects.count() == 0
    assert answers()["plot"] == PLOT
    assert "登记簿里查不到“LW1501-05”" in firm.client.get(f"{address}pages/site/").content.decode()


def test_officers_see_conflicts_and_whether_the_plot_has_changed_since(firm, address):
    pick(firm, address)
    fill(firm, address, pages={key: ANSWERS[key] for key in ("environment", "statement")})
    sent = {**ANSWERS["site"], "plot": PLOT, "floor_area": "31000", "land_area": "8537"}
    firm.client.post(f"{address}pages/site/", sent)
    hand_in(firm, address)
    send(firm, address)
    case = Case.objects.get(parent=None)
    found = find_picked("planning_plots", PLOT)
    assert found is not None
    assert case.data["picked"] == {"plot": {"entry": found.entry, "version": 1}}

    def seen():
        view = case_for_officer(actor=officer("service_centre", "window"), case_id=case.pk, at=timezone.now())
        (one,) = picks_of_case(view, at=timezone.now())
        return one

    assert [warning.zh for warning in seen().warnings] == [
        f"{RED}，线内建设受限（《城乡规划法》第四十条）",
        "申报的总建筑面积超过规划容积率（3.5）允许的规模",
    ]
    assert (seen().is_gone, seen().has_changed) == (False, False)
    amend_entry(
        actor=PLANNER,
        at=timezone.now(),
        register="planning_plots",
        entry=found.entry,
        version=1,
        values={"far": "5.0"},
        kind="correction",
    )
    assert seen().has_changed
    # a new plan doesn't loosen the conditions that were given
    assert [warning.zh for warning in seen().warnings][1:] == [
        "申报的总建筑面积超过规划条件容积率（3.5）允许的规模"
    ]
    take_away()
    assert (seen().is_gone, seen().warnings) == (True, ())


def at_the_window():
    return signed_in(officer("service_centre", "window"))


def test_at_the_counter_a_plot_is_listed_and_fills_in_the_form_that_was_typed_so_far():
    window, page = at_the_window(), "/desk/counter/investment_approval/"
    typed = {"who-name": "陈小明", "plot": "lw1501", "floor_area": "900000", "project_name": "云山数据中心"}

    listed = window.post(page, typed | {"find-entry": "plot"})
    nothing = window.post(page, typed | {"plot": "zz", "find-entry": "plot"}).content.decode()
    filled = window.post(page, typed | {"plot-entry": PLOT, "take-entry": "plot"})
    strange = window.post(page, typed | {"plot-entry": "LW0000-00", "take-entry": "plot"}).content.decode()

    shown, html = listed.content.decode(), filled.content.decode()
    assert listed.status_code == filled.status_code == 200
    assert f'name="plot-entry" type="radio" value="{PLOT}"' in shown
    assert 'value="云山数据中心"' in shown
    assert "没有以“zz”开头的编码或位置" in nothing
    assert f'name="plot" type="text" value="{PLOT}"' in html
    assert 'value="云山数据中心"' in html
    assert 'value="陈小明"' in html
    found = find_picked("planning_plots", PLOT)
    assert found is not None
    assert f'value="{found.values["location"]}"' in html
    assert RED in html
    assert "填写内容有误" not in shown + html
    assert 'value="lw1501"' in strange
    assert not Case.objects.exists()


def test_d47_at_the_counter_a_place_on_the_map_lists_what_lies_there():
    window, page = at_the_window(), "/desk/counter/investment_approval/"
    typed = {"who-name": "陈小明", "plot": "zz", "project_name": "云山数据中心", "find-entry": "plot"}
    found = find_picked("planning_plots", PLOT)
    assert found is not None
    assert found.place is not None

    first = window.get(page).content.decode()
    here = window.post(page, typed | {"plot-at": "{:.6f},{:.6f}".format(*found.place)}).content.decode()
    nowhere = window.post(page, typed | {"plot-at": "0.5,0.5"}).content.decode()
    no_place = window.post(page, typed | {"plot-at": "113.2,23.1;DROP"}).content.decode()

    assert 'data-picks-on="list-plot" data-at="plot-at" data-button="find-plot"' in first
    assert 'id="find-plot" name="find-entry"' in first
    assert "maps/js/picking" in first
    assert re.findall(r'name="plot-entry" type="radio" value="([^"]+)" checked', here) == [PLOT]
    assert 'data-found="yes"' in here
    assert 'value="云山数据中心"' in here
    assert "这里没有可以选的" in nowhere
    assert "没有以“zz”开头的编码或位置" in no_place
    assert not Case.objects.exists()


def test_what_picks_on_a_page_of_corrections_has_the_list_too(firm, address):
    pick(firm, address)
    fill(
        firm, address, pages={key: ANSWERS[key] for key in ANSWERS if key not in ("firm", "project", "site")}
    )
    firm.client.post(f"{address}pages/site/", ANSWERS["site"] | {"plot": PLOT})
    hand_in(firm, address)
    case_id = int(send(firm, address).split("/")[3])
    case = Case.objects.get(pk=case_id)
    Supplement.objects.create(
        case=case, items=[{"path": "plot", "what": "地块不对", "material": ""}], issued_by=1,
        organisation="development_planning", issued_at=case.opened_at,
        answer_until=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    Case.objects.filter(pk=case_id).update(phase="supplement")
    page = f"/space/cases/{case_id}/corrections/"

    first = firm.client.get(page).content.decode()
    listed = firm.client.post(page, {"plot": "LW1501", "find-entry": "plot"}).content.decode()
    others = [
        key for key in re.findall(r'name="plot-entry" type="radio" value="([^"]+)"', listed) if key != PLOT
    ]
    taken = firm.client.post(page, {"plot": "LW1501", "plot-entry": others[0], "take-entry": "plot"})
    before = Case.objects.get(pk=case_id).answers["plot"]
    done = firm.client.post(page, {"plot": others[0]})

    assert 'name="find-entry" value="plot"' in first
    assert 'data-picks-on="list-plot" data-at="plot-at"' in first
    assert f'name="plot" type="text" value="{others[0]}"' in taken.content.decode()
    assert before == PLOT
    assert done.status_code == 302
    assert Case.objects.get(pk=case_id).answers["plot"] == others[0]
