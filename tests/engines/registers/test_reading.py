"""Reads are masked by right, opened entries leave a trace, other departments come through the exchange."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from yiwang.exchange.api import issue_grant, person_reference, request_data, trace_of, verify_data
from yiwang.exchange.contracts import LookKind, NoGrant, Purpose, PurposeRefused
from yiwang.exchange.models import TraceLine
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import (
    Asked,
    amend_entry,
    enter_entry,
    list_entries,
    open_entry,
    open_entry_by_key,
    open_history,
    preview_entry,
    retire_entry,
)
from yiwang.registers.contracts import AsOf, EntryNotFound, FilterRefused
from yiwang.registers.testing import a_firm, a_person, an_officer, apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
ID_1 = a_person(1)["id_number"]


@pytest.fixture
def people(city, police):
    return [
        enter_entry(actor=police, at=AT, register="persons", values=a_person(number)).entry
        for number in (1, 2, 3)
    ]


@pytest.fixture
def firms(city, registrar):
    return [
        enter_entry(actor=registrar, at=AT, register="legal_entities", values=a_firm(number)).entry
        for number in range(1, 6)
    ]


def listed(actor, register="persons", **asked):
    page = list_entries(actor=actor, register=register, asked=Asked(**asked), at=LATER)
    return page, json.loads(page.body)


def test_a_list_shows_enough_to_recognise_and_no_more(people, police):
    page, entries = listed(police, limit=1)

    assert entries == [
        {
            "entry": people[0],
            "version": 1,
            "source": "public_security",
            "valid_from": "2026-03-02",
            "known_from": "2026-03-02T02:00:00+00:00",
            "values": {
                "id_number": "440199********" + ID_1[-4:],
                "name": "陈**",
                "sex": None,
                "birth_date": None,
                "ethnic_group": None,
                "residence_division": "440103001101",
                "residence_address": "广州市荔湾区****",
                "phone": "138****8000",
                "marital_status": None,
                "address_code": None,
            },
            "masked": [
                "id_number", "name", "sex", "birth_date", "ethnic_group", "residence_address", "phone",
                "marital_status", "address_code",
            ],
        }
    ]  # fmt: skip
    assert (page.size, page.after, page.count) == (1, people[0], None)
    assert TraceLine.objects.count() == 0


def test_pages_follow_by_key_and_the_last_says_so(people, police):
    first, entries = listed(police, limit=2)
    second, rest = listed(police, limit=2, after=first.after)

    assert [e["entry"] for e in entries + rest] == people
    assert (first.after, second.after) == (people[1], None)


@pytest.mark.parametrize(
    ("policy", "count", "exact"),
    [("none", None, False), ("exact", 3, True), ("bounded", 3, True)],
)
def test_a_list_counts_as_it_was_asked_to(people, police, policy, count, exact):
    page, _ = listed(police, count=policy, limit=1)

    assert (page.count, page.count_policy, page.count_is_exact) == (count, policy, exact)


def test_an_estimate_says_that_it_is_none(people, police):
    page, _ = listed(police, count="estimated", limit=1)

    assert page.count_policy == "estimated"
    assert page.count_is_exact is False


def test_a_list_is_asked_by_what_is_searchable(people, police):
    _, by_key = listed(police, equal={"id_number": ID_1.lower()})
    _, by_name = listed(police, equal={"name": "陈大文2"})
    _, by_beginning_of_key = listed(police, equal={"id_number": ID_1[:10]})
    _, by_wildcard = listed(police, equal={"name": "%"})
    _, by_district = listed(police, district="440103")
    _, elsewhere = listed(police, district="440106")
    _, nonsense = listed(police, equal={"residence_division": "'; DROP TABLE reg.persons; --"})

    assert [e["entry"] for e in by_key] == [people[0]]
    assert [e["entry"] for e in by_name] == [people[1]]
    assert by_beginning_of_key == []
    assert by_wildcard == []
    assert [e["entry"] for e in by_district] == people
    assert (elsewhere, nonsense) == ([], [])


def test_what_a_hint_hides_cannot_be_spelled_out_letter_by_letter(people, police):
    guesses = ("陈", "陈大", "陈%", "陈大_2", "陈大文2")
    found = {name: [e["entry"] for e in listed(police, equal={"name": name})[1]] for name in guesses}

    assert found == {name: [people[1]] if name == "陈大文2" else [] for name in guesses}


@pytest.mark.parametrize("field", ["phone", "colour", "ethnic_group"])
def test_a_field_that_is_not_searchable_cannot_be_asked_for(people, police, field):
    with pytest.raises(FilterRefused):
        listed(police, equal={field: "1"})


def test_another_department_cannot_list_persons_and_the_try_is_journalled(people):
    with pytest.raises(OperationNotAllowed):
        listed(an_officer("planning", account=44))

    last = JournalEntry.objects.order_by("-id")[0]
    assert (last.operation, last.subject, last.outcome, last.reason, last.account_id) == (
        "registers.entry.list", "register:persons", "refused", "platform.operation_not_allowed", 44,
    )  # fmt: skip
    assert TraceLine.objects.count() == 0


def test_everybody_sees_the_public_part_of_an_open_register(firms):
    _, entries = listed(None, register="legal_entities", limit=1)

    assert entries[0]["values"]["name"] == "广州测试科技有限公司"
    assert entries[0]["values"]["representative_id"] is None
    assert entries[0]["masked"] == ["representative_id", "phone", "tax_number"]


def a_licence(number: str, issuer: str) -> dict[str, str]:
    return {
        "number": number, "kind": "permit", "title": "许可证", "holder_kind": "person", "holder_id": ID_1,
        "holder_name": "陈大文", "issuer": issuer, "issued_on": "2026-03-01", "valid_from": "2026-03-01",
        "status": "valid", "file_digest": "0" * 64, "verification_code": "ABC",
    }  # fmt: skip


def test_a_source_sees_the_entries_that_it_wrote_and_no_others(city):
    fire, planning = an_officer("fire"), an_officer("planning")
    own = enter_entry(actor=fire, at=AT, register="licences", values=a_licence("F1", "fire")).entry
    other = enter_entry(actor=planning, at=AT, register="licences", values=a_licence("P1", "planning")).entry

    page, entries = listed(fire, "licences", count="exact")
    _, by_key = listed(fire, "licences", equal={"number": "P1"})
    _, all_of_them = listed(an_officer("service_centre"), "licences")

    assert ([e["entry"] for e in entries], page.count, by_key) == ([own], 1, [])
    assert [e["entry"] for e in all_of_them] == [own, other]
    assert preview_entry(actor=fire, register="licences", entry=own, at=LATER).entry == own
    assert preview_entry(actor=fire, register="licences", entry=other, at=LATER) is None
    for act in (open_entry, open_history):
        act(actor=fire, at=LATER, register="licences", entry=own, reason="核对")
        with pytest.raises(OperationNotAllowed):
            act(actor=fire, at=LATER, register="licences", entry=other, reason="核对")
    with pytest.raises(OperationNotAllowed):
        open_entry_by_key(actor=fire, at=LATER, register="licences", key="P1", reason="核对")
    assert [line.organisation for line in trace_of(person_reference(ID_1))] == ["fire", "fire"]


def test_a_register_that_is_not_open_shows_the_public_nothing(people):
    with pytest.raises(OperationNotAllowed):
        listed(None)


def test_d5_a_list_as_of_a_day_shows_what_was_so(firms, registrar):
    amend_entry(
        actor=registrar, at=LATER, register="legal_entities", entry=firms[0], version=1,
        values={"name": "广州新名有限公司"}, kind="change",
    )  # fmt: skip
    retire_entry(actor=registrar, at=LATER, register="legal_entities", entry=firms[1], version=1)

    _, then = listed(registrar, "legal_entities", as_of=AsOf(valid=date(2026, 4, 1), known=LATER))
    _, now = listed(registrar, "legal_entities")

    assert [e["values"]["name"] for e in then[:2]] == ["广州测试科技有限公司", "广州测试科技2有限公司"]
    assert [e["values"]["name"] for e in now[:2]] == ["广州新名有限公司", "广州测试科技3有限公司"]
    assert (len(then), len(now)) == (5, 4)


def test_an_opened_entry_is_clear_and_leaves_a_trace(people, police):
    opened = open_entry(actor=police, at=LATER, register="persons", entry=people[0], reason="户籍窗口核对")

    assert opened.values["name"] == "陈大文"
    assert opened.values["ethnic_group"] == "01"
    assert opened.masked == ()
    (entry,) = trace_of(person_reference(ID_1))
    assert (entry.kind, entry.organisation, entry.resource) == (
        LookKind.OWN_DUTY, "public_security", "register:persons",
    )  # fmt: skip
    assert entry.resource_title == Text("人口登记簿", "Register of persons")
    assert entry.purpose_text.zh == "登记单位日常管理：户籍窗口核对"
    assert entry.fields == (
        "id_number", "name", "sex", "birth_date", "ethnic_group", "residence_address", "phone",
        "marital_status", "address_code",
    )  # fmt: skip


def test_a_window_officer_sees_no_sensitive_fields(people):
    opened = open_entry(
        actor=an_officer("public_security", "window"),
        at=LATER,
        register="persons",
        entry=people[0],
        reason="核对",
    )

    assert (opened.values["name"], opened.values["ethnic_group"]) == ("陈大文", None)
    assert opened.masked == ("ethnic_group", "marital_status")


def test_no_reason_no_look(people, police):
    for reason in ("", "  ", f"查 {ID_1}"):
        with pytest.raises(PurposeRefused):
            open_entry(actor=police, at=LATER, register="persons", entry=people[0], reason=reason)

    assert TraceLine.objects.count() == 0


def test_another_department_cannot_open_an_entry(people):
    for act in (open_entry, open_history):
        with pytest.raises(OperationNotAllowed):
            act(actor=an_officer("planning"), at=LATER, register="persons", entry=people[0], reason="好奇")

    assert TraceLine.objects.count() == 0
    assert JournalEntry.objects.filter(operation="registers.entry.read", outcome="refused").count() == 2


def test_d5_an_entry_can_be_opened_as_it_was_and_its_history_after_it_ended(people, police):
    amend_entry(
        actor=police, at=LATER, register="persons", entry=people[0], version=1,
        values={"phone": "13900139000"}, kind="change",
    )  # fmt: skip
    then = open_entry(
        actor=police, at=LATER, register="persons", entry=people[0], reason="核对",
        as_of=AsOf(valid=date(2026, 3, 3), known=LATER),
    )  # fmt: skip
    retire_entry(actor=police, at=LATER, register="persons", entry=people[0], version=2)
    with pytest.raises(EntryNotFound):
        open_entry(actor=police, at=LATER, register="persons", entry=people[0], reason="核对")
    lines = open_history(actor=police, at=LATER, register="persons", entry=people[0], reason="核对")

    assert then.values["phone"] == "13800138000"
    assert [(line.version, line.act, line.changed) for line in lines] == [
        (1, "change", ()),
        (2, "retired", ("phone",)),
    ]
    assert len(trace_of(person_reference(ID_1))) == 2


def grant(**changes):
    facts = {
        "actor": an_officer("public_security", "approver"),
        "at": AT,
        "resource": "person_basic",
        "grantee": "construction",
        "fields": ("name", "residence_division", "birth_date"),
        "purpose": "case",
        "legal_basis": Text("《建筑法》第八条", "Construction Law, article 8"),
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    return issue_grant(**(facts | changes))


ASKING = {
    "resource": "person_basic",
    "key": ID_1,
    "purpose": Purpose(kind="case", reference="TZ-2026-000123"),
    "at": LATER,
}


def test_d19_a_grant_gives_its_fields_of_the_register_and_nothing_else(people):
    asker = an_officer("construction", account=51)
    with pytest.raises(NoGrant):
        request_data(actor=asker, fields=("name",), **ASKING)
    grant()

    answer = request_data(actor=asker, fields=("name", "birth_date"), **ASKING)

    assert answer.values == {"name": "陈大文", "birth_date": "1980-01-01"}
    (entry,) = trace_of(person_reference(ID_1))
    assert (entry.organisation, entry.field_titles) == (
        "construction", (Text("姓名", "Name"), Text("出生日期", "Date of birth")),
    )  # fmt: skip


def test_d19_a_row_filter_by_division_covers_what_lies_within(people):
    asker = an_officer("construction")
    grant(row_filter={"residence_division": ["440103"]})
    within = request_data(actor=asker, fields=("name",), **ASKING)
    grant(grantee="planning", row_filter={"residence_division": ["440106", "440104"]})
    without = request_data(actor=an_officer("planning"), fields=("name",), **ASKING)

    assert (within.values, without.values) == ({"name": "陈大文"}, None)


def test_claims_are_compared_in_the_database(people):
    grant()
    said = verify_data(
        actor=an_officer("construction"),
        claims={"name": "陈大文", "birth_date": "1980-02-30", "residence_division": "440106"},
        **ASKING,
    )

    assert said.agrees == {"name": True, "birth_date": False, "residence_division": False}


def test_public_data_of_a_firm_need_a_purpose_but_no_grant(firms):
    answer = request_data(
        actor=an_officer("construction"), resource="legal_entity_public", key=a_firm()["credit_code"],
        fields=("name", "capital"), purpose=Purpose(kind="case", reference="TZ-1"), at=LATER,
    )  # fmt: skip

    assert answer.values == {"name": "广州测试科技有限公司", "capital": "1000000.00"}
    assert TraceLine.objects.get().subject.startswith("entity:")


def test_d5_a_look_through_the_exchange_is_as_of_a_day_and_the_trace_says_so(people, police):
    moved = date(2026, 3, 20)
    amend_entry(
        actor=police, at=LATER, register="persons", entry=people[0], version=1, kind="change",
        valid_from=moved, values={**a_person(1), "residence_division": "440106001001"},
    )  # fmt: skip

    def look(valid_on):
        return request_data(
            actor=police, at=LATER, resource="person_basic", key=str(ID_1), fields=["residence_division"],
            purpose=Purpose(kind="enforcement", reference="K-1"), valid_on=valid_on,
        )  # fmt: skip

    before, now = look(AT.date()), look(None)
    assert before.values == {"residence_division": a_person(1)["residence_division"]}
    assert now.values == look(moved).values == {"residence_division": "440106001001"}
    assert look(date(2020, 1, 1)).values is None
    lines = TraceLine.objects.filter(pk__in=[before.trace_id, now.trace_id]).order_by("id")
    assert [line.valid_on for line in lines] == [AT.date(), None]
    assert trace_of(person_reference(str(ID_1)))[-1].valid_on == AT.date()


SPOTS = """
code: spots
title: {zh: 点位, en: Spots}
summary: {zh: 点位, en: Spots}
owner: planning
key: number
district: division
open: true
fields:
  - {id: 1, name: number, kind: text, title: {zh: 号, en: No.}, secrecy: public, required: true, unique: true}
  - {id: 2, name: division, kind: division, title: {zh: 区划, en: Division}, secrecy: internal}
"""


def test_d6_no_list_is_had_by_the_district_of_a_field_that_is_hidden(city, tmp_path):
    pack = tmp_path / "packs" / "spots"
    (pack / "registers").mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'name = "spots"\nversion = "0.1.0"\ntitle = { zh = "点位", en = "Spots" }\n'
        'summary = { zh = "点位", en = "Spots" }\nowner = "planning"\nrequires = []\n'
    )
    (pack / "registers" / "spots.yaml").write_text(SPOTS)
    apply_packs(tmp_path / "packs", ["spots"], at=AT)
    planner = an_officer("planning")
    enter_entry(actor=planner, at=AT, register="spots", values={"number": "1", "division": "440103001101"})

    for reader in (None, an_officer("parks")):
        assert list_entries(actor=reader, register="spots", asked=Asked(), at=AT).size == 1
        with pytest.raises(FilterRefused):
            list_entries(actor=reader, register="spots", asked=Asked(district="440103"), at=AT)
    own = list_entries(actor=planner, register="spots", asked=Asked(district="440103"), at=AT)
    assert own.size == 1
