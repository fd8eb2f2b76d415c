"""Pages of matching: the picture, a department's work, the workbook, pairs to judge, in both languages."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from psycopg import sql

from yiwang.exchange.api import entity_reference, get_resource, issue_grant, trace_of
from yiwang.exchange.models import BatchSubjects, TraceLine
from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.testing import main_words
from yiwang.registers.api import enter_examples
from yiwang.registers.matching.models import Doubt, Finding, Matching, Run, Verdict
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows
from yiwang.registers.testing import apply_packs

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGE = "/desk/matching/firms/"
WORK = f"{PAGE}local_tax/no_tax/"


@pytest.fixture
def city(db):
    apply_packs(ROOT / "packs", ["enterprise_sharing"], at=AT)
    enter_examples(ROOT / "packs" / "enterprise_sharing", actor=Actor.system("examples"), at=AT)


@pytest.fixture
def tax(client, city):
    sign_in(client, an_officer("local_tax", roles={"handler"}))
    return client


@pytest.fixture
def operator(client, city):
    sign_in(client, an_officer("informatization", roles={"handler"}))
    return client


def a_finding(organisation="local_tax", **changed):
    now = timezone.now()
    return Finding.objects.create(**{
        "matching": Matching.objects.get(code="firms"), "kind": "no_tax", "organisation": organisation,
        "list": f"firms_{organisation}", "other_list": "firms_industry_commerce", "other_key": "GS-SL-0002",
        "other_name": "=秘密公司", "opened_at": now, "due_at": now + timedelta(days=20), "first_run": 1,
        "last_run": 1, **changed,
    })  # fmt: skip


def test_a_department_sees_its_own_counts_and_no_button_to_run(tax):
    a_finding()
    a_finding("state_tax")
    page = main_words(tax.get(PAGE))

    assert "有照未办税务登记" in page
    assert "local_tax" in page
    assert "state_tax" not in page
    assert "开始比对" not in page
    assert "Licensed, not registered for tax" in main_words(tax.get(f"/en{PAGE}"))


def test_the_operator_starts_a_run_once(operator):
    assert "开始比对" in main_words(operator.get(PAGE))

    assert operator.post(f"{PAGE}run/").status_code == 302

    assert Run.objects.count() == 1
    page = main_words(operator.get(PAGE))
    assert "正在比对" in page
    assert "开始比对" not in page
    assert operator.post(f"{PAGE}run/").status_code == 409
    assert Run.objects.count() == 1


def test_another_departments_work_is_closed(tax):
    a_finding("state_tax")

    for path in (f"{PAGE}state_tax/no_tax/", f"{PAGE}state_tax/no_tax/workbook.xlsx", f"{PAGE}doubts/"):
        assert tax.get(path).status_code == 403, path
    assert tax.post(f"{PAGE}run/").status_code == 403
    assert Run.objects.count() == 0
    assert tax.get(f"{PAGE}local_tax/nonsense/").status_code == 404


def test_ticked_differences_are_answered_and_others_stay(tax):
    one, other = a_finding(), a_finding(other_key="GS-SL-0004")
    page = main_words(tax.get(WORK))
    assert "秘密公司" not in page
    assert "内容须经授权查询" in page

    answer = {"finding": [one.pk], "outcome": "put_right", "note": "已补办登记", "yuan": "12,000.50"}
    assert tax.post(WORK, answer).status_code == 302

    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.outcome, one.note, str(one.yuan)) == (
        "settled",
        "put_right",
        "已补办登记",
        "12000.50",
    )
    assert other.state == "open"
    assert "12,000.5" in main_words(tax.get(f"{WORK}?state=settled"))


@pytest.mark.parametrize(
    "sent", [{}, {"finding": ["x"]}, {"finding": ["1"], "yuan": "viel"}, {"finding": ["999999"]}]
)
def test_an_answer_that_lacks_something_is_refused_with_a_sentence(tax, sent):
    finding = a_finding()

    answer = tax.post(WORK, {"outcome": "true", **sent})

    assert answer.status_code == 422
    assert "没有办理" in main_words(answer)
    finding.refresh_from_db()
    assert finding.state == "open"


def test_the_workbook_holds_every_row_and_no_formula(tax):
    a_finding(name="=cmd|' /C calc'!A0")
    answer = tax.get(f"{WORK}workbook.xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active

    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 1
    assert rows[0][3].value == "=cmd|' /C calc'!A0"
    assert {cell.data_type for cell in rows[0]} <= {"s", "n", "inlineStr"}
    assert rows[0][6].value is None


def a_grant(grantee: str, resource: str, fields: tuple[str, ...]) -> int:
    owner = get_resource(resource).owner
    return issue_grant(
        actor=an_officer(owner, roles={"approver"}), at=AT, resource=resource, grantee=grantee, fields=fields,
        purpose="supervision", legal_basis=Text("法", "Law"), valid_from=AT.date(),
        valid_until=date(2999, 1, 1),
    ).id  # fmt: skip


def lines() -> list[tuple[object, ...]]:
    """What traces say, the oldest first; and none is left for the next."""
    found = TraceLine.objects.order_by("resource")
    said = [
        (line.kind, line.organisation, line.resource, line.fields, line.size, line.grant_id) for line in found
    ]
    assert {(line.purpose, line.reference) for line in found} <= {("supervision", "企业基础信息比对差异核对")}
    BatchSubjects.objects.all().delete()
    found.delete()
    return said


def test_d15_what_other_lists_say_of_a_firm_leaves_a_line_that_the_firm_finds(tax, client):
    a_finding(other_status="active", other_name="广州样本科技有限公司")
    tax.get(WORK)
    assert lines() == []
    grant = a_grant("local_tax", "firms_industry_commerce", ("number", "name"))
    expected = [("batch", "local_tax", "firms_industry_commerce", ["number", "name"], 1, grant)]
    (code,) = rows(sql.SQL("SELECT credit_code FROM {} WHERE number = 'GS-SL-0002'").format(
        table("firms_industry_commerce")
    ))[0]  # fmt: skip

    assert "广州样本科技" in main_words(tax.get(WORK))
    assert [entry.resource for entry in trace_of(entity_reference(code))] == ["firms_industry_commerce"]
    assert lines() == expected
    assert tax.get(f"{WORK}workbook.xlsx").status_code == 200
    assert lines() == expected
    assert tax.get(f"{PAGE}state_tax/no_tax/").status_code == 403
    assert lines() == []

    Doubt.objects.create(
        matching=Matching.objects.get(code="firms"), list_l="firms_industry_commerce", key_l="GS-SL-0002",
        list_r="firms_statistics", key_r="TJ-SL-0002", probability=0.71,
    )  # fmt: skip
    fields = ("number", "name", "legal_representative", "phone")
    grant = a_grant("informatization", "firms_industry_commerce", fields)
    operator = an_officer("informatization", roles={"handler"})
    sign_in(client, operator)
    assert client.get(f"{PAGE}doubts/").status_code == 200
    ((*said, seen, size, under),) = lines()
    assert said == ["batch", "informatization", "firms_industry_commerce"]
    assert (sorted(seen), size, under) == (sorted(fields), 1, grant)


def test_pairs_are_judged_on_their_page(operator):
    doubt = Doubt.objects.create(
        matching=Matching.objects.get(code="firms"), list_l="firms_industry_commerce", key_l="GS-SL-0002",
        list_r="firms_statistics", key_r="TJ-SL-0002", probability=0.71,
    )  # fmt: skip
    page = main_words(operator.get(f"{PAGE}doubts/"))
    assert "71%" in page
    # without a grant of the department the operator sees no value
    assert "广州样本科技" not in page

    assert operator.post(f"{PAGE}doubts/{doubt.pk}/", {"verdict": "same"}).status_code == 302

    assert list(Verdict.objects.values_list("is_same", flat=True)) == [True]
    assert "没有待判断的" in main_words(operator.get(f"{PAGE}doubts/"))
    assert operator.post(f"{PAGE}doubts/{doubt.pk}/", {"verdict": "same"}).status_code == 404
