"""One-time notice of what is missing or wrong, naming the exact fields and papers (Licensing Law Art. 32)."""

from __future__ import annotations

from django.utils import timezone

from yiwang.cases.api import correctable, request_supplement
from yiwang.cases.contracts import CaseForOfficer, SupplementItem
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option

_SAY_WHAT = Text("请写明怎么改", "Say how to correct it")


def _controls(case: CaseForOfficer) -> tuple[Control, ...]:
    fields, materials = correctable(case.case.id, today=timezone.localdate())
    return (
        Control(
            kind="choices",
            name="fields",
            label=Text("需要补正的填写内容", "Answers to correct"),
            hint=Text("申请人只能修改这里勾选的内容", "The applicant can change only what is ticked here"),
            options=[Option(value=path, label=label) for path, label in fields],
            required=False,
        ),
        Control(
            kind="choices",
            name="materials",
            label=Text("需要补充或重交的材料", "Papers to add or replace"),
            options=[Option(value=key, label=title) for key, title in materials],
            required=False,
        ),
        Control(
            kind="long_text",
            name="what",
            label=Text("补正要求", "What to do"),
            hint=Text(
                "逐项写明缺什么、怎么改。依法只能告知一次，请写全。",
                "Say for each what is missing and how to correct it. The law allows one notice: be complete.",
            ),
            max_length=2000,
        ),
    )


def _submit(sent: Submission) -> None:
    what = sent.text("what")
    fields = sent.answers.get("fields", [])
    materials = sent.answers.get("materials", [])
    items = [SupplementItem(path=path, what=what) for path in fields]
    items += [SupplementItem(material=key, what=what) for key in materials]
    if not items:
        reason = Text("至少勾选一项内容或材料", "Tick at least one answer or paper")
        raise InvalidInput(problems=(FieldProblem(path="fields", text=reason),))
    request_supplement(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        items=tuple(items),
        note=what,
        expected_version=sent.case.case.version,
    )


PAGES = (
    ActPage(
        key="supplement",
        operation="cases.supplement.request",
        title=Text("一次性告知补正", "Ask once for corrections"),
        button=Text("发出补正通知", "Send the notice"),
        controls=_controls,
        submit=_submit,
        done=Text("补正通知已发出，时限停止计算。", "The notice is sent; the clock has stopped."),
        order=20,
    ),
)
