"""Stop a clock on a legal ground, let it run again, ask for more time, decide on it."""

from __future__ import annotations

from yiwang.cases.api import ask_extension, decide_extension, resume_clock, stop_clock
from yiwang.cases.contracts import STOP_TEXTS, CaseForOfficer, StopGround
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option


def _stop_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="ground",
            label=Text("停止计时的依据", "Legal ground"),
            options=[Option(value=key, label=STOP_TEXTS[StopGround(key)]) for key in case.stops],
        ),
        Control(
            kind="integer",
            name="days",
            label=Text("预计需要的天数", "Expected number of days"),
            hint=Text(
                "将书面告知申请人（行政许可法第四十五条）", "The applicant is told (Licensing Law, Art. 45)"
            ),
            unit=Text("天", "days"),
        ),
        Control(kind="long_text", name="reason", label=Text("事由", "Reason"), max_length=1000),
    )


def _stop(sent: Submission) -> None:
    stop_clock(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        ground=StopGround(sent.text("ground")),
        expected_days=sent.number("days", least=1, most=365),
        reason=sent.text("reason"),
        expected_version=sent.case.case.version,
    )


def _note(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(kind="long_text", name="note", label=Text("结果说明", "What came of it"), max_length=1000),
    )


def _resume(sent: Submission) -> None:
    resume_clock(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        note=sent.text("note"),
        expected_version=sent.case.case.version,
    )


def _extension_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(
            kind="integer",
            name="days",
            label=Text("申请延长", "More time"),
            unit=Text("个工作日", "working days"),
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("延期理由", "Reason"),
            hint=Text("批准后将告知申请人", "The applicant is told once it is approved"),
            max_length=1000,
        ),
    )


def _ask(sent: Submission) -> None:
    ask_extension(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        days=sent.number("days", least=1, most=365),
        reason=sent.text("reason"),
        expected_version=sent.case.case.version,
    )


def _decision_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="grant",
            label=Text("是否批准延期", "Approve more time?"),
            options=[
                Option(value="yes", label=Text("批准", "Approve")),
                Option(value="no", label=Text("不批准", "Do not approve")),
            ],
        ),
        Control(
            kind="long_text", name="remark", label=Text("意见", "Remark"), max_length=500, required=False
        ),
    )


def _decide(sent: Submission) -> None:
    decide_extension(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        grant=sent.text("grant") == "yes",
        remark=sent.text("remark", required=False),
        expected_version=sent.case.case.version,
    )


PAGES = (
    ActPage(
        key="stop",
        operation="cases.clock.stop",
        title=Text("听证、专家评审等（停止计时）", "Hearing, expert review (stop the clock)"),
        button=Text("停止计时并告知申请人", "Stop the clock and tell the applicant"),
        controls=_stop_controls,
        submit=_stop,
        done=Text("时限已停止计算，申请人会收到告知。", "The clock has stopped and the applicant is told."),
        fits=lambda case: bool(case.stops),
        order=30,
    ),
    ActPage(
        key="resume",
        operation="cases.clock.resume",
        title=Text("恢复计时", "Let the clock run again"),
        button=Text("恢复计时", "Resume"),
        controls=_note,
        submit=_resume,
        done=Text("时限继续计算。", "The clock is running again."),
        order=31,
    ),
    ActPage(
        key="extend",
        operation="cases.extension.ask",
        title=Text("申请延期", "Ask for more time"),
        button=Text("提交延期申请", "Ask"),
        controls=_extension_controls,
        submit=_ask,
        done=Text("延期申请已提交，等待负责人批准。", "Your request waits for approval."),
        order=40,
    ),
    ActPage(
        key="decide_extension",
        operation="cases.extension.decide",
        title=Text("审批延期", "Decide on more time"),
        button=Text("提交决定", "Submit"),
        controls=_decision_controls,
        submit=_decide,
        done=Text("延期决定已作出。", "The decision on more time is made."),
        fits=lambda case: case.extension is not None and case.extension.decided_at is None,
        order=5,
    ),
)
