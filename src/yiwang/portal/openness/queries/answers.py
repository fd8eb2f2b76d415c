"""Answers to requests: the public archive, and what waits for an officer's yes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from yiwang.cases.api import case_for_officer, cases_in_span
from yiwang.cases.contracts import CaseForOfficer
from yiwang.kernel.text import Text, text_from
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.openness.contracts import (
    AnswerNotFound,
    AnswerRow,
    AnswerState,
    AnswerToJudge,
    AnswerWords,
)
from yiwang.portal.openness.models import PublicAnswer
from yiwang.portal.talking.rules.personal import without_personal

TYPE = "disclosure_request"
#: Results of requests in which something was given.
_GIVEN = frozenset({"granted", "partly_granted"})
_SPAN = timedelta(days=366)
_MOST_WAITING = 100
_MOST_WORDS = 8


def public_answers(*, words: str = "", organisation: str = "", year: int = 0) -> QuerySet[PublicAnswer]:
    """Shown answers, the latest first; every word must be found."""
    rows = PublicAnswer.objects.filter(state=AnswerState.PUBLISHED).order_by("-answered_on", "-id")
    if organisation:
        rows = rows.filter(organisation=organisation)
    if year:
        rows = rows.filter(answered_on__year=year)
    for word in words.split()[:_MOST_WORDS]:
        rows = rows.filter(
            Q(subject__icontains=word) | Q(asked__icontains=word) | Q(released__icontains=word)
        )
    return rows


def public_answer(answer: int) -> AnswerRow:
    """One shown answer; raises AnswerNotFound."""
    row = public_answers().filter(pk=answer).first()
    if row is None:
        raise AnswerNotFound
    return answer_row(row)


def answer_row(row: PublicAnswer) -> AnswerRow:
    """A shown answer as it is read."""
    return AnswerRow(
        id=row.pk,
        organisation=row.organisation,
        result=text_from(row.result),
        words=AnswerWords(subject=row.subject, asked=row.asked, released=row.released, withheld=row.withheld),
        received_on=row.received_on,
        answered_on=row.answered_on,
        published_at=row.decided_at,
    )


def answering_organisations() -> tuple[str, ...]:
    """Organisations with shown answers."""
    return tuple(sorted(set(public_answers().values_list("organisation", flat=True))))


def waiting_answers(*, actor: Actor, at: datetime) -> tuple[AnswerToJudge, ...]:
    """Answers of the last year that gave something, may be shown, and on which nobody has decided."""
    cases = cases_in_span(actor=actor, type_code=TYPE, since=at - _SPAN, until=at)
    given = [case for case in cases if case.ended_at is not None and case.result in _GIVEN]
    judged = set(
        PublicAnswer.objects.filter(number__in=[case.number for case in given]).values_list(
            "number", flat=True
        )
    )
    waiting = [case.number for case in given if case.number not in judged][-_MOST_WAITING:]
    found = (answer_to_judge(actor=actor, number=number, at=at) for number in reversed(waiting))
    return tuple(answer for answer in found if answer.may_be_shown)


def answer_to_judge(*, actor: Actor, number: str, at: datetime) -> AnswerToJudge:
    """An answered request for whoever decides whether it is shown, personal data taken out as rules see it.

    Raises:
        CaseNotFound: there is none, or it is not for this officer.
        AnswerNotFound: it is no request for information, or not answered.
    """
    view = case_for_officer(actor=actor, at=at, number=number)
    case = view.case
    if case.type_code != TYPE or case.decided_at is None:
        raise AnswerNotFound
    found = _findings(view)
    state = PublicAnswer.objects.filter(number=case.number).values_list("state", flat=True).first()

    def tidy(text: Json) -> str:
        return without_personal(text, names=[case.applicant_name]) if isinstance(text, str) else ""

    return AnswerToJudge(
        number=case.number,
        organisation=case.organisation,
        title=case.title,
        result=case.result or Text("", ""),
        applicant=case.applicant_name,
        words=AnswerWords(
            subject=tidy(case.title),
            asked=tidy(view.answers.get("description")),
            released=tidy(found.get("released")),
            withheld=tidy(found.get("withheld")),
        ),
        may_be_shown=found.get("cleared") is True and found.get("answer_public") is True,
        received_on=localdate(case.accepted_at or case.opened_at),
        answered_on=localdate(case.decided_at),
        state=AnswerState(state) if state else None,
    )


def judged_answers(*, actor: Actor, most: int = 50) -> tuple[PublicAnswer, ...]:
    """What was decided last in one's own organisation."""
    rows = PublicAnswer.objects.filter(organisation=actor.organisation).order_by("-decided_at", "-id")
    return tuple(rows[:most])


def _findings(view: CaseForOfficer) -> dict[str, Json]:
    found = view.data.get("findings")
    return found if isinstance(found, dict) else {}
