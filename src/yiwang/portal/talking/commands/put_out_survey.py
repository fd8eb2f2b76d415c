"""Put a survey or a vote out; from then on its questions stand."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyPutOut, SurveyClosed, VotingNotDeclared
from yiwang.portal.talking.queries.surveys import SURVEYS
from yiwang.portal.talking.rules.voting import SurveyKind


@command(operation="talking.survey.put_out")
def put_out_survey(*, actor: Actor, at: datetime, survey: int) -> None:
    """Show it to everybody; answers begin on its first day.

    Raises:
        SurveyNotFound, AlreadyPutOut, VotingNotDeclared.
        SurveyClosed: its last day is past.
    """
    row = SURVEYS.locked(survey)
    permit(Scope(organisations=(row.organisation,)), subject=f"survey:{row.pk}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    if row.kind == SurveyKind.VOTE and not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    if row.closes_on < timezone.localdate(at):
        raise SurveyClosed
    row.put_out_at = at
    row.save(update_fields=["put_out_at"])
