"""Look at the present values of an entry whose change is asked for, before deciding anew."""

from __future__ import annotations

from yiwang.cases.api import renew_register_change
from yiwang.cases.contracts import CaseForOfficer
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control


def _nothing(case: CaseForOfficer) -> tuple[Control, ...]:
    return ()


def _renew(sent: Submission) -> None:
    renew_register_change(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        expected_version=sent.case.case.version,
    )


PAGES = (
    ActPage(
        key="present_values",
        operation="cases.register_change.renew",
        title=Text("核对登记现值", "Look at the present values"),
        button=Text("取现值", "Take the present values"),
        controls=_nothing,
        submit=_renew,
        done=Text("已取现值，请对照后决定。", "Taken; compare them, then decide."),
        intro=Text(
            "登记项在申请之后如有变动，现值会列在申请时的值旁边。查阅会留下记录。",
            "If the entry has changed since, its present values are put beside those asked about. "
            "The look leaves a trace.",
        ),
        order=5,
    ),
)
