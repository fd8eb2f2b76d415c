"""Letters: what anybody reads, what waits for an officer's yes, and the figures."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from yiwang.cases.api import (
    answered_case,
    answered_cases,
    publishable_types,
    reply_figures,
    visible_organisations,
)
from yiwang.cases.contracts import AnsweredCase, CaseNotFound
from yiwang.platform.contracts import Actor
from yiwang.portal.talking.contracts import JudgedLetter, LetterNotFound, LetterState, PublicLetter
from yiwang.portal.talking.models import Letter
from yiwang.portal.talking.rules.figures import Row

PUBLISH = "talking.letter.publish"
_PART, _PARTS = 200, 20


def public_letters(*, words: str = "", organisation: str = "") -> QuerySet[Letter]:
    """Published letters, the latest first, as a page of a Paginator wants them; every word must be found."""
    rows = Letter.objects.filter(state=LetterState.PUBLISHED).order_by("-decided_at", "-id")
    if organisation:
        rows = rows.filter(organisation=organisation)
    for word in words.split()[:8]:
        rows = rows.filter(Q(subject__icontains=word) | Q(letter__icontains=word) | Q(reply__icontains=word))
    return rows


def public_letter(letter_id: int) -> PublicLetter:
    """Give a published letter.

    Raises:
        LetterNotFound: there is none, or it was taken down.
    """
    row = Letter.objects.filter(pk=letter_id, state=LetterState.PUBLISHED).first()
    if row is None:
        raise LetterNotFound
    return letter_view(row)


def letter_view(row: Letter) -> PublicLetter:
    """A published letter as it is read."""
    return PublicLetter(
        id=row.pk,
        type_code=row.type_code,
        organisation=row.organisation,
        subject=row.subject,
        letter=row.letter,
        reply=row.reply,
        received_on=row.received_on,
        answered_on=row.answered_on,
        published_at=row.decided_at,
    )


def answering_organisations() -> list[str]:
    """Organisations with a published letter."""
    found = Letter.objects.filter(state=LetterState.PUBLISHED).values_list("organisation", flat=True)
    return sorted(set(found))


def waiting_letters(*, actor: Actor) -> tuple[AnsweredCase, ...]:
    """Answered letters within the actor's reach whose writers agreed and on which nobody has decided.

    The latest; a list of many thousand is looked through in parts, and no further than ``_PARTS`` of them.
    """
    seen = visible_organisations(actor, PUBLISH)
    waiting: list[AnsweredCase] = []
    before: datetime | None = None
    for _ in range(_PARTS):
        part = answered_cases(organisations=seen, before=before, most=_PART)
        numbers = [case.number for case in part]
        judged = set(Letter.objects.filter(number__in=numbers).values_list("number", flat=True))
        waiting += [case for case in part if case.number not in judged]
        if len(part) < _PART or len(waiting) >= _PART:
            break
        before = part[-1].answered_at
    return tuple(waiting)


def judged_letters(*, actor: Actor, most: int = 50) -> tuple[JudgedLetter, ...]:
    """What was decided last within the actor's reach."""
    seen = visible_organisations(actor, PUBLISH)
    rows = Letter.objects.order_by("-decided_at", "-id")
    if seen is not None:
        rows = rows.filter(organisation__in=seen)
    return tuple(
        JudgedLetter(
            number=row.number,
            organisation=row.organisation,
            subject=row.subject,
            state=LetterState(row.state),
            reason=row.reason,
            decided_at=row.decided_at,
        )
        for row in rows[:most]
    )


def letter_for_officer(*, actor: Actor, number: str) -> tuple[AnsweredCase, LetterState | None]:
    """Give an answered letter to an officer who may publish it, with what was decided on it.

    Raises:
        CaseNotFound: there is none, or it is not for this officer: the two look alike.
    """
    case = answered_case(number=number)
    seen = visible_organisations(actor, PUBLISH)
    if seen is not None and not {case.organisation, case.body} & set(seen):
        raise CaseNotFound
    state = Letter.objects.filter(number=number).values_list("state", flat=True).first()
    return case, LetterState(state) if state else None


def letter_rows(*, since: datetime, until: datetime) -> list[Row]:
    """What each organisation was asked and answered in a period."""
    return [
        Row(
            organisation=found.organisation,
            received=found.received,
            answered=found.answered,
            timed=found.timed,
            on_time=found.on_time,
            days=found.days,
            counted=found.counted,
            rated=found.rated,
            satisfied=found.satisfied,
        )
        for found in reply_figures(types=publishable_types(), since=since, until=until)
    ]
