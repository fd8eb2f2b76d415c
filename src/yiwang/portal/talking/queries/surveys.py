"""Surveys and votes; results only once they are over, and counted from the ballots each time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import LiteralString

from django.utils import timezone

from yiwang.kernel.text import text_from
from yiwang.platform import sql
from yiwang.platform.contracts import Actor, Json
from yiwang.portal.talking.contracts import QuestionResult, ResultsNotYet, SurveyNotFound, SurveyView
from yiwang.portal.talking.models import Ballot, Survey
from yiwang.portal.talking.queries.drafts import Drafts
from yiwang.portal.talking.rules.consulting import is_open
from yiwang.portal.talking.rules.voting import Asks, Question, SurveyKind

SURVEYS = Drafts(Survey.objects.all, SurveyNotFound, "talking.survey.draft")
_COUNTS: LiteralString = """
SELECT question.key, choice, count(*)
FROM talking_ballot, jsonb_each(said) AS question, jsonb_array_elements_text(question.value) AS choice
WHERE survey_id = %s AND question.key = ANY(%s) GROUP BY 1, 2
"""
_ANSWERED: LiteralString = """
SELECT question, count(*) FROM talking_ballot, jsonb_object_keys(said) AS question
WHERE survey_id = %s GROUP BY 1
"""


def stored(questions: Iterable[Question]) -> list[Json]:
    """Questions as they are kept."""
    return [
        {"key": q.key, "asks": q.asks.value, "title": q.title, "options": list(q.options)} for q in questions
    ]


def questions_in(row: Survey) -> tuple[Question, ...]:
    """The questions of a survey."""
    return tuple(
        Question(key=q["key"], asks=Asks(q["asks"]), title=q["title"], options=tuple(q["options"]))
        for q in row.questions
    )


def public_survey(survey: int, *, at: datetime) -> SurveyView:
    """Give a survey that is or was out.

    Raises:
        SurveyNotFound.
    """
    return survey_view(SURVEYS.public_one(survey), at=at)


def survey_for_officer(*, actor: Actor, survey: int, at: datetime) -> SurveyView:
    """Give a survey to an officer within whose reach it is.

    Raises:
        SurveyNotFound: there is none, or it is another's: the two look alike.
    """
    return survey_view(SURVEYS.own_one(actor, survey), at=at)


def survey_view(row: Survey, *, at: datetime) -> SurveyView:
    """A survey with how many took part."""
    today, is_out = timezone.localdate(at), row.put_out_at is not None
    return SurveyView(
        id=row.pk,
        kind=SurveyKind(row.kind),
        title=text_from(row.title),
        summary=text_from(row.summary),
        organisation=row.organisation,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        is_out=is_out,
        is_open=is_out and is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=today),
        is_over=is_out and today > row.closes_on,
        questions=questions_in(row),
        taken=row.turnout.count(),
    )


def results(survey: int, *, at: datetime) -> tuple[QuestionResult, ...]:
    """Count a survey that is over, question by question.

    Words are not given here: who wrote may be known by them, so officers alone read them (``words_said``).

    Raises:
        SurveyNotFound, ResultsNotYet: also for who made it, so that nobody watches a vote come in.
    """
    row = SURVEYS.public_one(survey)
    if timezone.localdate(at) <= row.closes_on:
        raise ResultsNotYet(until=row.closes_on)
    questions = questions_in(row)
    chosen = [question.key for question in questions if question.asks is not Asks.WORDS]
    counts = {(key, choice): count for key, choice, count in sql.fetch(_COUNTS, [row.pk, chosen])}
    answered = {str(key): count for key, count in sql.fetch(_ANSWERED, [row.pk])}
    return tuple(
        QuestionResult(
            question=question,
            answered=_number(answered.get(question.key)),
            counts=tuple(_number(counts.get((question.key, value))) for value in question.values()),
        )
        for question in questions
    )


def words_said(*, actor: Actor, survey: int, at: datetime, most: int = 500) -> dict[str, list[str]]:
    """What was said in words, by question, to an officer within whose reach the survey is, once it is over.

    Raises:
        SurveyNotFound, ResultsNotYet.
    """
    view = survey_for_officer(actor=actor, survey=survey, at=at)
    if not view.is_over:
        raise ResultsNotYet(until=view.closes_on)
    asked = [question.key for question in view.questions if question.asks is Asks.WORDS]
    # by the random key, so that no order tells who was early
    rows = Ballot.objects.filter(survey_id=survey, said__has_any_keys=asked).order_by("id")
    found: dict[str, list[str]] = {key: [] for key in asked}
    for row in rows[:most]:
        for key in asked:
            found[key] += row.said.get(key, [])
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
