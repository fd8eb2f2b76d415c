"""A citizen asks for government information: correction, third party, more time, a sealed answer."""

from __future__ import annotations

import hashlib
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import typst
from django.utils import timezone
from playwright.sync_api import FilePayload
from tests.live.desk import act, complete, open_case
from tests.live.fill import fill
from tests.live.visit import Visit
from tests.live.waiting import wait_for

from yiwang.cases.models import Case, Enclosure, Letter
from yiwang.platform.models import StoredFile

pytestmark = pytest.mark.journey
HANDLER, HEAD = "planning.handler", "planning.approver"
PAGES: list[dict[str, str | list[str]]] = [
    {"agency": "planning", "description": "2025年批复的道路改造规划文件"},
    {"medium": "electronic", "way": "online"},
]
FIRM = "广州云山建材有限公司"
SECRET = "抗压强度参数十二"
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
    # The register of addresses does not know it: kept as it was typed.
    citizen.says("按我填写的保留", "keep what I typed")
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

    # A third party is written to; meanwhile the limit stands still. What it answers stays with the case.
    _answer(
        handler,
        case.number,
        {"searched": "查阅规划档案，找到批复一份，附有企业技术资料", "third_party": "yes"},
        {"third_party_name": FIRM},
    )
    assert _limit(case) is None
    citizen.go(f"/space/cases/{case.pk}/")
    citizen.look("space-disclosure-stopped")
    citizen.says("征求第三方意见", "Third party is heard")
    handler.go(f"/desk/disclosure/cases/{case.number}/documents/")
    handler.look("desk-disclosure-received")
    handler.page.set_input_files("#q-received", _file("意见书.pdf", "不同意公开技术参数。"))
    handler.press("附上来文", "Keep it")
    _answer(
        handler,
        case.number,
        {"third_party_answer": "objects"},
        {"third_party_reasons": "技术参数属于商业秘密", "third_party_answered_on": _today()},
    )

    # More time: asked by one, granted by another.
    before = _limit(case)
    act(handler, case.number, "extend", {"days": "20", "reason": "档案分散，需逐卷核对"})
    act(head, case.number, "decide_extension", {"grant": "yes", "remark": "同意"})
    after = _limit(case)
    assert before is not None
    assert after is not None
    assert after > before

    # What the firm keeps secret is taken out; the tree, the review before release, the signature.
    _sever(handler, case.number)
    _answer(
        handler,
        case.number,
        {"nature": "information"},
        {"clear": "yes"},
        {"holding": "held"},
        {"exception": "third_party_rights"},
        {"third_party_outcome": "protected"},
        {"severable": "yes"},
        {"fee": "none"},
        {"released": "批复全文一份，网上下载", "withheld": "企业技术参数，属于商业秘密"},
    )
    _answer(
        head,
        case.number,
        {"outcome": "done", "secrecy": "clear", "privacy": "removed", "review_note": "技术参数已区分处理"},
        {"cleared": "yes"},
    )
    open_case(head, case.number)
    head.look("desk-sign-disclosure")
    head.says("签发：部分公开", "Sign: Granted in part")
    fill(head.page, {"outcome": "approve", "grounds": "技术参数属于第三方商业秘密，其余应当公开"})
    head.press("提交", "Submit")
    _answer(handler, case.number, {"served_by": "online", "served_on": _today()})

    case.refresh_from_db()
    assert (case.phase, case.result) == ("closed", "partly_granted")
    wait_for("every letter", lambda: not Letter.objects.filter(case=case, made_at=None).exists())
    assert list(Letter.objects.filter(case=case).order_by("id").values_list("kind", "addressee")) == [
        ("supplement", ""),
        ("ask_third_party", FIRM),
        ("special_procedure", ""),
        ("extension", ""),
        ("decision", ""),
    ]
    _receives(citizen, case, tmp_path)
    _reported(handler, case)


def _file(name: str, words: str) -> FilePayload:
    content = typst.compile(f'#set text(font: "Noto Serif CJK SC")\n{words}'.encode())
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def _sever(officer: Visit, number: str) -> None:
    """From the case's page: the original is sent, the secret found and taken out, the proof stands there."""
    open_case(officer, number)
    officer.press("附件和区分处理", "Enclosures and severing")
    officer.look("desk-disclosure-documents")
    officer.page.set_input_files("#q-source", _file("批复.pdf", f"同意该规划。{SECRET}。"))
    officer.press("上传原件", "Send the original")
    officer.page.fill("[name=words]", SECRET)
    officer.press("查找并标出", "Find and mark")
    officer.says("找到 1 处", "Found 1 times")
    officer.look("desk-disclosure-severing")
    officer.press("去除并附到答复", "Take out and enclose")
    officer.says("复核通过", "Check passed")
    officer.look("desk-disclosure-enclosed")


def _receives(citizen: Visit, case: Case, place: Path) -> None:
    """The sealed answer, which names the file by its digest, and the file, which holds no word of it all."""
    citizen.go(f"/space/cases/{case.pk}/")
    citizen.look("space-disclosure-answered")
    citizen.says("部分公开", "Granted in part")
    letter = Letter.objects.get(case=case, kind="decision")
    severed = Enclosure.objects.get(case=case, kind="released")
    found = {}
    for name, file_id in (("answer", letter.file_id), ("severed", severed.file_id)):
        found[name] = place / f"{name}.pdf"
        found[name].write_bytes(citizen.fetch(citizen.page.locator(f"a[href*='/files/{file_id}/']").first))
    judged = _printed("pdfsig", found["answer"])
    assert "Signature is Valid." in judged
    said = "".join(_printed("pdftotext", found["answer"], "-").split())
    for words in (
        "政府信息公开申请答复书",
        "部分公开",
        "六十日内申请行政复议",
        f"{case.number}-J",
        severed.sha256,
    ):
        assert words in said, said
    assert hashlib.sha256(found["severed"].read_bytes()).hexdigest() == severed.sha256
    assert _printed("pdftotext", found["severed"], "-").strip() == ""
    # Neither what the firm wrote nor the letter to it are the applicant's.
    kept = [Enclosure.objects.get(case=case, kind="received"), Letter.objects.get(case=case, addressee=FIRM)]
    for each in kept:
        address = f"{citizen.address}/space/cases/{case.pk}/files/{each.file_id}/"
        assert citizen.context.request.get(address).status == 404
    wait_for(
        "the original is forgotten",
        lambda: not StoredFile.objects.filter(owner=f"severing:case:{case.pk}"),
    )


def _reported(officer: Visit, case: Case) -> None:
    """The annual report counts the request once as new and once as given in part, and its tables agree."""
    year = timezone.localdate().year
    officer.go(f"/desk/disclosure/report/{year}/?organisation=planning")
    officer.look("desk-disclosure-report")
    officer.says("勾稽关系已核对", "Checked: in each column")
    for row in ("new", "partly_granted"):
        officer.go(f"/desk/disclosure/report/{year}/?organisation=planning")
        cell = f"a[href*='row={row}&column=natural_person']"
        officer.page.locator(cell).first.click()
        officer.page.wait_for_load_state()
        officer.says(case.number)


def _printed(program: str, *arguments: str | Path) -> str:
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.stdout
