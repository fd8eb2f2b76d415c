"""Lists of departments are matched under grants; differences become work, are answered, go and come back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from yiwang.exchange.api import issue_grant
from yiwang.exchange.models import TraceLine
from yiwang.kernel.text import Text
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, amend_entry, enter_examples, list_entries
from yiwang.registers.matching.api import (
    ask_run,
    judge_pair,
    list_runs,
    perform_run,
    settle_findings,
    tallies,
)
from yiwang.registers.matching.contracts import (
    AnswerRefused,
    DoubtNotFound,
    FindingsNotFound,
    Outcome,
    RunGoesOn,
    State,
)
from yiwang.registers.matching.definitions import FIELDS
from yiwang.registers.matching.models import Doubt, Finding, Matching, Run, Verdict
from yiwang.registers.matching.queries.doubts import find_doubts
from yiwang.registers.matching.queries.findings import find_findings
from yiwang.registers.matching.queries.matchings import get_matching
from yiwang.registers.matching.rules.differences import Kind
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FOLDER = ROOT / "packs" / "enterprise_sharing"
OPERATOR = an_officer("informatization", "handler", account=21)
TAX = an_officer("local_tax", "handler", account=22)
STATE_TAX = an_officer("state_tax", "handler", account=23)
LEADER = an_officer("municipal_government", "leader", account=24)
BASIS = Text("《税收征收管理法》第六条", "Tax Collection Law, article 6")


def grant(resource, grantee, fields):
    issue_grant(
        actor=an_officer(resource.removeprefix("firms_"), "approver"), at=AT, resource=resource,
        grantee=grantee, fields=fields, purpose="supervision", legal_basis=BASIS,
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip


@pytest.fixture
def city(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["enterprise_sharing"], at=AT)
    enter_examples(FOLDER, actor=Actor.system("examples"), at=AT)
    for resource in get_matching("firms").resources:
        grant(resource, "informatization", tuple(FIELDS.values()))


def run(at=AT):
    number = ask_run(actor=OPERATOR, at=at, matching="firms", defer=False)
    assert perform_run(run_id=number, now=lambda: at) == "done"
    return number


def found(actor, kind, organisation=None, at=AT, **asked):
    where = organisation or actor.organisation
    return find_findings(actor=actor, matching="firms", organisation=where, kind=kind, at=at, **asked)


def test_differences_become_work_of_the_department_with_a_term_of_working_days(city):
    run()

    (untaxed,) = found(TAX, Kind.NO_TAX)
    assert (untaxed.other_list, untaxed.state, untaxed.key) == ("firms_industry_commerce", State.OPEN, "")
    # fifteen working days from Monday the 2nd of March
    assert untaxed.due_at.isoformat().startswith("2026-03-23")
    (going_on,) = found(STATE_TAX, Kind.ENDED_BUT_GOING_ON)
    assert (going_on.list, going_on.key, going_on.name) == (
        "firms_state_tax", "GT-SL-0003", "广州市恒瑞丰贸易有限公司",
    )  # fmt: skip
    # the unit without a code and the tax office's old name are known by name, house, person and telephone
    assert {(t.organisation, t.kind, t.open) for t in tallies(actor=OPERATOR, matching="firms", at=AT)} == {
        ("local_tax", Kind.NO_TAX, 1),
        ("local_tax", Kind.OTHER_NAME, 1),
        ("state_tax", Kind.ENDED_BUT_GOING_ON, 1),
        ("state_tax", Kind.OTHER_REPRESENTATIVE, 1),
        ("labour", Kind.ENDED_BUT_GOING_ON, 1),
    }


def test_each_list_is_read_once_under_its_grant_and_leaves_a_trace_with_its_size(city):
    number = run()
    lines = TraceLine.objects.filter(purpose="supervision").order_by("resource")

    assert [(line.resource, line.organisation, line.size, line.subject) for line in lines] == [
        ("firms_customs", "informatization", 1, ""),
        ("firms_foreign_trade", "informatization", 1, ""),
        ("firms_industry_commerce", "informatization", 4, ""),
        ("firms_labour", "informatization", 3, ""),
        ("firms_local_tax", "informatization", 3, ""),
        ("firms_quality", "informatization", 3, ""),
        ("firms_state_tax", "informatization", 4, ""),
        ("firms_statistics", "informatization", 3, ""),
    ]
    assert {line.reference for line in lines} == {f"企业基础信息比对第{number}次"}


def test_without_the_grant_of_one_department_nothing_is_read_and_the_reason_is_kept(db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    apply_packs(ROOT / "packs", ["enterprise_sharing"], at=AT)
    grant("firms_industry_commerce", "informatization", tuple(FIELDS.values()))
    number = ask_run(actor=OPERATOR, at=AT, matching="firms", defer=False)

    assert perform_run(run_id=number, now=lambda: AT) == "failed"
    assert TraceLine.objects.count() == 0
    (last,) = list_runs("firms")
    assert "firms_quality" in last.report["reason"]["zh"]
    # and the lists can be matched again
    assert ask_run(actor=OPERATOR, at=AT, matching="firms", defer=False) > number


def test_what_another_list_says_is_seen_only_under_a_grant(city):
    run()
    (untaxed,) = found(TAX, Kind.NO_TAX)
    assert (untaxed.other_name, untaxed.other_key, untaxed.other_status) == ("", "", "")

    grant("firms_industry_commerce", "local_tax", ("number", "name"))

    (untaxed,) = found(TAX, Kind.NO_TAX)
    assert (untaxed.other_name, untaxed.other_key, untaxed.other_status) == (
        "广州样本科技有限公司", "GS-SL-0002", "",
    )  # fmt: skip


def test_a_department_sees_its_own_work_only_and_the_operator_counts(city):
    run()

    assert found(STATE_TAX, Kind.NO_TAX, "local_tax") == []
    assert found(OPERATOR, Kind.NO_TAX, "local_tax") == []
    assert {t.organisation for t in tallies(actor=TAX, matching="firms", at=AT)} == {"local_tax"}
    every = tallies(actor=OPERATOR, matching="firms", at=AT)
    assert every == tallies(actor=LEADER, matching="firms", at=AT)
    assert {t.organisation for t in every} == {"labour", "local_tax", "state_tax"}
    assert found(LEADER, Kind.NO_TAX, "local_tax") == []


def test_a_second_run_repeats_nothing_and_answers_stay(city):
    run()
    before = Finding.objects.count()
    (untaxed,) = found(TAX, Kind.NO_TAX)
    settle_findings(
        actor=TAX, at=AT, matching="firms", organisation="local_tax", findings=[untaxed.id],
        outcome=Outcome.NOT_SO, remark="总机构汇总缴纳",
    )  # fmt: skip
    later = AT + timedelta(days=30)

    run(later)

    assert Finding.objects.count() == before
    (untaxed,) = found(TAX, Kind.NO_TAX)
    assert (untaxed.state, untaxed.outcome, untaxed.reopened) == (State.SETTLED, Outcome.NOT_SO, 0)
    assert list_runs("firms")[0].report["differences"] == {"new": 0, "gone": 0, "back": 0}


def test_what_was_repaired_is_closed_and_comes_back_when_the_lists_differ_again(city):
    run()
    (renamed,) = found(TAX, Kind.OTHER_NAME)
    entry = next(row["entry"] for row in _rows("firms_local_tax") if row["values"]["number"] == renamed.key)
    rename(entry, "广州市盛宏达电子有限公司")

    run(AT + timedelta(days=1))
    (renamed,) = found(TAX, Kind.OTHER_NAME)
    assert renamed.state is State.REPAIRED

    rename(entry, "广州市盛宏达电器有限公司")
    run(AT + timedelta(days=2))
    (renamed,) = found(TAX, Kind.OTHER_NAME)
    assert (renamed.state, renamed.reopened) == (State.OPEN, 1)
    assert list_runs("firms")[0].report["differences"]["back"] == 1


def test_put_right_is_believed_until_the_lists_are_matched_again(city):
    run()
    (untaxed,) = found(TAX, Kind.NO_TAX)
    settle_findings(
        actor=TAX, at=AT, matching="firms", organisation="local_tax", findings=[untaxed.id],
        outcome=Outcome.PUT_RIGHT, yuan=Decimal("12000.50"),
    )  # fmt: skip
    assert [t.yuan for t in tallies(actor=TAX, matching="firms", at=AT) if t.kind is Kind.NO_TAX] == [
        Decimal("12000.50")
    ]

    run(AT + timedelta(days=1))

    (untaxed,) = found(TAX, Kind.NO_TAX)
    assert (untaxed.state, untaxed.outcome, untaxed.reopened) == (State.OPEN, None, 1)


def _rows(register):
    actor = an_officer(register.removeprefix("firms_"), "handler")
    return json.loads(list_entries(actor=actor, register=register, asked=Asked(), at=AT).body)


def rename(entry, name):
    values = next(row for row in _rows("firms_local_tax") if row["entry"] == entry)
    amend_entry(
        actor=TAX, at=AT + timedelta(hours=values["version"]), register="firms_local_tax", entry=entry,
        version=values["version"], kind="correction", values={"name": name},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "whose"),
    [
        (an_officer("state_tax", "handler"), "local_tax"),
        (an_officer("local_tax", "window"), "local_tax"),
        (LEADER, "local_tax"),
        (OPERATOR, "local_tax"),
    ],
)
def test_nobody_else_answers_and_nothing_changes(city, who, whose):
    run()
    (untaxed,) = found(TAX, Kind.NO_TAX)

    with pytest.raises(OperationNotAllowed):
        settle_findings(
            actor=who, at=AT, matching="firms", organisation=whose, findings=[untaxed.id],
            outcome=Outcome.NOT_SO,
        )  # fmt: skip
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}


def test_answers_are_all_or_none(city):
    run()
    (untaxed,), (other,) = found(TAX, Kind.NO_TAX), found(STATE_TAX, Kind.ENDED_BUT_GOING_ON)
    answer = {
        "actor": TAX,
        "at": AT,
        "matching": "firms",
        "organisation": "local_tax",
        "outcome": Outcome.TRUE,
    }

    with pytest.raises(FindingsNotFound):
        settle_findings(findings=[untaxed.id, other.id], **answer)
    for findings, yuan in (([], None), ([untaxed.id, other.id], Decimal(1)), ([untaxed.id], Decimal(-1))):
        with pytest.raises(AnswerRefused):
            settle_findings(findings=findings, yuan=yuan, **answer)
    assert set(Finding.objects.values_list("state", flat=True)) == {"open"}
    assert settle_findings(findings=[untaxed.id], **answer) == 1


def test_one_run_at_a_time_and_only_by_the_operator(city):
    with pytest.raises(OperationNotAllowed):
        ask_run(actor=TAX, at=AT, matching="firms", defer=False)
    assert Run.objects.count() == 0
    ask_run(actor=OPERATOR, at=AT, matching="firms", defer=False)
    with pytest.raises(RunGoesOn):
        ask_run(actor=OPERATOR, at=AT, matching="firms", defer=False)
    assert Run.objects.count() == 1


def a_doubt():
    return Doubt.objects.create(
        matching=Matching.objects.get(code="firms"), list_l="firms_industry_commerce", key_l="GS-SL-0002",
        list_r="firms_statistics", key_r="TJ-SL-0002", probability=0.7,
    ).pk  # fmt: skip


def test_a_pair_is_judged_once_by_the_operator_and_the_next_run_follows(city):
    doubt = a_doubt()
    (shown,) = find_doubts(actor=OPERATOR, matching="firms", at=AT)
    assert (shown.left["name"], shown.right["name"]) == ("广州样本科技有限公司", "广州样本科技公司")
    assert find_doubts(actor=TAX, matching="firms", at=AT) == []
    with pytest.raises(OperationNotAllowed):
        judge_pair(actor=TAX, at=AT, matching="firms", doubt=doubt, is_same=True)
    assert (Doubt.objects.count(), Verdict.objects.count()) == (1, 0)

    judge_pair(actor=OPERATOR, at=AT, matching="firms", doubt=doubt, is_same=False)

    with pytest.raises(DoubtNotFound):
        judge_pair(actor=OPERATOR, at=AT, matching="firms", doubt=doubt, is_same=True)
    assert list(Verdict.objects.values_list("is_same", "by")) == [(False, 21)]
    run()
    # told apart from its unit, the firm counts as one that the statisticians don't have
    kinds = found(an_officer("statistics", "handler"), Kind.NOT_COUNTED)
    assert [finding.list for finding in kinds] == ["firms_statistics"]
