"""Write to the applicant, answer the supervision office, answer a rating."""

from __future__ import annotations

from yiwang.cases.api import reply_notice, reply_to_rating, send_message
from yiwang.cases.contracts import CaseForOfficer, NoticeState
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option


def _body(label: Text) -> Control:
    return Control(kind="long_text", name="body", label=label, max_length=2000)


def _message_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (_body(Text("给申请人的留言", "Message to the applicant")),)


def _message(sent: Submission) -> None:
    send_message(actor=sent.actor, at=sent.at, case_id=sent.case.case.id, body=sent.text("body"))


def _open_notices(case: CaseForOfficer) -> list[Option]:
    return [
        Option(value=str(notice.id), label=notice.body[:60])
        for notice in case.notices
        if notice.state is not NoticeState.CLOSED
    ]


def _notice_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="notice",
            label=Text("答复哪一件督办", "Which notice"),
            options=_open_notices(case),
        ),
        _body(Text("办理情况和整改措施", "What was done")),
    )


def _reply(sent: Submission) -> None:
    notice_id = sent.number("notice", least=1, most=2**62)
    reply_notice(actor=sent.actor, at=sent.at, notice_id=notice_id, body=sent.text("body"))


def _rating_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (_body(Text("答复", "Answer")),)


def _rating(sent: Submission) -> None:
    reply_to_rating(actor=sent.actor, at=sent.at, case_id=sent.case.case.id, reply=sent.text("body"))


PAGES = (
    ActPage(
        key="message",
        operation="cases.message.send",
        title=Text("给申请人留言", "Write to the applicant"),
        button=Text("发送", "Send"),
        controls=_message_controls,
        submit=_message,
        done=Text("留言已发送。", "Your message is sent."),
        order=60,
    ),
    ActPage(
        key="reply_notice",
        operation="cases.notice.reply",
        title=Text("答复督办", "Answer a supervision notice"),
        button=Text("提交答复", "Submit the answer"),
        controls=_notice_controls,
        submit=_reply,
        done=Text("督办答复已提交。", "Your answer is submitted."),
        fits=lambda case: bool(_open_notices(case)),
        order=1,
    ),
    ActPage(
        key="reply_rating",
        operation="cases.rating.reply",
        title=Text("答复评价", "Answer a rating"),
        button=Text("提交答复", "Submit the answer"),
        controls=_rating_controls,
        submit=_rating,
        done=Text("评价答复已提交。", "Your answer is submitted."),
        fits=lambda case: case.rating is not None and case.rating.replied_at is None,
        order=70,
    ),
)
