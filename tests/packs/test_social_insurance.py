"""Insured persons, periods and contributions: numbers tie them, amounts are hidden, looks leave a trace."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.layers import held

from yiwang.exchange.api import get_resource, person_reference, trace_of
from yiwang.kernel.codes import check_credit_code, check_resident_id
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_entry, enter_examples, list_entries, open_entry, read_examples
from yiwang.registers.contracts import EntryRefused
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
FOLDER = ROOT / "packs" / "social_insurance"
LABOUR = an_officer("labour", "handler", account=11)
WINDOW = an_officer("labour", "window", account=12)
TAX = an_officer("local_tax", "handler", account=13)
CHEN = "440100198503129011"
PERIOD = {
    "number": "QJ-1", "insured": CHEN, "insurance": "pension", "employer": "91440100MK0000011X",
    "started": "2026-01-01",
}  # fmt: skip


def _fill():
    apply_packs(ROOT / "packs", ["social_insurance"], at=AT)
    enter_examples(FOLDER, actor=Actor.system("examples"), at=AT, for_demonstration=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(register, actor=LABOUR, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    return json.loads(list_entries(actor=actor, register=register, asked=asked, at=AT).body)


def refusal(**changed):
    with pytest.raises(EntryRefused) as refused:
        enter_entry(actor=LABOUR, at=AT, register="insurance_periods", values=PERIOD | changed)
    return [problem.path for problem in refused.value.problems]


def test_a_person_has_a_period_for_each_insurance():
    kinds = [row["values"]["insurance"] for row in found("insurance_periods", insured=CHEN)]

    assert kinds == ["pension", "medical", "unemployment", "work_injury", "maternity"]
    assert [len(found(r)) for r in ("insured_persons", "insurance_periods", "insurance_contributions")] == [
        5, 19, 34,
    ]  # fmt: skip


def test_a_firms_contributions_of_a_month_are_found_by_its_code():
    rows = found("insurance_contributions", employer="91440100MK0000011X", month="2026-02-01")

    assert [(row["values"]["insurance"], row["values"]["state"]) for row in rows] == [
        (kind, "paid") for kind in ("pension", "medical", "unemployment", "work_injury", "maternity")
    ] * 2


def test_a_period_needs_an_insured_person_and_a_sound_employers_code():
    assert refusal(insured="440100199910109999") == ["insured"]
    assert refusal(employer="91440100MK00000110") == ["employer"]
    assert len(found("insurance_periods")) == 19
    enter_entry(actor=LABOUR, at=AT, register="insurance_periods", values=PERIOD)
    assert len(found("insurance_periods")) == 20


def test_lists_shorten_numbers_and_hide_amounts():
    (row,) = found("insurance_contributions", insurance="pension", insured=CHEN, month="2026-01-01")

    assert row["values"]["insured"] == "440100********9011"
    assert [row["values"][name] for name in ("base", "employer_share", "own_share")] == [None, None, None]


def test_whoever_opens_a_contribution_leaves_a_trace_and_only_by_right_sees_amounts():
    (row,) = found("insurance_contributions", insurance="pension", insured=CHEN, month="2026-01-01")
    how = {"register": "insurance_contributions", "entry": row["entry"], "reason": "核对缴费", "at": AT}

    opened = open_entry(actor=LABOUR, **how)
    without_right = open_entry(actor=WINDOW, **how)

    assert [Decimal(opened.values[name]) for name in ("base", "employer_share", "own_share")] == [
        6000,
        900,
        480,
    ]
    assert (without_right.values["base"], without_right.values["insured"]) == (None, CHEN)
    lines = trace_of(person_reference(CHEN))
    assert sorted("base" in line.fields for line in lines) == [False, True]
    assert {line.organisation for line in lines} == {"labour"}


def test_taxes_see_the_contributions_that_they_collect_and_no_insured_persons():
    assert len(found("insurance_contributions", TAX)) == 34
    with pytest.raises(OperationNotAllowed):
        found("insured_persons", TAX)


def test_resources_are_shared_on_conditions_without_amounts():
    codes = ("insurance_status", "insurance_period", "insurance_contribution")
    resources = [get_resource(code) for code in codes]
    names = {field.name for resource in resources for field in resource.fields}

    assert [(r.owner, r.sharing) for r in resources] == [("labour", "conditional")] * 3
    assert names & {"base", "employer_share", "own_share", "phone", "card_number"} == set()


def test_numbers_of_the_examples_have_sound_check_characters_and_shares_follow_the_base():
    rates = {
        "pension": ("15", "8"),
        "medical": ("5.5", "2"),
        "unemployment": ("0.8", "0.2"),
        "work_injury": ("0.2", "0"),
        "maternity": ("0.85", "0"),
    }
    for examples in read_examples(FOLDER):
        for entry in examples.entries:
            values = entry.values
            number = str(values.get("id_number") or values["insured"])
            assert check_resident_id(number, on=date(2026, 3, 2)) is None
            if values.get("employer"):
                assert check_credit_code(str(values["employer"])) is None
            if "base" in values and values.get("employer"):
                base = Decimal(str(values["base"]))
                wanted = tuple(base * Decimal(rate) / 100 for rate in rates[str(values["insurance"])])
                shares = Decimal(str(values["employer_share"])), Decimal(str(values["own_share"]))
                assert shares == wanted
