"""What a decision gives stands in the registers: entered with the licence, amended with it, once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from yiwang.cases import api
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.models import Case, CaseEvent, Letter, Licence, LicenceEntry, Task
from yiwang.cases.queries.sentences import event_view
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.adoption import adopt_type
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.testing import a_citizen
from yiwang.kernel.codes import check_credit_code
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile
from yiwang.registers.api import open_history, retire_entry
from yiwang.registers.contracts import EntryRefused

pytestmark = pytest.mark.django_db
LETTERS = Actor.system("letters")
TUESDAY = MONDAY + timedelta(days=1)
ANSWERS = {
    "company_name": "广州云谷电子科技有限公司",
    "company_kind": "limited",
    "industry": "I65",
    "business_scope": "软件开发",
    "registered_capital": 1000000,
    "division": "440106001",
    "address": "天河区体育西路1号101房",
    "premises": "rented",
    "representative_name": "陈大文",
    "representative_id": "440199198001010012",
    "representative_phone": "13800138000",
    "shareholders": 2,
    "seals": ["company"],
    "taxpayer": "small",
    "invoices": False,
    "hires": False,
    "delivery": "counter",
}
REGISTRAR = "industry_commerce"


@pytest.fixture(scope="module", autouse=True)
def _applied_city(caring_city) -> None:
    """The city of all tests here."""


def started(**changes: object) -> Case:
    """A firm that is registered: its licence is issued, the other departments are at work."""
    opened = api.open_case(
        actor=a_citizen(),
        at=MONDAY,
        type_code="company_start",
        answers={**ANSWERS, **changes},
        materials=(GivenMaterial(key="articles", file_id=1), GivenMaterial(key="premises_proof", file_id=1)),
    )
    done(officer(REGISTRAR, "window"), open_task(opened.case_id, "accept"), "accept")
    done(officer(REGISTRAR, "approver"), open_task(opened.case_id, "register"), "approve")
    return Case.objects.get(pk=opened.case_id)


def versions(register: str, owner: str, entry: int):
    clerk = officer(owner, "handler")
    return open_history(actor=clerk, at=TUESDAY, register=register, entry=entry, reason="核对")


def test_a_new_firm_stands_in_both_registers():
    case = started()

    licence = Licence.objects.get()
    code = Case.objects.get().data["given"]["credit_code"]
    entries = dict(LicenceEntry.objects.values_list("register", "entry"))
    assert (check_credit_code(code), code[:8], len(code)) == (None, "91440106", 18)
    (firm,) = versions("legal_entities", REGISTRAR, entries["legal_entities"])
    assert (firm.source, firm.basis, firm.valid_from, firm.known_from) == (
        REGISTRAR,
        case.number,
        date(2026, 3, 2),
        MONDAY,
    )
    assert firm.recorded_by is not None
    assert firm.values == {
        "credit_code": code,
        "name": "广州云谷电子科技有限公司",
        "kind": "company",
        "legal_representative": "陈大文",
        "representative_id": "440199198001010012",
        "industry": "I65",
        "division": "440106001",
        "address": "天河区体育西路1号101房",
        "capital": "1000000.00",
        "established": "2026-03-02",
        "phone": "13800138000",
        "status": "active",
        "abnormal": False,
        "organisation_code": None,
        "tax_number": None,
        "address_code": None,
    }
    (catalogued,) = versions("licences", "service_centre", entries["licences"])
    assert (catalogued.source, catalogued.basis) == (REGISTRAR, case.number)
    assert {name: value for name, value in catalogued.values.items() if name != "verification_code"} == {
        "number": licence.number,
        "kind": "company_start",
        "title": "营业执照",
        "holder_kind": "entity",
        "holder_id": code,
        "holder_name": "广州云谷电子科技有限公司",
        "issuer": REGISTRAR,
        "issued_on": "2026-03-02",
        "valid_from": "2026-03-02",
        "valid_to": None,
        "status": "valid",
        "file_digest": None,
        "case_number": case.number,
    }
    assert licence.content["facts"][0]["value"] == code
    assert (licence.holder_kind, licence.holder_name) == ("legal_entity", "广州云谷电子科技有限公司")


def test_the_log_says_so_in_both_languages():
    case = started()

    lines = CaseEvent.objects.filter(case=case, act="entered_in_register").order_by("id")
    assert [event_view(line).sentence.zh for line in lines] == [
        "记入登记簿“电子证照目录”",
        "记入登记簿“法人登记簿”",
    ]
    assert event_view(lines[1]).sentence.en == "Entered in the register “Register of legal entities”"


def test_each_firm_gets_a_code_of_its_own():
    first, second = started(), started(company_name="广州云顶电子科技有限公司")

    codes = [case.data["given"]["credit_code"] for case in (first, second)]
    assert codes == ["91440106MA0000015E", "91440106MA00000239"]


def test_the_entry_learns_the_digest_when_the_document_is_made_and_only_once():
    started()
    letter = Letter.objects.get(kind="licence")

    for _ in range(2):
        api.make_letter(actor=LETTERS, at=MONDAY, letter_id=letter.pk)

    kept = StoredFile.objects.get(pk=Licence.objects.get().file_id)
    link = LicenceEntry.objects.get(register="licences")
    before, after = versions("licences", "service_centre", link.entry)
    assert (before.act, after.changed) == ("correction", ("file_digest",))
    assert (before.values["file_digest"], after.values["file_digest"]) == (None, kept.sha256)
    firm = LicenceEntry.objects.get(register="legal_entities")
    assert len(versions("legal_entities", REGISTRAR, firm.entry)) == 1


def test_a_revoked_licence_changes_both_entries_from_that_day():
    case = started()
    clerk = officer(REGISTRAR, "approver")

    api.revoke_licence(actor=clerk, at=TUESDAY, licence_id=Licence.objects.get().pk, reason="虚假材料")

    links = dict(LicenceEntry.objects.values_list("register", "entry"))
    was, now = versions("legal_entities", REGISTRAR, links["legal_entities"])
    assert (was.values["status"], was.valid_to, now.values["status"]) == (
        "active",
        date(2026, 3, 3),
        "revoked",
    )
    assert (now.changed, now.basis, now.recorded_by) == (("status",), case.number, clerk.account_id)
    was, now = versions("licences", "service_centre", links["licences"])
    assert (was.values["status"], now.values["status"], now.changed) == ("valid", "revoked", ("status",))


def test_a_firm_that_gets_its_licence_back_is_the_same_firm():
    case = started()
    clerk = officer(REGISTRAR, "window", "handler", "approver")
    api.revoke_licence(actor=clerk, at=TUESDAY, licence_id=Licence.objects.get().pk, reason="录入错误")

    api.issue_licence(actor=clerk, at=TUESDAY, case_id=case.pk)

    assert LicenceEntry.objects.filter(register="legal_entities").values("entry").distinct().count() == 1
    assert LicenceEntry.objects.filter(register="licences").values("entry").distinct().count() == 2
    firm = LicenceEntry.objects.filter(register="legal_entities").first()
    assert [line.values["status"] for line in versions("legal_entities", REGISTRAR, firm.entry)] == [
        "active",
        "revoked",
        "active",
    ]


def test_an_entry_that_was_retired_by_hand_is_left_alone():
    started()
    link = LicenceEntry.objects.get(register="legal_entities")
    retire_entry(
        actor=officer(REGISTRAR, "approver", "handler"),
        at=TUESDAY,
        register="legal_entities",
        entry=link.entry,
        version=1,
    )

    clerk = officer(REGISTRAR, "approver")
    api.revoke_licence(actor=clerk, at=TUESDAY, licence_id=Licence.objects.get().pk, reason="虚假材料")

    assert Licence.objects.get().state == "revoked"
    assert [line.act for line in versions("legal_entities", REGISTRAR, link.entry)] == ["retired"]


def test_a_register_that_refuses_a_value_refuses_the_act_and_nothing_is_changed():
    kind = case_type("company_start")
    declared = kind.definition.model_dump(mode="json")
    declared["records"][1]["fields"] |= {"kind": '"firm"', "phone": '"none"'}
    adopt_type(CaseType.model_validate(declared), kind.process, parts=kind.parts, at=MONDAY)

    with pytest.raises(EntryRefused) as refused:
        started()

    assert [(problem.path, problem.text.zh) for problem in refused.value.problems] == [
        ("legal_entities.kind", "不能记入“法人登记簿”，主体类型：不在代码表中"),
        ("legal_entities.phone", "不能记入“法人登记簿”，联系电话：电话号码有误"),
    ]
    assert Case.objects.get().phase == "accepted"
    assert list(Task.objects.filter(state="open").values_list("node", flat=True)) == ["register"]
    assert (Licence.objects.count(), LicenceEntry.objects.count()) == (0, 0)
    assert rows_of("licences") == 0


def test_everybody_can_read_the_public_part_of_the_new_firm(client):
    started()
    link = LicenceEntry.objects.get(register="legal_entities")

    answer = client.get(f"/api/registers/legal_entities/entries/{link.entry}").json()

    assert answer["values"]["name"] == "广州云谷电子科技有限公司"
    assert answer["source"] == REGISTRAR
    assert {"phone", "representative_id"} <= set(answer["masked"])
    assert "basis" not in answer


def rows_of(register: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM reg.{register}")  # a name of this file
        return cursor.fetchone()[0]
