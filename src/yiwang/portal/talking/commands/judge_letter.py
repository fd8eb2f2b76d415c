"""Publish an answered letter with its reply, decline to, or take it down again."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.cases.api import answered_case
from yiwang.cases.contracts import AnsweredCase
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.search.api import ask_again
from yiwang.portal.talking.contracts import AlreadyJudged, LetterNotFound, LetterState, NotAgreed
from yiwang.portal.talking.models import Letter
from yiwang.portal.talking.rules.personal import PERSONAL_TEXTS, personal_in

OPERATION = "talking.letter.publish"
#: The kind under which the one search knows published letters.
SEARCHED_AS = "letter"
MOST = {"subject": 80, "letter": 5000, "reply": 8000, "reason": 500}
_EMPTY = Text("请填写此项", "Please fill this in")
_LONG = Text("最多{most}个字", "At most {most} characters")
_STILL = Text("仍有{what}，请隐去后再公开", "Still holds: {what}. Take it out first")


@command(operation=OPERATION)
def publish_letter(*, actor: Actor, at: datetime, number: str, subject: str, letter: str, reply: str) -> int:
    """Publish these words, in which nothing personal may be left; gives the id of the public letter.

    Raises:
        CaseNotFound: no answered case of this number whose reply may be published.
        NotAgreed: its writer said no.
        AlreadyJudged: it was decided before.
        InvalidInput: something is missing, too long, or personal.
    """
    case = _case(number)
    if not case.agreed:
        raise NotAgreed(number=case.number)
    said = {"subject": subject.strip(), "letter": letter.strip(), "reply": reply.strip()}
    problems = [problem for name, text in said.items() for problem in _faults(name, text, case)]
    if problems:
        raise InvalidInput(problems=tuple(problems))
    made = _judged(case, actor, at, LetterState.PUBLISHED, **said)
    ask_again(kind=SEARCHED_AS, key=str(made), at=at)
    return made


@command(operation=OPERATION)
def decline_letter(*, actor: Actor, at: datetime, number: str, reason: str) -> None:
    """Say why an answered letter is not published.

    Raises:
        CaseNotFound, AlreadyJudged, InvalidInput.
    """
    case = _case(number)
    _judged(case, actor, at, LetterState.DECLINED, reason=_reason(reason))


@command(operation=OPERATION)
def withdraw_letter(*, actor: Actor, at: datetime, number: str, reason: str) -> None:
    """Take a published letter down; its words are deleted.

    Raises:
        LetterNotFound: it is not public.
        CaseNotFound, InvalidInput.
    """
    case = _case(number)
    row = Letter.objects.select_for_update().filter(number=case.number, state=LetterState.PUBLISHED).first()
    if row is None:
        raise LetterNotFound
    row.state, row.reason = LetterState.WITHDRAWN, _reason(reason)
    row.subject = row.letter = row.reply = ""
    row.decided_by, row.decided_at = actor.account_id or 0, at
    row.save()
    ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)


def _case(number: str) -> AnsweredCase:
    case = answered_case(number=number)
    permit(Scope(organisations=(case.organisation, case.body)), subject=f"letter:{case.number}")
    return case


def _judged(case: AnsweredCase, actor: Actor, at: datetime, state: LetterState, **words: str) -> int:
    row, made = Letter.objects.get_or_create(
        number=case.number,
        defaults={
            "type_code": case.type_code,
            "organisation": case.organisation,
            "state": state,
            "received_on": timezone.localdate(case.opened_at),
            "answered_on": timezone.localdate(case.answered_at),
            "decided_by": actor.account_id or 0,
            "decided_at": at,
            **words,
        },
    )
    if not made:
        raise AlreadyJudged(number=case.number)
    return row.pk


def _faults(name: str, text: str, case: AnsweredCase) -> list[FieldProblem]:
    if not text:
        return [FieldProblem(name, _EMPTY)]
    if len(text) > MOST[name]:
        return [FieldProblem(name, _LONG.fill(most=MOST[name]))]
    kinds = dict.fromkeys(finding.kind for finding in personal_in(text, names=[case.applicant_name]))
    if not kinds:
        return []
    zh = "、".join(PERSONAL_TEXTS[kind].zh for kind in kinds)
    en = ", ".join(PERSONAL_TEXTS[kind].en for kind in kinds)
    return [FieldProblem(name, _STILL.fill(what=Text(zh, en)))]


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > MOST["reason"]:
        fault = _LONG.fill(most=MOST["reason"]) if said else _EMPTY
        raise InvalidInput(problems=(FieldProblem("reason", fault),))
    return said
