"""A citizen asks for government information: correction, third party, more time, a sealed answer."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from tests.live.desk import act, complete, open_case
from tests.live.fill import fill
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases.models import Case, Letter

pytestmark = pytest.mark.journey
HANDLER, HEAD = "planning.handler", "planning.approver"
PAGES: list[dict[str, str | list[str]]] = [
    {"agency": "planning", "description": "2025年批复的道路改造规划文件"},
    {"medium": "electronic", "way": "online"},
]
CORRECTED = "东风中路（解放北路至越秀北路）道路改造规划的批复"


def _apply(citizen: Visit, subject: str) -> Case:
    """From the guidance to the number of the case."""
    citizen.go("/services/disclosure_request/")
    citizen.look("guide-disclosure")
    citizen.press("先测一测能不能办", "Check first if you can")
    fill(citizen.page, {"wanted": "other"})
    citizen.page.locator("main form button").first.click()
    citizen.says("可以申请", "You can apply")
    citizen.press("在线申请", "Apply now")
    citizen.press("开始填写", "Start")
    citizen.press("申请人", "Applicant")
    fill(citizen.page, {"name": "陈小明", "identity_kind": "resident_card"})
    citizen.press("保存并继续", "Save and continue")
    # The kind of proof has brought up its number.
    fill(
        citizen.page,
        {"resident_id": "440100198503120017", "phone": "13800000001", "address": "体育东路1号502房"},
    )
    citizen.press("保存并继续", "Save and continue")
    fill(citizen.page, {**PAGES[0], "subject": subject})
    citizen.look("apply-disclosure")
    citizen.press("保存并继续", "Save and continue")
    fill(citizen.page, PAGES[1])
    citizen.press("保存并继续", "Save and continue")
    citizen.press("核对并提交", "Check and send")
    citizen.page.check("[name=declaration]")
    citizen.press("声明属实，提交申请", "Declare and send")
    return Case.objects.get(title=subject)


def _answer(officer: Visit, number: str, *rounds: dict[str, str | list[str]]) -> None:
    """A step whose form asks on as it is answered."""
    open_case(officer, number)
    for answers in rounds:
        fill(officer.page, answers)
        officer.look("desk-findings")
        officer.press("提交", "Submit")
    officer.says("已办理", "Done")


def _limit(case: Case) -> datetime | None:
    due: datetime | None = case.clocks.get(kind="case_statutory").due_at
    return due


def _today() -> str:
    return timezone.localdate().isoformat()


def test_a_request_goes_from_the_application_to_the_sealed_answer(visit, city, language, tmp_path: Path):
    subject = f"东风中路改造规划批复（{language}）"
    citizen = visit("chen")
    case = _apply(citizen, subject)
    assert (case.organisation, case.accepted_at) == ("planning", None)

    # The receipt is confirmed; what is unclear is corrected, and the limit begins again.
    handler, head = visit(HANDLER), visit(HEAD)
    complete(handler, case.number, {"note": "电话与申请人确认收到"})
    act(
        handler,
        case.number,
        "supplement",
        {"fields": ["description"], "what": "请写明道路的起止点。"},
    )
    citizen.go(f"/space/cases/{case.pk}/corrections/")
    fill(citizen.page, {"description": CORRECTED})
    citizen.press("提交补正", "Send the corrections")
    complete(handler, case.number, {"note": "内容明确"})

    # A third party is asked; meanwhile the limit stands still.
    _answer(
        handler,
        case.number,
        {"searched": "查阅规划档案，找到批复一份，附有企业技术资料", "third_party": "yes"},
        {"third_party_name": "广州云山建材有限公司"},
    )
    assert _limit(case) is None
    citizen.go(f"/space/cases/{case.pk}/")
    citizen.look("space-disclosure-stopped")
    citizen.says("征求第三方意见", "Third party is heard")
    _answer(
        handler,
        case.number,
        {"third_party_answer": "consents", "third_party_answered_on": _today()},
    )

    # More time: asked by one, granted by another.
    before = _limit(case)
    act(handler, case.number, "extend", {"days": "20", "reason": "档案分散，需逐卷核对"})
    act(head, case.number, "decide_extension", {"grant": "yes", "remark": "同意"})
    after = _limit(case)
    assert before is not None
    assert after is not None
    assert after > before

    # The tree, the review before release, the signature.
    _answer(
        handler,
        case.number,
        {"nature": "information"},
        {"clear": "yes"},
        {"holding": "held"},
        {"exception": "none"},
        {"fee": "none"},
        {"released": "批复全文一份，网上下载"},
    )
    _answer(
        head,
        case.number,
        {"outcome": "done", "secrecy": "clear", "privacy": "agreed", "review_note": "第三方同意，不涉密"},
        {"cleared": "yes"},
    )
    open_case(head, case.number)
    head.look("desk-sign-disclosure")
    head.says("签发：予以公开", "Sign: Granted")
    fill(head.page, {"outcome": "approve", "grounds": "属于应当公开的政府信息"})
    head.press("提交", "Submit")
    _answer(handler, case.number, {"served_by": "online", "served_on": _today()})

    case.refresh_from_db()
    assert (case.phase, case.result) == ("closed", "granted")
    wait_for("every letter", lambda: not Letter.objects.filter(case=case, made_at=None).exists(), 60)
    assert list(Letter.objects.filter(case=case).order_by("id").values_list("kind", flat=True)) == [
        "supplement",
        "special_procedure",
        "extension",
        "decision",
    ]
    citizen.go(f"/space/cases/{case.pk}/")
    citizen.look("space-disclosure-answered")
    citizen.says("予以公开", "Granted")
    letter = Letter.objects.get(case=case, kind="decision")
    sealed = tmp_path / "answer.pdf"
    sealed.write_bytes(citizen.fetch(citizen.page.locator(f"a[href*='/files/{letter.file_id}/']").first))
    judged = subprocess.run(["pdfsig", str(sealed)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in judged
    said = subprocess.run(["pdftotext", str(sealed), "-"], capture_output=True, text=True, check=True).stdout
    for words in ("政府信息公开申请答复书", "予以公开", "六十日内申请行政复议", f"{case.number}-J"):
        assert words in "".join(said.split()), said
