"""The supervision office asks about a case (督办) and closes what was answered; licences are revoked."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.api import close_notice, open_notice, revoke_licence
from yiwang.cases.contracts import LIGHT_TEXTS, CardLevel, CaseForOfficer, LicenceState, Light, NoticeState
from yiwang.cases.web.acts.page import ActPage, Submission
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option

_CARD_TEXTS = {CardLevel.YELLOW: LIGHT_TEXTS[Light.YELLOW], CardLevel.RED: LIGHT_TEXTS[Light.RED]}


def _answerable(case: CaseForOfficer) -> list[str]:
    open_at = [task.organisation for task in case.tasks if task.ended_at is None]
    carded = [card.organisation for card in case.cards]
    return list(dict.fromkeys([*open_at, *carded, case.case.organisation]))


def _card_control(case: CaseForOfficer, names: Mapping[str, Text]) -> tuple[Control, ...]:
    """Which card it is about, where some have not been asked about."""
    cards = [
        Option(
            value=str(card.id),
            label=_said(_CARD_TEXTS[card.level], names[card.organisation], card.step),
        )
        for card in reversed(case.cards)
        if not card.noticed
    ]
    label = Text("因哪张黄牌、红牌督办", "About which card")
    return (Control(kind="choice", name="card", label=label, options=cards, required=False),) if cards else ()


def _said(level: Text, name: Text, step: Text) -> Text:
    return Text(f"{level.zh}：{name.zh}，{step.zh}", f"{level.en}: {name.en}, {step.en}")


def _open_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    codes = _answerable(case)
    names = organisation_names(codes)
    return (
        *_card_control(case, names),
        Control(
            kind="choice",
            name="organisation",
            label=Text("督办对象", "Who must answer"),
            options=[Option(value=code, label=names.get(code, code)) for code in codes],
        ),
        Control(kind="long_text", name="body", label=Text("督办内容", "What is asked"), max_length=2000),
        Control(
            kind="integer",
            name="days",
            label=Text("答复期限", "Answer within"),
            unit=Text("个工作日", "working days"),
        ),
    )


def _open(sent: Submission) -> None:
    open_notice(
        actor=sent.actor,
        at=sent.at,
        case_id=sent.case.case.id,
        organisation=sent.text("organisation"),
        body=sent.text("body"),
        working_days=sent.number("days", least=1, most=60),
        card_id=sent.number("card", least=1, most=2**62) if sent.answers.get("card") else None,
    )


def _closable(case: CaseForOfficer) -> list[Option]:
    return [
        Option(value=str(notice.id), label=notice.body[:60])
        for notice in case.notices
        if notice.state is NoticeState.REPLIED
    ]


def _close_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(
            kind="choice",
            name="notice",
            label=Text("办结哪一件督办", "Which notice"),
            options=_closable(case),
        ),
        Control(kind="long_text", name="closing", label=Text("办结意见", "Conclusion"), max_length=1000),
    )


def _close(sent: Submission) -> None:
    notice_id = sent.number("notice", least=1, most=2**62)
    close_notice(actor=sent.actor, at=sent.at, notice_id=notice_id, closing=sent.text("closing"))


def _valid(case: CaseForOfficer) -> list[Option]:
    return [
        Option(value=str(licence.id), label=licence.number)
        for licence in case.licences
        if licence.state is LicenceState.VALID
    ]


def _revoke_controls(case: CaseForOfficer) -> tuple[Control, ...]:
    return (
        Control(kind="choice", name="licence", label=Text("证照", "Licence"), options=_valid(case)),
        Control(
            kind="long_text",
            name="reason",
            label=Text("撤销理由和依据", "Grounds"),
            hint=Text("行政许可法第六十九条", "Administrative Licensing Law, Art. 69"),
            max_length=1000,
        ),
    )


def _revoke(sent: Submission) -> None:
    licence_id = sent.number("licence", least=1, most=2**62)
    revoke_licence(actor=sent.actor, at=sent.at, licence_id=licence_id, reason=sent.text("reason"))


PAGES = (
    ActPage(
        key="open_notice",
        operation="cases.notice.open",
        title=Text("发出督办通知", "Open a supervision notice"),
        button=Text("发出", "Send"),
        controls=_open_controls,
        submit=_open,
        done=Text("督办通知已发出。", "The notice is sent."),
        order=2,
    ),
    ActPage(
        key="close_notice",
        operation="cases.notice.close",
        title=Text("办结督办", "Close a notice"),
        button=Text("办结", "Close"),
        controls=_close_controls,
        submit=_close,
        done=Text("督办已办结。", "The notice is closed."),
        fits=lambda case: bool(_closable(case)),
        order=3,
    ),
    ActPage(
        key="revoke",
        operation="cases.licence.revoke",
        title=Text("撤销证照", "Revoke a licence"),
        button=Text("撤销", "Revoke"),
        controls=_revoke_controls,
        submit=_revoke,
        done=Text("证照已撤销，核验页立即可见。", "The licence is revoked; the check page shows it at once."),
        warning=True,
        fits=lambda case: bool(_valid(case)),
        order=90,
    ),
)
