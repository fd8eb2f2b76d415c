"""The figures of the five documents stand in the register, each with the bureau that answers for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from tests.layers import held

from yiwang.exchange.api import get_resource
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, amend_entry, list_entries, open_entry, open_history
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
CODE = "macro_indicators"
STATISTICS = an_officer("statistics", "handler", account=11)
PLANNING = an_officer("development_planning", "handler", account=12)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(
        lambda: apply_packs(ROOT / "packs", ["macro_economy"], at=AT, with_data=True), django_db_blocker
    ):
        yield


@pytest.fixture(autouse=True)
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def found(actor=None, **equal):
    asked = Asked(equal=equal, limit=1000, count="exact")
    return json.loads(list_entries(actor=actor, register=CODE, asked=asked, at=LATER).body)


def test_all_334_figures_are_there_and_everybody_may_read_them():
    kinds = [len(found(kind=kind)) for kind in ("actual", "target", "forecast")]

    assert (len(found()), kinds) == (334, [228, 82, 24])
    assert len(found(division="440100")) == 64
    assert len(found(place="天津", kind="actual")) == 31


def test_a_figure_keeps_its_unit_period_qualifier_and_source():
    (entry,) = found(number="N006")

    assert entry["values"] == {
        "number": "N006",
        "indicator_zh": "城乡固定电话用户",
        "indicator_en": "Fixed-line telephone subscribers, urban and rural",
        "value": "293.1",
        "unit": "万户",
        "period": "2004-12",
        "place": "大连",
        "division": "210200",
        "qualifier": None,
        "value_base": "2931000",
        "unit_base": "户",
        "period_from": "2004-12-01",
        "period_to": "2004-12-31",
        "period_basis": "stated",
        "kind": "actual",
        "document": "副省级城市信息化工作联席会第二次会议侧记（2005年）",
        "note": None,
    }


def test_each_of_both_bureaus_corrects_its_own_and_the_error_stays_in_the_history():
    (actual,) = found(number="N006")
    (target,) = found(kind="target", division="440100")[:1]
    corrected = {"entry": actual["entry"], "version": 1, "values": {"value": "293.2"}, "kind": "correction"}

    with pytest.raises(OperationNotAllowed):
        amend_entry(actor=PLANNING, at=LATER, register=CODE, **corrected)
    amend_entry(actor=STATISTICS, at=LATER, register=CODE, **corrected)
    amend_entry(
        actor=PLANNING, at=LATER, register=CODE, entry=target["entry"], version=1,
        values={"note": "checked"}, kind="correction",
    )  # fmt: skip

    opened = open_entry(actor=STATISTICS, at=LATER, register=CODE, entry=actual["entry"], reason="核对")
    lines = open_history(actor=STATISTICS, at=LATER, register=CODE, entry=actual["entry"], reason="核对")
    assert (opened.values["value"], opened.version) == ("293.2", 2)
    assert [(line.version, line.act) for line in lines] == [(1, "correction"), (2, "present")]
    assert len(found()) == 334


def test_the_catalogue_shares_the_figures_with_everybody():
    resource = get_resource("macro_figures")

    assert (resource.owner, resource.sharing) == ("statistics", "unconditional")
