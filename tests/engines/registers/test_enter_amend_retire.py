"""Entries are entered, changed, corrected and retired; the history answers in both times."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from psycopg import sql

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import amend_entry, enter_entry, get_register, retire_entry
from yiwang.registers.contracts import (
    AsOf,
    EntryChanged,
    EntryNotFound,
    EntryRefused,
    KnownEarlier,
    SourceNotAllowed,
    Written,
    WrongEffectiveDay,
)
from yiwang.registers.queries.versions import find_entry, list_versions
from yiwang.registers.rules.reading import view_of_entry
from yiwang.registers.tables.columns import history, table
from yiwang.registers.tables.running import rows
from yiwang.registers.testing import a_firm, an_officer

MARCH_2 = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
APRIL_1 = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
APRIL_5 = datetime(2026, 4, 5, 2, 0, tzinfo=UTC)
MAY_5 = datetime(2026, 5, 5, 2, 0, tzinfo=UTC)
REGISTER = "legal_entities"


def counts() -> tuple[int, int]:
    """Present entries and superseded versions."""
    count = sql.SQL("SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM {})")
    return rows(count.format(table(REGISTER), history(REGISTER)))[0]


def journal():
    return list(
        JournalEntry.objects.filter(operation__startswith="registers").values_list(
            "operation", "subject", "outcome", "reason"
        )
    )


@pytest.fixture
def firm(city, registrar) -> Written:
    return enter_entry(actor=registrar, at=MARCH_2, register=REGISTER, values=a_firm())


def name_at(entry: int, valid: date, known: datetime) -> str | None:
    definition = get_register(REGISTER)
    found = find_entry(
        definition,
        view_of_entry(definition, sensitive=True),
        entry=entry,
        as_of=AsOf(valid=valid, known=known),
    )
    return None if found is None else found.values["name"]


def test_an_entry_is_entered_with_its_version_and_journalled(firm):
    definition = get_register(REGISTER)
    found = find_entry(definition, view_of_entry(definition, sensitive=True), entry=firm.entry)

    assert (firm.register, firm.version) == (REGISTER, 1)
    assert json.loads(found.body) == {
        "entry": firm.entry,
        "version": 1,
        "source": "industry_commerce",
        "valid_from": "2026-03-02",
        "known_from": "2026-03-02T02:00:00+00:00",
        "values": {
            "credit_code": "91440101MA00000156",
            "name": "广州测试科技有限公司",
            "kind": "company",
            "legal_representative": "王建国",
            "representative_id": "11010519491231002X",
            "industry": "I65",
            "division": "440106",
            "address": "广州市天河区体育西路 1 号",
            "capital": "1000000.00",
            "established": "2020-03-01",
            "phone": None,
            "status": "active",
            "abnormal": None,
            "organisation_code": None,
            "tax_number": None,
            "address_code": None,
        },
        "masked": [],
    }
    assert counts() == (1, 0)
    assert journal() == [("registers.entry.enter", f"register:{REGISTER}:{firm.entry}", "done", "")]


def test_every_wrong_value_is_named_and_nothing_is_entered(city, registrar):
    wrong = a_firm() | {
        "credit_code": "91440101MA5CKH8X0A",
        "name": "=HYPERLINK(1)",
        "kind": "castle",
        "division": "44010",
        "capital": "-1",
        "established": "2021-02-29",
        "legal_representative": None,
    }

    with pytest.raises(EntryRefused) as refused:
        enter_entry(actor=registrar, at=MARCH_2, register=REGISTER, values=wrong)

    assert [(p.path, p.text.en) for p in refused.value.problems] == [
        ("credit_code", "Not a valid credit code: 18 characters with the right check character"),
        ("name", "The cell is a spreadsheet formula, which is not taken"),
        ("kind", "Not in the code list"),
        ("legal_representative", "Must be given"),
        ("division", "A division code has 6, 9 or 12 digits"),
        ("capital", "Less than 0"),
        ("established", "Not a real date such as 2026-09-30"),
    ]
    assert counts() == (0, 0)
    assert journal() == [
        ("registers.entry.enter", f"register:{REGISTER}", "refused", "registers.entry_refused")
    ]


def test_an_unknown_field_is_refused_by_name(city, registrar):
    with pytest.raises(EntryRefused) as refused:
        enter_entry(actor=registrar, at=MARCH_2, register=REGISTER, values=a_firm() | {"colour": "red"})

    assert refused.value.problems == (
        FieldProblem("colour", Text("登记簿没有这个字段", "The register has no such field")),
    )
    assert counts() == (0, 0)


def test_a_key_is_entered_once(firm, registrar):
    with pytest.raises(EntryRefused) as refused:
        enter_entry(actor=registrar, at=APRIL_1, register=REGISTER, values=a_firm())

    assert [(p.path, p.text.en) for p in refused.value.problems] == [
        ("credit_code", "The register has an entry with this “Unified social credit code” already")
    ]
    assert counts() == (1, 0)


def test_d4_a_change_keeps_what_was_so_before(firm, registrar):
    written = amend_entry(
        actor=registrar, at=APRIL_5, register=REGISTER, entry=firm.entry, version=1,
        values={"name": "广州新名有限公司"}, kind="change", valid_from=date(2026, 4, 1),
    )  # fmt: skip

    assert written == Written(register=REGISTER, entry=firm.entry, version=2)
    assert counts() == (1, 1)
    # known on 5 April: the old name until the end of March, the new one from 1 April on
    assert name_at(firm.entry, date(2026, 3, 31), APRIL_5) == "广州测试科技有限公司"
    assert name_at(firm.entry, date(2026, 4, 1), APRIL_5) == "广州新名有限公司"
    # known on 1 April: nobody had told yet
    assert name_at(firm.entry, date(2026, 4, 2), APRIL_1) == "广州测试科技有限公司"
    # before it was entered or held there was nothing
    assert name_at(firm.entry, date(2026, 3, 1), APRIL_5) is None
    assert name_at(firm.entry, date(2026, 4, 2), datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_d4_a_correction_replaces_the_belief_for_the_whole_time(firm, registrar):
    amend_entry(
        actor=registrar, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1,
        values={"name": "广州更正有限公司"}, kind="correction",
    )  # fmt: skip

    assert name_at(firm.entry, date(2026, 3, 2), APRIL_5) == "广州更正有限公司"
    assert name_at(firm.entry, date(2026, 3, 2), MARCH_2) == "广州测试科技有限公司"
    assert counts() == (1, 1)


def test_d4_the_history_tells_every_version(firm, registrar):
    common = {"actor": registrar, "register": REGISTER, "entry": firm.entry}
    amend_entry(**common, at=APRIL_1, version=1, values={"name": "甲", "industry": "C26"}, kind="change")
    amend_entry(**common, at=APRIL_5, version=2, values={"name": "乙"}, kind="correction")
    retire_entry(**common, at=MAY_5, version=3, valid_to=date(2026, 5, 1))

    definition = get_register(REGISTER)
    lines = list_versions(definition, view_of_entry(definition, sensitive=True), firm.entry)

    assert [
        (v.version, v.act, v.valid_from, v.valid_to, v.known_from, v.known_to, v.values["name"], v.changed)
        for v in lines
    ] == [
        (1, "change", date(2026, 3, 2), date(2026, 4, 1), MARCH_2, None, "广州测试科技有限公司", ()),
        (2, "correction", date(2026, 4, 1), None, APRIL_1, APRIL_5, "甲", ("name", "industry")),
        (3, "retired", date(2026, 4, 1), date(2026, 5, 1), APRIL_5, None, "乙", ("name",)),
    ]
    assert counts() == (0, 3)
    assert name_at(firm.entry, date(2026, 4, 30), MAY_5) == "乙"
    assert name_at(firm.entry, date(2026, 5, 1), MAY_5) is None
    assert name_at(firm.entry, date(2026, 5, 1), APRIL_5) == "乙"


def test_a_retired_key_may_be_entered_again_from_its_end_on(firm, registrar):
    retire_entry(
        actor=registrar, at=MAY_5, register=REGISTER, entry=firm.entry, version=1, valid_to=date(2026, 5, 1)
    )

    with pytest.raises(EntryRefused) as refused:
        enter_entry(
            actor=registrar, at=MAY_5, register=REGISTER, values=a_firm(), valid_from=date(2026, 4, 30)
        )
    again = enter_entry(
        actor=registrar, at=MAY_5, register=REGISTER, values=a_firm(), valid_from=date(2026, 5, 1)
    )

    assert [p.text.en for p in refused.value.problems] == [
        "Valid from before the end of the retired entry of this key"
    ]
    assert again.entry != firm.entry
    assert counts() == (1, 1)


def test_the_second_of_two_officers_is_told(firm, registrar):
    amend_entry(
        actor=registrar, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1,
        values={"name": "甲"}, kind="change",
    )  # fmt: skip

    with pytest.raises(EntryChanged):
        amend_entry(
            actor=registrar, at=APRIL_5, register=REGISTER, entry=firm.entry, version=1,
            values={"name": "乙"}, kind="change",
        )  # fmt: skip
    with pytest.raises(EntryChanged):
        retire_entry(actor=registrar, at=APRIL_5, register=REGISTER, entry=firm.entry, version=1)

    assert name_at(firm.entry, date(2026, 4, 5), APRIL_5) == "甲"
    assert counts() == (1, 1)


@pytest.mark.parametrize(
    ("day", "kind"), [(date(2026, 3, 1), "change"), (date(2026, 4, 2), "change")], ids=["before", "future"]
)
def test_a_change_takes_effect_neither_before_the_version_nor_in_the_future(firm, registrar, day, kind):
    with pytest.raises(WrongEffectiveDay) as refused:
        amend_entry(
            actor=registrar, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1,
            values={"name": "甲"}, kind=kind, valid_from=day,
        )  # fmt: skip

    assert (refused.value.earliest, refused.value.latest) == (date(2026, 3, 2), date(2026, 4, 1))
    assert counts() == (1, 0)


def test_time_cannot_run_backwards(firm, registrar):
    with pytest.raises(KnownEarlier):
        retire_entry(
            actor=registrar,
            at=datetime(2026, 3, 1, tzinfo=UTC),
            register=REGISTER,
            entry=firm.entry,
            version=1,
        )

    assert counts() == (1, 0)


def test_a_field_can_be_emptied_unless_it_is_required(firm, registrar):
    common = {
        "actor": registrar,
        "at": APRIL_1,
        "register": REGISTER,
        "entry": firm.entry,
        "kind": "correction",
    }
    with pytest.raises(EntryRefused):
        amend_entry(**common, version=1, values={"name": ""})
    amend_entry(**common, version=1, values={"industry": None})

    definition = get_register(REGISTER)
    found = find_entry(definition, view_of_entry(definition, sensitive=True), entry=firm.entry)
    assert (found.version, found.values["industry"], found.values["name"]) == (
        2,
        None,
        "广州测试科技有限公司",
    )


def test_another_organisation_may_not_write(firm):
    stranger = an_officer("planning", "handler")

    with pytest.raises(SourceNotAllowed):
        enter_entry(actor=stranger, at=APRIL_1, register=REGISTER, values=a_firm())
    with pytest.raises(OperationNotAllowed):
        enter_entry(
            actor=stranger, at=APRIL_1, register=REGISTER, values=a_firm(), source="industry_commerce"
        )
    with pytest.raises(OperationNotAllowed):
        amend_entry(
            actor=stranger, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1,
            values={"name": "甲"}, kind="change",
        )  # fmt: skip
    with pytest.raises(OperationNotAllowed):
        retire_entry(actor=stranger, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1)

    assert counts() == (1, 0)
    assert [line[2:] for line in journal()[1:]] == [
        ("refused", "registers.source_not_allowed"),
        ("refused", "platform.operation_not_allowed"),
        ("refused", "platform.operation_not_allowed"),
        ("refused", "platform.operation_not_allowed"),
    ]


def test_a_source_amends_its_own_entries_only(firm):
    civil = an_officer("civil_affairs", "handler")

    with pytest.raises(OperationNotAllowed):
        amend_entry(
            actor=civil, at=APRIL_1, register=REGISTER, entry=firm.entry, version=1,
            values={"name": "甲"}, kind="change",
        )  # fmt: skip
    own = enter_entry(
        actor=civil, at=APRIL_1, register=REGISTER, values=a_firm(2) | {"kind": "social_organisation"}
    )

    assert own.version == 1
    assert counts() == (2, 0)


def test_an_entry_that_is_not_there_cannot_be_amended(city, registrar):
    with pytest.raises(EntryNotFound):
        retire_entry(actor=registrar, at=APRIL_1, register=REGISTER, entry=999_999, version=1)
