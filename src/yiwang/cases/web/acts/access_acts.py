"""The owner of a resource narrows what another department asked for, before it is decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yiwang.cases.api import narrow_access
from yiwang.cases.contracts import CaseForOfficer
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.exchange.api import Narrowing
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option

_NOT_A_DAY = Text("请填写年-月-日，如 2026-12-31", "Give year-month-day, such as 2026-12-31")
_QUOTA = Text("请填写正整数", "Give a whole number above 0")
_CONSENT = Text("须本人同意后才可查询", "Only with the consent of the person concerned")


def _fields(case: CaseForOfficer) -> list[Option]:
    rows = case.answers.get("fields")
    return [
        Option(value=str(row.get("name")), label=str(row.get("title")))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


def _kept(case: CaseForOfficer) -> Mapping[str, Json]:
    found = case.data.get("terms")
    return found if isinstance(found, dict) else {}


def _controls(case: CaseForOfficer) -> tuple[Control, ...]:
    kept, options = _kept(case), _fields(case)
    return (
        Control(
            kind="choices",
            name="fields",
            label=Text("核准的字段", "Fields that are granted"),
            compact=True,
            value=kept.get("fields") or [option.value for option in options],
            options=options,
        ),
        Control(
            kind="text",
            name="until",
            label=Text("核准的截止日期", "Granted until"),
            hint=_NOT_A_DAY,
            value=kept.get("valid_until") or case.answers.get("valid_until") or "",
            max_length=10,
        ),
        Control(
            kind="integer",
            name="quota",
            label=Text("核准的每日次数", "Looks a day"),
            hint=Text("不填则按申请", "Leave empty for what was asked"),
            value=kept.get("quota") or case.answers.get("quota") or "",
            required=False,
        ),
        Control(
            kind="choices",
            name="consent",
            label=Text("同意", "Consent"),
            value=["needed"] if kept.get("needs_consent") else [],
            options=[Option(value="needed", label=_CONSENT)],
            required=False,
        ),
    )


def _submit(sent: Submission) -> None:
    consent = sent.answers.get("consent", [])
    narrow_access(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        by=Narrowing(
            fields=tuple(sent.chosen("fields")),
            valid_until=_day(sent.text("until")),
            quota_per_day=_quota(sent),
            needs_consent="needed" in consent,
        ),
        expected_version=sent.case.case.version,
    )


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as problem:
        raise InvalidInput(problems=(FieldProblem(path="until", text=_NOT_A_DAY),)) from problem


def _quota(sent: Submission) -> int | None:
    typed = sent.text("quota", required=False)
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise InvalidInput(problems=(FieldProblem(path="quota", text=_QUOTA),))
    return int(typed)


PAGES = (
    ActPage(
        key="narrow_access",
        operation="cases.access.narrow",
        title=Text("核减共享条件", "Narrow the terms"),
        button=Text("保存核准条件", "Keep these terms"),
        controls=_controls,
        submit=_submit,
        done=Text("核准条件已保存，同意时按此授权。", "Kept; an approval grants these terms."),
        intro=Text("只能减少字段、缩短期限、降低次数。", "Only fewer fields, a shorter term, fewer looks."),
        order=20,
    ),
)
