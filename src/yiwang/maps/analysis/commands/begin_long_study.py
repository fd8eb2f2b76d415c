"""Have a study made in the background."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from procrastinate.contrib.django import app as jobs

from yiwang.kernel.text import Language
from yiwang.maps.analysis.contracts import LongState, StudyAsked, StudyRefused, TooManyStudies
from yiwang.maps.analysis.queries.study_limits import IN_PARTS, MOST_LONG, prepare, read_for
from yiwang.maps.models import LongStudy
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope

LONG = "maps.study.long"
#: Name of the job; ``maps/tasks.py`` defines it. It is deferred in the act's transaction.
MAKE_LONG_STUDY = "yiwang.maps.make_long_study"
#: A result is no longer of today soon.
KEPT = timedelta(days=7)
MOST_AT_ONCE = 3


@command(operation=LONG)
def begin_long_study(*, actor: Actor, at: datetime, asked: StudyAsked, language: Language) -> int:
    """Begin one; gives its number.

    Raises:
        StudyRefused, LayerNotFound, TimeLimitReached: it can't be made, not in the background either.
        TooManyStudies: the officer has three that aren't done.
        OperationNotAllowed: not an officer's act.
    """
    permit(Scope(organisations=(actor.organisation,) if actor.organisation else ()), subject="studies")
    if actor.account_id is None:
        raise OperationNotAllowed(operation=LONG)
    if asked.method not in IN_PARTS:
        raise StudyRefused(
            reason="这种分析不能在后台作，请画出较小的范围",
            reason_en="this can't be made in the background; draw a smaller area",
            field="method",
        )
    found = prepare(*read_for(actor, asked), asked, most=MOST_LONG)
    waiting = LongStudy.objects.filter(account_id=actor.account_id, state=LongState.WAITING)
    if waiting.count() >= MOST_AT_ONCE:
        raise TooManyStudies(most=MOST_AT_ONCE)
    row = LongStudy.objects.create(
        account_id=actor.account_id,
        organisation=actor.organisation,
        post=actor.post,
        roles=sorted(actor.roles),
        language=language,
        asked=asdict(asked),
        title={"zh": found.title.zh, "en": found.title.en},
        state=LongState.WAITING,
        asked_at=at,
        kept_until=at + KEPT,
    )
    note(study=row.pk, method=asked.method)
    jobs.configure_task(MAKE_LONG_STUDY, queueing_lock=f"long_study:{row.pk}").defer(study=row.pk)
    return row.pk
