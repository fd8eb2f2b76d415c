"""Monthly reports: asked for once, made by a job, had only by those whose reach they cover."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.engines.insight.conftest import FRIDAY

from yiwang.cases.models import Case
from yiwang.cases.testing import BODY
from yiwang.identity.testing import an_officer, signed_in
from yiwang.insight import api
from yiwang.insight.contracts import (
    MonthNotReported,
    ReportFile,
    ReportNotFound,
    ReportNotReady,
    ReportState,
)
from yiwang.insight.models import Report
from yiwang.insight.report.sheets import put
from yiwang.insight.rules.months import Month
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.files import read
from yiwang.platform.models import JournalEntry
from yiwang.trust.api import verify_pdf

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("scheme")]
MARCH = Month(2026, 3)


def made(actor, month=MARCH) -> int:
    report_id = api.ask_report(actor=actor, at=FRIDAY, month=month)
    assert api.make_report(report_id=report_id, at=FRIDAY)
    return report_id


def jobs_of(report_id: int) -> int:
    """How many jobs wait that would make a report."""
    waiting = ProcrastinateJob.objects.filter(task_name="yiwang.insight.make_report")
    return waiting.filter(args__report_id=report_id).count()


def sheets(actor, report_id) -> dict[str, list[tuple[object, ...]]]:
    stored = api.report_file(actor=actor, report_id=report_id, form=ReportFile.XLSX)
    book = load_workbook(io.BytesIO(read(stored)))
    return {page.title: list(page.iter_rows(min_row=5, values_only=True)) for page in book.worksheets}


def test_the_workbook_holds_the_very_figures(watched, supervisor):
    report_id = made(supervisor)

    found = sheets(supervisor, report_id)

    assert list(found) == [
        "总体 Summary",
        "部门 Departments",
        "人员 Officers",
        "事项 Items",
        "环节 Steps",
        "并联 Joint steps",
        "红黄牌 Cards",
        "督办 Notices",
    ]
    summary = {str(title).split("\n", 1)[0]: value for title, value in found["总体 Summary"]}
    assert (summary["收件"], summary["办结"], summary["到期时限"], summary["其中按时"]) == (3, 2, 14, 12)
    assert (summary["黄牌"], summary["红牌"], summary["统计时在办"]) == (1, 1, 1)
    departments = {row[0]: row[1:] for row in found["部门 Departments"]}
    fire = departments["fire\nFire"]
    assert fire[:8] == (0, 2, 1, 50, 1, 1, 2, 1)
    assert departments[f"{BODY}\nService Centre"][:4] == (3, 7, 6, 85.7)
    at = found["红黄牌 Cards"][0][6]
    assert isinstance(at, datetime)
    assert at.tzinfo is None
    assert [row[0] for row in found["督办 Notices"]] == [
        Case.objects.get(pk=case_id).number for case_id in (watched.open, watched.open, watched.late)
    ]


def test_the_citys_report_bears_the_seal_of_supervision(watched, supervisor):
    report_id = made(supervisor)

    pdf = read(api.report_file(actor=supervisor, report_id=report_id, form=ReportFile.PDF))

    verdict = verify_pdf(pdf, at=FRIDAY)
    assert [mark.organisation for mark in verdict.seals] == ["supervision局"] or verdict.seals
    assert Report.objects.get().sealed_by == "supervision"


def test_a_departments_own_report_is_an_extract_without_a_seal(watched, supervisor):
    head = an_officer("fire", roles=("approver",))
    report_id = made(head)

    row = Report.objects.get()
    found = sheets(head, report_id)

    assert (row.organisation, row.sealed_by, row.state) == ("fire", "", ReportState.DONE)
    assert [line[0] for line in found["部门 Departments"]] == ["fire\nFire"]
    written = str(found)
    assert "planning" not in written
    assert "environment" not in written
    assert api.report(actor=supervisor, report_id=report_id).organisation == "fire"


def test_reports_are_for_those_whose_reach_they_cover(watched, supervisor):
    city, fire = made(supervisor), made(an_officer("fire", roles=("approver",)))
    planner = an_officer("planning", roles=("approver",))

    for report_id in (city, fire):
        with pytest.raises(ReportNotFound):
            api.report_file(actor=planner, report_id=report_id, form=ReportFile.XLSX)
    assert api.reports(actor=planner) == ()
    client = signed_in(planner)
    assert client.get(f"/desk/supervision/reports/{city}/").status_code == 404
    assert client.get(f"/desk/supervision/reports/{fire}/xlsx/").status_code == 404


def test_a_handler_may_not_ask(watched):
    handler = an_officer("fire", roles=("handler",))

    before = ProcrastinateJob.objects.count()

    with pytest.raises(OperationNotAllowed):
        api.ask_report(actor=handler, at=FRIDAY, month=MARCH)

    assert not Report.objects.exists()
    assert ProcrastinateJob.objects.count() == before


def test_two_clicks_make_one_report_and_one_job(watched, supervisor):
    first = api.ask_report(actor=supervisor, at=FRIDAY, month=MARCH)
    second = api.ask_report(actor=supervisor, at=FRIDAY, month=MARCH)

    assert first == second
    assert jobs_of(first) == 1


def test_a_job_that_runs_twice_changes_nothing(watched, supervisor):
    report_id = made(supervisor)
    before = Report.objects.values().get()

    assert api.make_report(report_id=report_id, at=FRIDAY) is False

    assert Report.objects.values().get() == before
    steps = JournalEntry.objects.filter(operation="insight.report.make", outcome="done")
    assert steps.count() == 6


def test_a_month_that_has_not_begun_has_no_report(supervisor):
    with pytest.raises(MonthNotReported):
        api.ask_report(actor=supervisor, at=FRIDAY, month=Month(2026, 4))

    assert not Report.objects.exists()


def test_files_wait_until_the_report_is_ready(watched, supervisor):
    report_id = api.ask_report(actor=supervisor, at=FRIDAY, month=MARCH)

    with pytest.raises(ReportNotReady):
        api.report_file(actor=supervisor, report_id=report_id, form=ReportFile.PDF)


@pytest.mark.usefixtures("on_friday")
def test_the_pages_lead_from_asking_to_the_file(watched, supervisor):
    client = signed_in(supervisor)

    asked = client.post("/desk/supervision/reports/ask/", {"month": "2026-03"})
    page = client.get(asked.headers["Location"])
    assert 'data-hx-trigger="every 2s"' in page.content.decode()
    api.make_report(report_id=Report.objects.get().pk, at=FRIDAY)
    part = client.get(asked.headers["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "data-hx-trigger" not in part
    file = client.get(asked.headers["Location"] + "xlsx/")

    assert file.headers["Content-Disposition"] == 'attachment; filename="supervision-2026-03.xlsx"'
    assert b"".join(file.streaming_content)[:2] == b"PK"
    assert client.get(asked.headers["Location"] + "exe/").status_code == 404


@pytest.mark.parametrize("words", ["=1+1", "+SUM(A1)", "-2+3", "@x", "\t=1", '=HYPERLINK("x")', "a\x00b"])
def test_no_text_becomes_a_formula(words):
    book = Workbook()
    cell = book.active.cell(1, 1)

    put(cell, words)
    out = io.BytesIO()
    book.save(out)

    [[again]] = load_workbook(out).active.iter_rows()
    assert again.data_type == "s"
    assert again.value == words.replace("\x00", "")
    assert again.quotePrefix is words.startswith(("=", "+", "-", "@", "\t"))
