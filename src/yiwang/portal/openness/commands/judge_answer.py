"""Show the answer to a request to everybody, decline to, or take it down; who asked is never shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import (
    AlreadyJudged,
    AnswerNotFound,
    AnswerState,
    AnswerToJudge,
    AnswerWords,
    NotToBeShown,
)
from yiwang.portal.openness.models import PublicAnswer
from yiwang.portal.openness.operations import ARCHIVE
from yiwang.portal.openness.queries.answers import answer_to_judge
from yiwang.portal.search.api import ask_again
from yiwang.portal.talking.rules.personal import PERSONAL_TEXTS, personal_in

SEARCHED_AS = "answer"
MOST = {"subject": 100, "asked": 2000, "released": 5000, "withheld": 5000, "reason": 300}
_EMPTY = Text("请填写此项", "Please fill this in")
_LONG = Text("最多{most}个字", "At most {most} characters")
_STILL = Text("仍有{what}，请隐去后再公开", "Still holds: {what}. Take it out first")


@command(operation=ARCHIVE)
def publish_answer(*, actor: Actor, at: datetime, number: str, words: AnswerWords) -> int:
    """Show an answer in these words, in which nothing personal may be left; gives the id of its page.

    Raises:
        CaseNotFound, AnswerNotFound: no such answer within reach.
        NotToBeShown: its review or its decision does not allow it.
        AlreadyJudged: it was decided before.
        InvalidInput: something is missing, too long, or personal.
    """
    case = _case(actor, at, number)
    if not case.may_be_shown:
        raise NotToBeShown(number=case.number)
    said = {field.name: str(getattr(words, field.name)).strip() for field in fields(words)}
    problems = tuple(problem for name, text in said.items() for problem in _faults(name, text, case))
    if problems:
        raise InvalidInput(problems=problems)
    row = _judged(case, actor, at, AnswerState.PUBLISHED, **said)
    ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)
    emit("openness.answer_published", f"answer:{row.pk}")
    return row.pk


@command(operation=ARCHIVE)
def decline_answer(*, actor: Actor, at: datetime, number: str, reason: str) -> None:
    """Say why an answer is not shown; raises CaseNotFound, AnswerNotFound, AlreadyJudged, InvalidInput."""
    case = _case(actor, at, number)
    _judged(case, actor, at, AnswerState.DECLINED, reason=_reason(reason))


@command(operation=ARCHIVE)
def withdraw_answer(*, actor: Actor, at: datetime, number: str, reason: str) -> None:
    """Take a shown answer down; its words are deleted.

    Raises:
        CaseNotFound, AnswerNotFound, InvalidInput.
    """
    case = _case(actor, at, number)
    row = PublicAnswer.objects.select_for_update().filter(number=number, state=AnswerState.PUBLISHED).first()
    if row is None:
        raise AnswerNotFound
    row.state, row.reason = AnswerState.WITHDRAWN, _reason(reason)
    row.subject = row.asked = row.released = row.withheld = ""
    row.organisation = case.organisation
    row.decided_by, row.decided_at = actor.account_id or 0, at
    row.save()
    ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)


def _case(actor: Actor, at: datetime, number: str) -> AnswerToJudge:
    case = answer_to_judge(actor=actor, number=number, at=at)
    permit(Scope(organisations=(case.organisation,)), subject=f"answer:{case.number}")
    return case


def _judged(
    case: AnswerToJudge, actor: Actor, at: datetime, state: AnswerState, **words: str
) -> PublicAnswer:
    row, made = PublicAnswer.objects.get_or_create(
        number=case.number,
        defaults={
            "organisation": case.organisation,
            "state": state,
            "result": case.result.as_dict(),
            "received_on": case.received_on,
            "answered_on": case.answered_on,
            "decided_by": actor.account_id or 0,
            "decided_at": at,
            **words,
        },
    )
    if not made:
        raise AlreadyJudged(number=case.number)
    return row


def _faults(name: str, text: str, case: AnswerToJudge) -> Iterator[FieldProblem]:
    if not text and name != "withheld":
        yield FieldProblem(name, _EMPTY)
    if len(text) > MOST[name]:
        yield FieldProblem(name, _LONG.fill(most=MOST[name]))
    kinds = dict.fromkeys(finding.kind for finding in personal_in(text, names=[case.applicant]))
    if kinds:
        zh = "、".join(PERSONAL_TEXTS[kind].zh for kind in kinds)
        en = ", ".join(PERSONAL_TEXTS[kind].en for kind in kinds)
        yield FieldProblem(name, Text(_STILL.zh.format(what=zh), _STILL.en.format(what=en)))


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said or len(said) > MOST["reason"]:
        fault = _LONG.fill(most=MOST["reason"]) if said else _EMPTY
        raise InvalidInput(problems=(FieldProblem("reason", fault),))
    return said
