"""Answer a survey, or vote: once a person, and apart from who it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import (
    AlreadyTaken,
    PersonsOnly,
    SurveyClosed,
    SurveyNotFound,
    VotingNotDeclared,
)
from yiwang.portal.talking.models import Ballot, Survey, Turnout
from yiwang.portal.talking.queries.surveys import questions_in
from yiwang.portal.talking.rules.consulting import is_open
from yiwang.portal.talking.rules.voting import SurveyKind, judged
from yiwang.portal.talking.rules.wording import raise_all


@command(operation="talking.ballot.cast")
def cast_ballot(*, actor: Actor, at: datetime, survey: int, said: Mapping[str, Sequence[str]]) -> None:
    """Cast the one ballot of a person. The journal tells that somebody took part, never what was said.

    Raises:
        SurveyNotFound, SurveyClosed, VotingNotDeclared: there is nothing to answer now.
        PersonsOnly: the actor is no verified person, or acts for a firm.
        AlreadyTaken: this person has.
        InvalidInput: an answer is missing or none of those offered; nothing is kept.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"survey:{survey}")
    row = Survey.objects.filter(pk=survey, put_out_at__isnull=False).first()
    if row is None:
        raise SurveyNotFound
    if row.kind == SurveyKind.VOTE and not settings.YIWANG_VOTING:
        raise VotingNotDeclared
    if not is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=timezone.localdate(at)):
        raise SurveyClosed
    if actor.person_id is None or actor.for_entity is not None:
        raise PersonsOnly
    cleaned, problems = judged(questions_in(row), said, whole=row.kind == SurveyKind.VOTE)
    raise_all(problems)
    try:
        with transaction.atomic():
            Turnout.objects.create(survey=row, person_id=actor.person_id)
    except IntegrityError:
        raise AlreadyTaken from None
    Ballot.objects.create(survey=row, said=cleaned)
