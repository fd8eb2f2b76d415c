"""Fields that lie encrypted: nothing of them in the tables, every door as before, broken seals refused."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from pydantic import ValidationError

from yiwang.exchange.api import (
    caller_of,
    issue_client,
    issue_grant,
    issue_token,
    look_straight,
    request_data,
    verify_data,
)
from yiwang.exchange.batches.commands.search_data import search_data
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.providers import PURPOSE_CHECKS, SqlPurposeCheck
from yiwang.kernel.errors import InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.registers import api
from yiwang.registers.contracts import (
    AsOf,
    EntryRefused,
    ExistingRowsBreakRule,
    ExportFormat,
    OperatorRefused,
)
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.duplicates import values_now
from yiwang.registers.rules.operators import Condition
from yiwang.registers.seal_errors import SealBroken, SealKeyWrong
from yiwang.registers.sealing_keys import keys
from yiwang.registers.testing import an_officer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)
ADMIN = Actor(kind="officer", account_id=1, roles=frozenset({"city_admin"}))
DOCTOR = an_officer("health", "handler", account=21)
WHY = "核对病历"
CASE = Purpose(kind="case", reference="YL-2026-000007")

REGISTER = """code: patients
title: {{zh: 病历登记簿, en: Register of patients}}
summary: {{zh: 病历, en: Patients}}
owner: health
key: number
fields:
  - {{id: 1, name: number, kind: text, title: {{zh: 编号, en: Number}}, required: true, unique: true}}
  - id: 2
    name: illness
    kind: text
    title: {{zh: 病名, en: Illness}}
    secrecy: sensitive
    searchable: true
    encrypted: {illness}
  - {{id: 3, name: cost, kind: money, title: {{zh: 费用, en: Cost}}, secrecy: personal, min: 0{cost}}}
  - {{id: 4, name: card, kind: phone, title: {{zh: 电话, en: Phone}}, secrecy: personal, unique: true{card}}}
  - {{id: 5, name: note, kind: text, title: {{zh: 备注, en: Note}}}}
"""
RESOURCE = """code: patient
title: {zh: 病历, en: Patients}
summary: {zh: 病历, en: Patients}
owner: health
kind: register
source: patients
sharing: conditional
legal_basis: {zh: 《基本医疗卫生与健康促进法》第九十二条, en: "Health Promotion Law, article 92"}
category: "203"
updated: real_time
keywords: [{zh: 病历, en: patients}]
fields:
  - {name: number, title: {zh: 编号, en: Number}, secrecy: internal}
  - {name: illness, title: {zh: 病名, en: Illness}, secrecy: sensitive}
  - {name: cost, title: {zh: 费用, en: Cost}, secrecy: personal}
"""
SEALED = {"illness": "true", "cost": ", encrypted: true", "card": ", encrypted: true"}
PLAIN = {"illness": "false", "cost": "", "card": ""}
ONE = {"number": "P1", "illness": "糖尿病", "cost": "120.50", "card": "13800138000", "note": "复诊"}
TWO = {"number": "P2", "illness": "高血压", "cost": "80", "card": "13800138001", "note": ""}


@pytest.fixture
def clinic(tmp_path, db, guarded):
    pack = tmp_path / "clinic"
    (pack / "registers").mkdir(parents=True)
    (pack / "resources").mkdir()
    (pack / "resources" / "patient.yaml").write_text(RESOURCE, encoding="utf-8")
    (pack / "pack.toml").write_text(
        'name = "clinic"\nversion = "1.0.0"\ntitle = {zh = "诊所", en = "Clinic"}\n'
        'summary = {zh = "诊所", en = "Clinic"}\nowner = "health"\n',
        encoding="utf-8",
    )

    def apply(text: str) -> list[tuple[str, bool]]:
        (pack / "registers" / "patients.yaml").write_text(text, encoding="utf-8")
        loaded = load(tmp_path, ["clinic"])
        plan = make_plan(loaded)
        apply_plan(actor=ADMIN, at=AT, loaded=loaded, plan=plan)
        return [
            (step.text.en, step.destructive)
            for change in plan.changes
            if change.code == "patients"
            for step in change.steps
        ]

    apply(REGISTER.format(**SEALED))
    return apply


def enter(values):
    return api.enter_entry(actor=DOCTOR, at=AT, register="patients", values=values).entry


def opened(entry, **facts):
    found = api.open_entry(actor=DOCTOR, at=LATER, register="patients", entry=entry, reason=WHY, **facts)
    return dict(found.values)


def run(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


def dumped() -> str:
    """Everything in both tables as a copy of the database has it, bytes as hex and as characters."""
    found = []
    for name in ("patients", "patients_history"):
        with connection.cursor() as cursor, cursor.copy(f"COPY reg.{name} TO STDOUT") as copy:
            found += [bytes(block) for block in copy]
    text = b"".join(found).decode()
    raw = b"".join(
        bytes.fromhex(cell[3:])
        for line in text.split("\n")
        for cell in line.split("\t")
        if cell[:3] == "\\\\x"
    )
    return text + raw.decode("utf-8", "ignore")


def test_d12_an_encrypted_field_lies_encrypted_and_is_read_as_before(clinic):
    entry = enter(ONE)
    written = api.amend_entry(
        actor=DOCTOR, at=LATER, register="patients", entry=entry, version=1, kind="change",
        values={"illness": "糖尿病二型", "note": "转诊"},
    )  # fmt: skip

    now = opened(entry)
    before = opened(entry, as_of=AsOf(valid=AT.date(), known=AT))
    history = api.open_history(actor=DOCTOR, at=LATER, register="patients", entry=entry, reason=WHY)
    lies = dumped()

    assert written.version == 2
    assert now == ONE | {"illness": "糖尿病二型", "note": "转诊"}
    assert before == ONE
    assert [(line.version, line.values["illness"], line.changed) for line in history] == [
        (1, "糖尿病", ()), (2, "糖尿病二型", ("illness", "note")),
    ]  # fmt: skip
    assert "复诊" in lies
    assert "转诊" in lies
    assert [word for word in ("糖尿病", "二型", "120.5", "13800138000", "8001380") if word in lies] == []


def test_d12_the_same_value_looks_different_each_time_and_writing_it_again_is_no_change(clinic):
    first, second = enter(ONE), enter(TWO | {"illness": "糖尿病"})
    ((one,), (two,)) = run("SELECT illness FROM reg.patients ORDER BY _entry")
    api.amend_entry(
        actor=DOCTOR, at=LATER, register="patients", entry=first, version=1, kind="correction",
        values={"illness": "糖尿病"},
    )  # fmt: skip
    history = api.open_history(actor=DOCTOR, at=LATER, register="patients", entry=first, reason=WHY)

    assert bytes(one) != bytes(two)
    assert history[-1].changed == ()
    assert values_now(api.get_register("patients"), second)["illness"] == "糖尿病"


def test_d12_a_file_is_encrypted_as_it_is_loaded_and_equal_values_are_refused(clinic):
    enter(ONE)
    text = "number,illness,cost,card\nP2,高血压,80,13800138001\nP3,哮喘,9.5,13800138002\n"
    again = "number,card\nP4,13800138000\nP5,13800138009\nP6,13800138009\n"

    report = api.load_file(actor=DOCTOR, at=AT, register="patients", file=io.BytesIO(text.encode()))
    refused = api.load_file(actor=DOCTOR, at=AT, register="patients", file=io.BytesIO(again.encode()))

    assert (report.loaded, refused.loaded) == (2, 0)
    assert [(problem.line, problem.field) for problem in refused.problems] == [(2, "card"), (4, "card")]
    assert "高血压" not in dumped()
    assert "13800138001" not in dumped()
    with pytest.raises(EntryRefused):
        enter(TWO | {"card": "13800138002"})


def test_d12_lists_are_masked_and_ask_for_equal_values_by_a_digest(clinic):
    entry = enter(ONE)
    enter(TWO)

    def listed(**asked):
        page = api.list_entries(actor=DOCTOR, register="patients", asked=api.Asked(**asked), at=LATER)
        return [(each["entry"], each["values"]) for each in json.loads(page.body)]

    masked = {"number": "P1", "illness": None, "cost": None, "card": "138****8000", "note": "复诊"}
    assert listed()[0] == (entry, masked)
    assert listed(equal={"card": "13800138000"}) == [(entry, masked)]
    assert listed(equal={"card": "13800138000"}, as_of=AsOf(valid=LATER.date(), known=LATER)) == [
        (entry, masked)
    ]
    assert listed(equal={"card": "13800138"}) == []
    with pytest.raises(OperatorRefused):
        listed(where=(Condition("card", "prefix", "138"),))
    plan = run(
        "EXPLAIN SELECT FROM reg.patients t WHERE t._b4 = reg.blind('13800138000'::text, 'patients/4')"
    )
    assert "patients" in str(plan)


def granted(**changes):
    facts = {
        "actor": an_officer("health", "approver", account=22), "at": AT, "resource": "patient",
        "grantee": "civil_affairs", "fields": ("number", "illness", "cost"), "purpose": "case",
        "legal_basis": Text("《社会救助暂行办法》第二十七条", "Social assistance, article 27"),
        "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31),
    }  # fmt: skip
    return issue_grant(**(facts | changes))


def test_d12_the_exchange_reads_compares_and_searches_it(clinic):
    enter(ONE)
    granted()
    asker = an_officer("civil_affairs", account=51)
    asking = {"resource": "patient", "key": "P1", "purpose": CASE, "at": LATER}

    answer = request_data(actor=asker, fields=("illness", "cost"), **asking)
    said = verify_data(actor=asker, claims={"illness": "糖尿病", "cost": "120.5"}, **asking)
    wrong = verify_data(actor=asker, claims={"illness": "感冒", "cost": "x"}, **asking)

    found = search_data(
        actor=asker,
        resource="patient",
        equal={"illness": "糖尿病"},
        fields=("number", "cost"),
        purpose=CASE,
        at=LATER,
    )

    assert [each.values for each in found.answers] == [
        {"number": "P1", "cost": "120.50", "illness": "糖尿病"}
    ]
    assert answer.values == {"illness": "糖尿病", "cost": "120.50"}
    assert (said.agrees, wrong.agrees) == (
        {"illness": True, "cost": True}, {"illness": False, "cost": False},
    )  # fmt: skip


def test_d12_exports_hold_what_a_reader_may_see(clinic):
    enter(ONE)
    number = api.ask_export(
        actor=DOCTOR, at=AT, register="patients", form=ExportFormat.CSV,
        purpose=Purpose(kind="own_duty", reference="年度核对"),
    )  # fmt: skip
    api.make_export(actor=api.asker_of(number), at=AT, export_id=number)
    export = api.get_export(actor=DOCTOR, export=number)

    lines = list(csv.reader(export.path.read_text(encoding="utf-8-sig").splitlines()))
    assert [line[-2:] for line in lines[1:]] == [["138****8000", "复诊"]]


@pytest.mark.parametrize("column", ["illness", "cost"])
def test_d12_a_value_pasted_from_another_entry_or_field_is_refused(clinic, column):
    entry, other = enter(ONE), enter(TWO)
    run(f"UPDATE reg.patients t SET illness = (SELECT {column} FROM reg.patients WHERE _entry = %s) "
        "WHERE t._entry = %s", other if column == "illness" else entry, entry)  # fmt: skip

    with pytest.raises(SealBroken) as refused:
        opened(entry)

    assert type(refused.value) is SealBroken
    assert "糖尿病" not in str(refused.value)
    assert "高血压" not in str(refused.value)
    assert opened(other)["illness"] == "高血压"


@pytest.mark.parametrize("byte", [0, 5, 25, 53, -1])
def test_d12_a_changed_byte_is_refused(clinic, byte):
    entry = enter(ONE)
    ((sealed,),) = run("SELECT illness FROM reg.patients")
    changed = bytearray(bytes(sealed))
    changed[byte] ^= 1
    run("UPDATE reg.patients SET illness = %s", bytes(changed))

    with pytest.raises(SealBroken):
        opened(entry)


def test_d12_another_key_reads_nothing_and_says_so(clinic):
    entry = enter(ONE)
    for wrong in ("ab" * 96, ""):
        run("SELECT set_config('yiwang.sealing', %s, false)", wrong)
        with pytest.raises(SealKeyWrong) as refused:
            opened(entry)
        run("SELECT set_config('yiwang.sealing', %s, false)", keys())

    assert "密钥" in refused.value.sentence.zh
    assert opened(entry) == ONE


def test_d12_no_statement_holds_the_key(clinic, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as asked:
        opened(enter(ONE))

    said = [query["sql"] for query in asked.captured_queries]
    assert said
    assert not [text for text in said if keys()[:32] in text or keys()[64:96] in text]
    ((query,),) = run("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()")
    assert keys()[:32] not in query


def test_d12_a_field_is_encrypted_and_decrypted_with_its_history(clinic):
    clinic(REGISTER.format(**PLAIN))
    entry = enter(ONE)
    api.amend_entry(
        actor=DOCTOR, at=LATER, register="patients", entry=entry, version=1, kind="change",
        values={"illness": "哮喘"},
    )  # fmt: skip
    assert "糖尿病" in dumped()
    assert "哮喘" in dumped()

    there = clinic(REGISTER.format(**(PLAIN | {"illness": SEALED["illness"]})))
    encrypted = dumped()
    values = opened(entry)
    back = clinic(REGISTER.format(**PLAIN))

    assert there == [("encrypt the field “Illness” (illness), what is there and its history too", False)]
    assert "糖尿病" not in encrypted
    assert "哮喘" not in encrypted
    assert values == ONE | {"illness": "哮喘"}
    assert back == [
        ("store the field “Illness” (illness) unencrypted, what is there and its history too", False)
    ]
    assert run("SELECT illness FROM reg.patients_history") == [("糖尿病",)]
    assert run("SELECT count(*) FROM pg_attribute WHERE attrelid = 'reg.patients'::regclass "
               "AND attname = '_b2' AND NOT attisdropped") == [(0,)]  # fmt: skip


def test_d12_a_tighter_rule_is_held_against_what_lies_encrypted(clinic):
    enter(ONE)
    tighter = REGISTER.format(**SEALED).replace("secrecy: personal, min: 0", "secrecy: personal, min: 500")

    with pytest.raises(ExistingRowsBreakRule):
        clinic(tighter)

    assert api.get_register("patients").get("cost").min == 0


WORD = {"zh": "病", "en": "Illness"}
FIELDS = [
    {"id": 1, "name": "number", "kind": "text", "title": WORD, "required": True, "unique": True},
    {"id": 2, "name": "illness", "kind": "text", "title": WORD, "secrecy": "sensitive", "encrypted": True},
]  # fmt: skip
WHOLE = {
    "code": "patients", "title": WORD, "summary": WORD, "owner": "health", "key": "number", "fields": FIELDS,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": "illness"}, {"required": True, "unique": True}),
        ({"links": [{"field": "illness", "register": "persons"}]}, {}),
        ({"subject": {"kind": "person", "field": "illness"}}, {}),
        ({"quality": [{"key": "q", "title": WORD, "kind": "complete", "fields": ["illness"]}]}, {}),
        ({}, {"secrecy": "internal"}),
        ({}, {"kind": "point"}),
        ({}, {"kind": "date", "searchable": True}),
        ({"district": "illness"}, {"kind": "division"}),
    ],
)  # fmt: skip
def test_d12_what_joins_or_compares_entries_does_not_lie_encrypted(change, field):
    RegisterDefinition.model_validate(WHOLE)
    fields = [FIELDS[0], FIELDS[1] | field]
    with pytest.raises((ValidationError, InvalidInput)):
        RegisterDefinition.model_validate(WHOLE | {"fields": fields} | change)


def test_d12_a_system_looks_it_up_in_one_statement_and_hears_of_a_broken_seal(clinic):
    entry = enter(ONE)
    granted()
    issued = issue_client(
        actor=Actor.system("tests"), at=AT, organisation="civil_affairs", title=Text("救助系统", "Assistance")
    )
    token = issue_token(
        at=LATER, address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret
    )
    caller = caller_of(token.token, at=LATER)
    asked = {"at": LATER, "resource": "patient", "key": "P1", "fields": ["illness"], "purpose": CASE}

    # the check of cases that these tests install is none that one statement can ask
    with PURPOSE_CHECKS.temporarily("case", SqlPurposeCheck("true")):
        answer = look_straight(caller=caller, **asked)
        run("UPDATE reg.patients SET illness = cost WHERE _entry = %s", entry)
        with transaction.atomic():
            broken = look_straight(caller=caller, **asked)
            transaction.set_rollback(True)
        with pytest.raises(SealBroken):
            request_data(actor=caller.actor, **asked)

    assert answer is not None
    assert json.loads(answer.values) == {"illness": "糖尿病"}
    assert broken is None
