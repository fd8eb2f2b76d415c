"""D9: a change of a register is asked for, approved level by level, and written by its decision."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from yiwang.cases import api
from yiwang.cases.contracts.changes import ChangeAct
from yiwang.cases.contracts.errors import ChangeOutdated
from yiwang.cases.models import Case, Clock, Decision
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.exchange.models import TraceLine
from yiwang.identity.api import own_resident_id
from yiwang.identity.testing import a_citizen, sign_in
from yiwang.kernel.errors import InvalidInput
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.registers.api import amend_entry, enter_entry, open_history
from yiwang.registers.contracts import EntryNotFound, EntryRefused
from yiwang.registers.testing import a_firm, a_person

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
OWNER = "industry_commerce"


@pytest.fixture(scope="module", autouse=True)
def _applied_city(caring_city) -> None:
    """The city of all tests here."""


@pytest.fixture
def firm() -> int:
    return enter_entry(
        actor=officer(OWNER, "handler"), at=MONDAY, register="legal_entities", values=a_firm()
    ).entry


def asked(firm: int, **changes):
    given = {
        "actor": officer(OWNER, "window"), "at": TUESDAY, "register": "legal_entities", "entry": firm,
        "values": {"address": "广州市天河区天河北路 9 号"}, "act": ChangeAct.CHANGE, "reason": "已迁址",
    }  # fmt: skip
    return api.ask_register_change(**{**given, **changes})


def up_to_decision(case_id: int) -> None:
    done(officer(OWNER, "handler"), open_task(case_id, "check"), "done", at=TUESDAY)
    done(officer(OWNER, "reviewer"), open_task(case_id, "review"), "done", at=TUESDAY)


def decide(case_id: int, outcome: str = "approve", **said):
    return api.decide_case(
        actor=officer(OWNER, "approver"), at=WEDNESDAY, task_id=open_task(case_id, "decide"),
        outcome=outcome, **said,
    )  # fmt: skip


def versions(firm: int):
    return open_history(
        actor=officer(OWNER, "handler"), at=WEDNESDAY, register="legal_entities", entry=firm, reason="核对"
    )


def test_d9_a_change_is_written_by_its_approval_with_the_case_as_basis(firm):
    case = asked(firm)
    assert len(versions(firm)) == 1

    up_to_decision(case.case_id)
    assert len(versions(firm)) == 1
    decide(case.case_id)

    before, after = versions(firm)
    row = Case.objects.get(pk=case.case_id)
    assert (row.phase, row.outcome, row.organisation) == ("closed", "approve", OWNER)
    assert (before.values["address"], after.values["address"]) == (
        "广州市天河区体育西路 1 号",
        "广州市天河区天河北路 9 号",
    )
    assert (after.basis, after.valid_from, after.known_from) == (case.number, date(2026, 3, 4), WEDNESDAY)
    assert (before.act, before.valid_to) == ("change", date(2026, 3, 4))
    keys = set(Clock.objects.filter(case_id=case.case_id).values_list("limit_key", flat=True))
    assert {"check", "review", "decision"} <= keys


def test_d9_a_refused_change_leaves_the_register_alone(firm):
    case = asked(firm)
    up_to_decision(case.case_id)

    decide(case.case_id, "refuse", grounds="证明不足")

    assert len(versions(firm)) == 1
    assert Decision.objects.get(case_id=case.case_id).outcome == "refuse"


def test_d9_a_retirement_is_asked_for_the_same_way(firm):
    case = asked(firm, act=ChangeAct.RETIRE, values={}, reason="已清算")
    up_to_decision(case.case_id)
    decide(case.case_id)

    (only,) = versions(firm)
    assert (only.act, only.valid_to) == ("retired", date(2026, 3, 4))


def test_d9_an_approval_over_a_changed_entry_is_refused_and_decided_anew(firm):
    case = asked(firm)
    up_to_decision(case.case_id)
    amend_entry(
        actor=officer(OWNER, "handler"), at=TUESDAY, register="legal_entities", entry=firm, version=1,
        values={"address": "广州市越秀区北京路 2 号"}, kind="change",
    )  # fmt: skip

    with pytest.raises(ChangeOutdated) as refused:
        decide(case.case_id)
    assert refused.value.status == 409
    assert (len(versions(firm)), Decision.objects.count()) == (2, 0)

    looks = TraceLine.objects.count()
    api.renew_register_change(actor=officer(OWNER, "approver"), at=WEDNESDAY, case_id=case.case_id)
    change = Case.objects.get(pk=case.case_id).data["change"]
    assert (change["version"], change["before"], change["present"], change["values"]) == (
        2,
        {"address": "广州市天河区体育西路 1 号"},
        {"address": "广州市越秀区北京路 2 号"},
        {"address": "广州市天河区天河北路 9 号"},
    )
    assert TraceLine.objects.count() == looks  # an address of a firm is public
    decide(case.case_id)
    assert [line.values["address"] for line in versions(firm)][-1] == "广州市天河区天河北路 9 号"


def test_d9_wrong_values_are_refused_when_asked(firm):
    with pytest.raises(EntryRefused) as refused:
        asked(firm, values={"industry": "没有", "capital": "-1"})
    assert {problem.path for problem in refused.value.problems} == {"industry", "capital"}
    with pytest.raises(InvalidInput):
        asked(firm, values={})
    assert Case.objects.count() == 0


def test_d9_a_stranger_cannot_ask_nor_renew(firm):
    with pytest.raises(OperationNotAllowed):
        asked(firm, actor=officer("planning", "handler"))
    case = asked(firm)
    with pytest.raises(OperationNotAllowed):
        api.renew_register_change(actor=officer("planning", "approver"), at=TUESDAY, case_id=case.case_id)
    assert Case.objects.get().version == case.version


def test_d9_a_citizen_asks_for_the_own_data_only():
    police = officer("public_security", "handler")
    citizen = a_citizen()
    own = enter_entry(
        actor=police, at=MONDAY, register="persons",
        values={**a_person(), "id_number": own_resident_id(citizen)},
    )  # fmt: skip
    other = enter_entry(actor=police, at=MONDAY, register="persons", values=a_person(2))

    case = api.ask_register_change(
        actor=citizen, at=TUESDAY, register="persons", values={"phone": "13900139000"}, reason="号码登错"
    )

    row = Case.objects.get(pk=case.case_id)
    assert (row.person_id, row.organisation, row.data["change"]["entry"]) == (
        citizen.person_id,
        "public_security",
        own.entry,
    )
    assert row.answers["changes"] == [
        {
            "field": "联系电话 / Telephone",
            "before": "13800138000",
            "wanted": "13900139000",
        }
    ]
    with pytest.raises(EntryNotFound):
        api.ask_register_change(
            actor=citizen, at=TUESDAY, register="persons", entry=other.entry,
            values={"phone": "13900139000"}, reason="号码登错",
        )  # fmt: skip
    assert Case.objects.count() == 1


def test_d9_an_officer_who_asks_about_a_person_leaves_a_trace():
    police = officer("public_security", "handler")
    entry = enter_entry(actor=police, at=MONDAY, register="persons", values=a_person()).entry
    case = api.ask_register_change(
        actor=police, at=TUESDAY, register="persons", entry=entry, values={"phone": "13900139000"},
        reason="本人来电",
    )  # fmt: skip

    line = TraceLine.objects.get()
    assert (line.fields, line.reference, line.organisation) == (["phone"], case.number, "public_security")


def test_d9_the_desk_asks_shows_the_conflict_and_both_values(client, firm):
    sign_in(client, officer(OWNER, "window"))
    asks = f"/desk/register-changes/legal_entities/{firm}/"
    assert "应改为" in client.get(asks).content.decode()
    sent = client.post(
        asks, {"act": "correction", "field": "name", "wanted": "广州测试二有限公司", "reason": "名称登错"}
    )
    row = Case.objects.get()
    assert sent.headers["Location"] == f"/desk/cases/{row.number}/"
    empty = client.post(asks, {"act": "correction", "field": "name", "wanted": "x", "reason": ""})
    assert (empty.status_code, Case.objects.count()) == (422, 1)

    up_to_decision(row.pk)
    amend_entry(
        actor=officer(OWNER, "handler"), at=TUESDAY, register="legal_entities", entry=firm, version=1,
        values={"name": "广州测试三有限公司"}, kind="correction",
    )  # fmt: skip
    sign_in(client, officer(OWNER, "approver"))
    task = open_task(row.pk, "decide")
    refused = client.post(
        f"/en/desk/cases/{row.number}/tasks/{task}/complete/", {"outcome": "approve", "grounds": "Fine"}
    )
    assert (refused.status_code, "has changed since" in refused.content.decode()) == (409, True)
    client.post(f"/desk/cases/{row.number}/acts/present_values/")
    page = client.get(f"/desk/cases/{row.number}/").content.decode()
    for value in ("广州测试科技有限公司", "广州测试三有限公司", "广州测试二有限公司", "有变动"):
        assert value in page


def test_asking_for_a_change_is_no_way_to_see_a_sensitive_field(client):
    """The counter does not see it when it opens the entry, so neither by asking nor on somebody's case."""
    police, window = officer("public_security", "handler"), officer("public_security", "window")
    entry = enter_entry(actor=police, at=MONDAY, register="persons", values=a_person()).entry
    asked = {
        "at": TUESDAY, "register": "persons", "entry": entry, "values": {"marital_status": "10"},
        "reason": "登记错误",
    }  # fmt: skip

    with pytest.raises(OperationNotAllowed):
        api.ask_register_change(actor=window, **asked)
    assert (Case.objects.count(), TraceLine.objects.count()) == (0, 0)

    case = api.ask_register_change(actor=police, **asked)
    shown = {}
    for reader in (police, window):
        sign_in(client, reader)
        shown[reader] = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert ("已婚" in shown[police], "已婚" in shown[window]) == (True, False)
    assert "无权查阅" in shown[window]
