"""Have the lists matched; a job does it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.contracts import RunGoesOn
from yiwang.registers.matching.models import Run
from yiwang.registers.matching.queries.matchings import definition_of_row, row_of

#: Name of the job that matches; ``tasks.py`` defines it. It is deferred in the act's transaction.
MATCH = "yiwang.registers.match_lists"


@command(operation="registers.matching.ask")
def ask_run(*, actor: Actor, at: datetime, matching: str, defer: bool = True) -> int:
    """Ask for a run; gives its number. ``defer`` false leaves performing it to the caller.

    Raises:
        MatchingNotFound: there is none.
        RunGoesOn: one is waiting or running.
    """
    row = row_of(matching)
    permit(Scope(organisations=(definition_of_row(row).operator,)), subject=f"matching:{row.code}")
    try:
        with transaction.atomic():
            run = Run.objects.create(matching=row, asked_at=at, asked_by=actor.account_id)
    except IntegrityError as problem:
        raise RunGoesOn(matching=row.code) from problem
    note(run=run.pk)
    if defer:
        jobs.configure_task(MATCH, queueing_lock=f"matching:{row.pk}").defer(run_id=run.pk)
    return run.pk
