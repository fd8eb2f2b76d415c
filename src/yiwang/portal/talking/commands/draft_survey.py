"""Write a survey or a vote, or write it again while it is not out."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyPutOut, VotingNotDeclared
from yiwang.portal.talking.models import Survey
from yiwang.portal.talking.queries.surveys import SURVEYS, stored
from yiwang.portal.talking.rules.voting import SurveyKind, questions_of
from yiwang.portal.talking.rules.wording import judged_days, judged_text, raise_all

MOST_TITLE, MOST_SUMMARY, MOST_TEXT = 120, 1000, 60_000


@command(operation="talking.survey.draft")
def draft_survey(
    *,
    actor: Actor,
    at: datetime,
    survey: int | None = None,
    kind: SurveyKind,
    title: Text,
    summary: Text,
    questions: str,
    opens_on: date,
    closes_on: date,
) -> int:
    """Keep a draft with its questions; gives its id.

    Raises:
        SurveyNotFound, AlreadyPutOut: there is none to write again.
        VotingNotDeclared: the city takes no votes.
        InvalidInput: every problem is listed.
    """
    row = Survey(organisation=actor.organisation) if survey is None else SURVEYS.locked(survey)
    permit(Scope(organisations=(row.organisation,)), subject=f"survey:{survey or 'new'}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    if kind is SurveyKind.VOTE and not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    asked, problems = questions_of(questions, kind)
    raise_all(
        [
            *judged_text("title_zh", title.zh, MOST_TITLE),
            *judged_text("title_en", title.en, MOST_TITLE),
            *judged_text("summary_zh", summary.zh, MOST_SUMMARY),
            *judged_text("summary_en", summary.en, MOST_SUMMARY),
            *judged_text("questions", questions, MOST_TEXT),
            *judged_days(opens_on, closes_on),
            *(problems if questions.strip() else []),
        ]
    )
    row.kind, row.title, row.summary, row.questions = kind, title.as_dict(), summary.as_dict(), stored(asked)
    row.opens_on, row.closes_on, row.made_by, row.made_at = opens_on, closes_on, actor.account_id or 0, at
    row.save()
    return row.pk
