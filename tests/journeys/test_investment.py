"""A firm from eligibility to licence: one supplement, one hearing, one extension, one late department."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.city import actor
from tests.live.desk import act, complete, open_case
from tests.live.fill import fill
from tests.live.papers import a_pdf
from tests.live.project import apply_for
from tests.live.waiting import wait_for

from yiwang.cases import api
from yiwang.cases.contracts import OpinionInput, Verdict
from yiwang.cases.models import Card, Case, Letter, Licence, Rating, Task

pytestmark = pytest.mark.journey
LATE = "water"


def _child(case: Case, organisation: str) -> Case:
    return Case.objects.get(parent=case, organisation=organisation)


def _answer_for(case: Case) -> None:
    """The departments that nobody looks at here answer by the same commands as their pages."""
    child_tasks = Task.objects.filter(case=case, state__in=["open", "claimed"])
    handler, approver = actor(f"{case.organisation}.handler"), actor(f"{case.organisation}.approver")
    now = timezone.now()
    api.complete_task(actor=handler, at=now, task_id=child_tasks.get().pk, outcome="done", note="符合要求")
    said = OpinionInput(grounds="符合规定")
    api.give_opinion(
        actor=approver, at=now, task_id=child_tasks.get().pk, verdict=Verdict.APPROVE, opinion=said
    )


def _printed_address(document: Path) -> str:
    """The address beside the QR code, which holds the same; it may be set in two lines."""
    said = subprocess.run(
        ["pdftotext", str(document), "-"], capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"http://[0-9.:]+/licences/[A-Z0-9]+/", "".join(said.split()))
    assert found is not None, said
    return found.group()


def test_a_firm_gets_its_licence(visit, city, language, tmp_path: Path):
    name = f"云山绿色建材智能工厂（{language}）"
    firm = visit("luo")
    firm.go("/services/")
    firm.look("services")
    firm.go("/services/investment_approval/")
    firm.look("guide")
    firm.press("先测一测能不能办", "Check first if you can")
    firm.look("eligibility")
    fill(firm.page, {"registered": "yes", "restricted": "none", "land_ready": "settled"})
    firm.page.locator("main form button").first.click()
    firm.says("可以申请", "You can apply")
    firm.look("eligibility-answer")
    apply_for(firm, name)
    case = Case.objects.filter(title=name, parent=None).latest("id")
    firm.says(case.number)
    firm.look("apply-done")

    # One supplement, naming one answer and one paper.
    window = visit("service_centre.window")
    open_case(window, case.number)
    window.press("签收", "Take it")
    act(
        window,
        case.number,
        "supplement",
        {"fields": ["content"], "materials": ["site_plan"], "what": "请补充主要设备和工艺，并重交总平面图。"},
    )
    firm.go(f"/space/cases/{case.pk}/")
    firm.look("space-case-supplement")
    firm.go(f"/space/cases/{case.pk}/corrections/")
    firm.look("space-corrections")
    fill(firm.page, {"content": "新建智能化生产厂房一座，回转窑一条，全封闭除尘。"})
    firm.page.set_input_files("input[type=file]", [a_pdf("site_plan_2.pdf")])
    firm.press("提交补正", "Send the corrections")
    complete(window, case.number, {"outcome": "accept"})
    case.refresh_from_db()
    assert case.phase == "accepted"
    asked = set(Case.objects.filter(parent=case).values_list("organisation", flat=True))
    assert len(asked) >= 5

    # One department more, which should have answered long ago.
    centre = actor("service_centre.handler")
    long_ago = timezone.now() - timedelta(days=60)
    api.add_department(actor=centre, at=long_ago, case_id=case.pk, organisation=LATE, reason="涉及排水")
    late = _child(case, LATE)

    # One hearing: the clocks stand still, and go on.
    hearing = _child(case, "planning")
    planning = visit("planning.handler")
    open_case(planning, hearing.number)
    act(
        planning,
        hearing.number,
        "stop",
        {"ground": "hearing", "days": "10", "reason": "利害关系人申请听证"},
    )
    planning.says("停止计时", "Clock stopped")
    planning.page.locator("aside a[href*='/clocks/']").first.click()
    planning.page.wait_for_load_state()
    planning.look("desk-clock")
    act(planning, hearing.number, "resume", {"note": "听证会已举行，无异议"})

    # One extension, asked by one officer and granted by another.
    handler, approver = visit("service_centre.handler"), visit("service_centre.approver")
    act(handler, case.number, "extend", {"days": "10", "reason": "项目情况复杂，需要会商"})
    act(approver, case.number, "decide_extension", {"grant": "yes", "remark": "同意"})

    # The late department: yellow, red, a notice, its reply.
    wait_for("the red card", lambda: Card.objects.filter(case=late, level="red").exists())
    assert Card.objects.filter(case=late, level="yellow").exists()
    supervisor = visit("supervisor")
    supervisor.go("/desk/supervision/")
    supervisor.look("supervision-board")
    supervisor.go("/desk/supervision/cards/")
    supervisor.look("supervision-cards")
    supervisor.says(late.number)
    act(
        supervisor,
        late.number,
        "open_notice",
        {"organisation": LATE, "body": "请说明超期原因并立即办理。", "days": "3"},
    )
    water, water_head = visit("water.handler"), visit("water.approver")
    open_case(water, late.number)
    water.says("请说明超期原因并立即办理。")
    act(water, late.number, "reply_notice", {"body": "承办人病休，已改派，今日办结。"})
    complete(water, late.number, {"note": "排水方案可行"})
    complete(
        water_head, late.number, {"outcome": "conditional", "conditions": "雨污分流，施工前办理排水许可。"}
    )
    act(supervisor, late.number, "close_notice", {"closing": "已整改，办结。"})

    for organisation in sorted(asked):
        _answer_for(_child(case, organisation))
    handler.go(f"/desk/cases/{case.number}/process/")
    handler.page.wait_for_selector(".djs-container")
    handler.look("desk-process")
    complete(handler, case.number, {"note": "各部门意见一致"})
    complete(approver, case.number, {"outcome": "approve", "grounds": "符合法定条件、标准"})
    approver.go(f"/desk/cases/{case.number}/log/")
    approver.look("desk-log")

    # The licence: sealed, downloaded, judged by another program, checked by anybody.
    wait_for("the licence", lambda: Licence.objects.filter(case=case, file_id__isnull=False).exists())
    licence = Licence.objects.get(case=case)
    wait_for("every letter", lambda: not Letter.objects.filter(case=case, made_at=None).exists())
    firm.go(f"/space/cases/{case.pk}/")
    firm.look("space-case-decided")
    firm.go("/space/documents/")
    firm.look("space-documents")
    sealed = tmp_path / "licence.pdf"
    sealed.write_bytes(firm.fetch(firm.page.locator(f"a[href*='/files/{licence.file_id}/']").first))
    judged = subprocess.run(["pdfsig", str(sealed)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in judged
    assert "Total document signed" in judged
    anybody = visit()
    anybody.page.goto(_printed_address(sealed))
    anybody.says(licence.number)
    anybody.look("licence")
    anybody.go("/results/")
    anybody.says(case.number)
    anybody.look("results")

    firm.go(f"/space/cases/{case.pk}/rate/")
    firm.look("rate")
    fill(firm.page, {"level": "5"})
    firm.page.locator("main form button").first.click()
    firm.page.wait_for_load_state()
    assert Rating.objects.get(case=case).level == 5
