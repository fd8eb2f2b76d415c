"""A supervisor's day: board, late department, notice and reply, scores, the month's report, the public."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from tests.live.city import actor
from tests.live.fill import fill
from tests.live.papers import a_pdf
from tests.live.residence import RESIDENCE
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases import api
from yiwang.cases.contracts import GivenMaterial, OpinionInput, Verdict
from yiwang.cases.models import Card, Case, Notice, Task
from yiwang.identity.api import organisation
from yiwang.identity.models import LegalEntity
from yiwang.insight.models import Report
from yiwang.insight.rules.months import month_of
from yiwang.kernel.text import Text
from yiwang.platform.files import keep

pytestmark = pytest.mark.journey
#: A department for each language with which no other journey works: what is counted of it is known to the
#: last figure.
LATE = {"zh": "sanitation", "en": "civil_air_defence"}
PROJECT = {
    "credit_code": "91440100MADEM0001H",
    "firm_name": "广州云山建材有限公司",
    "legal_representative": "罗志强",
    "contact_name": "罗志强",
    "contact_phone": "13800000004",
    "project_kind": "new_build",
    "industry": "C30",
    "foreign_invested": False,
    "total_investment": "9000000",
    "start_date": "2027-03-01",
    "content": "利用现有厂房改造",
    "division": "440112001",
    "address": "科学城演示路2号",
    "land_use": "existing_building",
    "decoration_area": "200",
    "environment_class": "registration",
    "hazardous": False,
    "truthful": ["confirmed"],
}


@dataclass(frozen=True)
class Past:
    """What happened before the day: a project, and the child case in which one department is late."""

    project: Case
    late: Case
    name: Text


def _papers(*keys: str, at: datetime) -> list[GivenMaterial]:
    content = a_pdf()["buffer"]
    assert isinstance(content, bytes)
    return [
        GivenMaterial(
            key=key,
            file_id=keep(content, name=f"{key}.pdf", media_type="application/pdf", owner=key, at=at).pk,
        )
        for key in keys
    ]


def _do(username: str, case: Case, outcome: str, at: datetime) -> None:
    task = Task.objects.get(case=case, state__in=["open", "claimed"])
    api.complete_task(actor=actor(username), at=at, task_id=task.pk, outcome=outcome, note="符合要求")


def _answer(case: Case, examined: datetime, answered: datetime) -> None:
    _do(f"{case.organisation}.handler", case, "done", examined)
    api.give_opinion(
        actor=actor(f"{case.organisation}.approver"),
        at=answered,
        task_id=Task.objects.get(case=case, state="open").pk,
        verdict=Verdict.APPROVE,
        opinion=OpinionInput(grounds="符合规定"),
    )


@pytest.fixture
def past(city, language: str) -> Past:
    """A project of sixty days ago whose last department never answered; a certificate asked for today."""
    long_ago, late = timezone.now() - timedelta(days=60), LATE[language]
    firm = LegalEntity.objects.get(credit_code="91440100MADEM0001H")
    opened = api.open_case(
        actor=actor("luo", f"entity:{firm.pk}"),
        at=long_ago,
        type_code="investment_approval",
        answers=PROJECT | {"project_name": f"云山建材旧厂房改造（{late}）"},
        materials=_papers("feasibility", "lease", at=long_ago),
    )
    project = Case.objects.get(pk=opened.case_id)
    _do("service_centre.window", project, "accept", long_ago)
    api.add_department(
        actor=actor("service_centre.handler"),
        at=long_ago,
        case_id=project.pk,
        organisation=late,
        reason="涉及专业审查",
    )
    for child in Case.objects.filter(parent=project).exclude(organisation=late):
        _answer(child, long_ago + timedelta(days=1), long_ago + timedelta(days=2))
    api.open_case(
        actor=actor("chen"),
        at=timezone.now(),
        type_code="residence_certificate",
        answers=RESIDENCE,
        materials=_papers("residence_proof", at=timezone.now()),
    )
    mine = Case.objects.get(parent=project, organisation=late)
    wait_for("six cards", lambda: Card.objects.filter(case=mine).count() == 6)
    return Past(project=project, late=mine, name=organisation(late).short_name)


def _send(officer: Visit) -> None:
    officer.page.locator("main form button[type=submit], main form button").last.click()
    officer.page.wait_for_load_state()
    assert "/acts/" not in officer.page.url, officer.main().inner_text()


def _menu(officer: Visit, zh: str, en: str) -> int:
    """The figure beside an entry of the side menu, 0 where there is none; then follow it."""
    words = re.compile(rf"^\s*{officer.text(zh, en)}\s*\d*\s*$")
    entry = officer.page.locator(".yw-sidenav__link", has_text=words).first
    found = re.search(r"\d+$", entry.inner_text().strip())
    entry.click()
    officer.page.wait_for_load_state()
    return int(found.group()) if found else 0


def _row(officer: Visit, name: str) -> list[str]:
    """The cells of the row that begins with a name."""
    row = officer.page.locator("main tr", has=officer.page.locator(f"th:has-text('{name}')")).first
    return [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]


def test_a_supervisors_day(visit, city, language: str, past: Past, tmp_path: Path):
    name, code, late = past.name.in_(language), LATE[language], past.late
    month = month_of(timezone.now())

    # The board: everything that is open, over all kinds of cases; the late department leads to its cases.
    supervisor = visit("supervisor")
    supervisor.go("/desk/supervision/")
    supervisor.look("supervision-board")
    supervisor.says("企业投资项目并联审批", "Joint approval of a firm's investment project")
    supervisor.says("居住情况证明（网上、邮寄）", "Certificate of residence, online or by post")
    assert _row(supervisor, name)[1:] == ["1", "0", "0", "0", "1", "0", "—"]
    supervisor.page.locator(f"main a[href*='organisation={code}'][href*='light=red']").first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-open")
    supervisor.says(late.number)
    assert supervisor.page.locator("main tbody tr").count() == 1

    # Its cards: of the step and of the whole, yellow and then red; none has been asked about.
    supervisor.go("/desk/supervision/cards/")
    fill(supervisor.page, {"organisation": code, "noticed": "no"})
    supervisor.page.locator("main form button").first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-cards")
    assert supervisor.page.locator("main tbody tr").count() == 6
    supervisor.page.locator("main tbody tr", has_text=supervisor.text("红牌", "Red")).first.get_by_role(
        "link", name=supervisor.text("发督办", "Ask")
    ).click()
    supervisor.page.wait_for_load_state()
    supervisor.look("desk-act-open_notice")
    assert supervisor.page.locator("[name=card]:checked").count() == 1
    assert supervisor.page.locator("[name=organisation]:checked").input_value() == code
    fill(supervisor.page, {"body": "请说明超期原因并立即办理。", "days": "3"})
    _send(supervisor)
    notice = Notice.objects.get(case=late)
    assert (notice.organisation, notice.card.level, notice.card.case_id) == (code, "red", late.pk)
    supervisor.go(f"/desk/supervision/cards/?organisation={code}&noticed=no")
    supervisor.look("supervision-cards-none")
    supervisor.says("没有黄牌、红牌", "There are no cards")
    supervisor.go(f"/desk/supervision/cards/?organisation={code}&noticed=yes")
    assert supervisor.page.locator("main tbody tr").count() == 6

    # The department finds it on its desk and answers; its head was told of the cards by the system.
    handler, head = visit(f"{code}.handler"), visit(f"{code}.approver")
    handler.go("/desk/")
    assert _menu(handler, "督办", "Notices") == 1
    handler.look("supervision-notices")
    handler.says("请说明超期原因并立即办理。")
    handler.press("答复", "Answer")
    handler.look("desk-act-reply_notice")
    fill(handler.page, {"body": "承办人病休，已改派，今日办结。"})
    _send(handler)
    handler.go("/desk/")
    assert _menu(handler, "督办", "Notices") == 0
    head.go("/desk/")
    assert _menu(head, "预警提醒", "Alerts") == 6
    head.look("supervision-alerts")
    head.says(late.number)
    head.press("6条全部标为已读", "Mark 6 as seen")
    head.go("/desk/")
    assert _menu(head, "预警提醒", "Alerts") == 0
    now = timezone.now()
    _answer(late, now, now)

    # What was answered is closed, with a conclusion that stays.
    supervisor.go("/desk/")
    assert _menu(supervisor, "督办", "Notices") == 1
    supervisor.says("承办人病休，已改派，今日办结。")
    supervisor.press("办结", "Close")
    supervisor.look("desk-act-close_notice")
    fill(supervisor.page, {"closing": "情况属实，已整改。"})
    _send(supervisor)
    supervisor.go("/desk/supervision/notices/?state=closed")
    supervisor.look("supervision-notices-closed")
    supervisor.says("情况属实，已整改。")

    # Scores by department and by officer, explained down to the cases.
    supervisor.go("/desk/supervision/scores/")
    supervisor.look("supervision-scores")
    shown = _row(supervisor, name)
    supervisor.page.locator("main a", has_text=name).first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-department")
    total = supervisor.page.locator("main tr:has(td[colspan]) td:last-child").inner_text().strip()
    assert total in shown
    person = "何永康" if code == "sanitation" else "邓子健"
    supervisor.page.locator("main a", has_text=person).first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-officer")
    supervisor.page.locator("main a[href*='evidence']").first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-evidence")
    supervisor.says(late.number)
    supervisor.go("/desk/supervision/items/")
    supervisor.look("supervision-items")
    supervisor.page.locator("main tbody a").first.click()
    supervisor.page.wait_for_load_state()
    supervisor.look("supervision-item")

    # The month's report: a workbook with the very figures of the pages, a sealed document.
    supervisor.go("/desk/supervision/reports/")
    fill(supervisor.page, {"month": month.key})
    supervisor.press("制作月报", "Make the report")
    report = Report.objects.latest("id")
    wait_for("the report", lambda: Report.objects.filter(pk=report.pk, state="done").exists())
    supervisor.go(f"/desk/supervision/reports/{report.pk}/")
    supervisor.look("supervision-report")
    rows = _workbook(supervisor.fetch(supervisor.page.locator("main a[href$='/xlsx/']").first))
    # Of three limits (the promise, the examination, the opinion) the last alone was kept: 33.3. Three yellow
    # and three red cards take 15 + 45 of 100 points. A notice counts in the month in which it falls due.
    asked = int(month_of(notice.due_at) == month)
    score, grade = (48.4, "不合格\nNot adequate") if asked else (35.6, "不合格\nNot adequate")
    row = rows[f"{past.name.zh}\n{past.name.en}"]
    assert row == (0, 3, 1, 33.3, 3, 3, asked, asked, 0, None, 0, None, score, grade)
    judged = grade.split("\n")[language == "en"]
    figures = ["33.3", "40.0", "100.0" if asked else "—", "—", "—"]
    assert shown[1:] == [name, str(score), judged, *figures]
    assert total == str(score)
    document = tmp_path / "report.pdf"
    document.write_bytes(supervisor.fetch(supervisor.page.locator("main a[href$='/pdf/']").first))
    facts = _said("pdfinfo", str(document))
    assert f"电子监察月报 {month.title.zh}" in facts
    assert re.search(r"^Pages: +[2-9]$", facts, re.MULTILINE)
    lines = [" ".join(line.split()) for line in _said("pdftotext", "-layout", str(document), "-").split("\n")]
    assert f"全市 {month.title.zh}" in lines
    assert f"{past.name.zh} 0 3 33.3% 3 3 {asked}/{asked} — — {score}" in lines
    of_officer = f"0 3 33.3% 3 3 {asked}/{asked} — — {score}"
    assert sum(line.endswith(of_officer) for line in lines) >= 2  # the department, and its one late officer
    assert "Signature is Valid." in _said("pdfsig", str(document))
    supervisor.go("/desk/supervision/reports/")
    supervisor.look("supervision-reports")

    # The leader sees the board and was told of what is red; the public sees sums, the same ones.
    leader = visit("leader")
    leader.go("/desk/supervision/")
    leader.says("企业投资项目并联审批", "Joint approval of a firm's investment project")
    leader.go("/desk/supervision/alerts/")
    leader.says(late.number)
    levels = leader.page.locator("main tbody tr", has_text=late.number).locator("td:first-child")
    assert levels.all_inner_texts() == [leader.text("红牌", "Red card")] * 3
    leader.go("/desk/supervision/?screen=1")
    leader.look("supervision-screen")
    anybody = visit()
    anybody.go("/")
    anybody.page.locator("footer a[href$='/statistics/']").click()
    anybody.page.wait_for_load_state()
    anybody.go(f"/statistics/?month={month.key}")
    anybody.look("statistics")
    lodged = organisation("civil_affairs").short_name
    received = rows[f"{lodged.zh}\n{lodged.en}"][0]
    assert received >= 1
    assert _row(anybody, lodged.in_(language))[1] == f"{received}"


def _workbook(content: bytes) -> dict[object, tuple[object, ...]]:
    """The rows of the departments, by the names of both languages."""
    page = load_workbook(io.BytesIO(content))["部门 Departments"]
    return {row[0]: row[1:] for row in page.iter_rows(min_row=5, values_only=True)}


def _said(*words: str) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout
