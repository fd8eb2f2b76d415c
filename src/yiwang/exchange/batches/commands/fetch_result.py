"""Fetch the file of a job's answers, under the right of this moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from yiwang.exchange.batches.contracts import JobInfo
from yiwang.exchange.batches.queries import result_of
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.given import refuse_ended
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import AnswerJob
from yiwang.exchange.queries.clients import bounds_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope


@command(operation=OPERATION)
def fetch_result(*, actor: Actor, at: datetime, code: str) -> tuple[JobInfo, Path]:
    """Give the job and where its answers lie; the journal keeps who fetched them and when.

    A grant that ended closes the file at once, though it was lawful when made. Its traces, leaves and digests
    stay as evidence; the file itself is deleted when its time is over.

    Raises:
        JobNotFound: there is none, or it is another client's.
        ResultNotReady: there is no file.
        GrantNotInForce and others of ``refuse_ended``: not any more.
    """
    client = bounds_of(actor)
    if client is None:
        raise OperationNotAllowed(operation=OPERATION)
    permit(Scope(organisations=(actor.organisation,)), subject=f"job:{code}")
    found, path = result_of(client=client, code=code)
    row = AnswerJob.objects.get(code=code)
    refuse_ended(
        actor=actor,
        resource=row.resource,
        fields=row.fields,
        purpose=Purpose(kind=row.purpose, reference=row.reference),
        traces=found.traces,
        at=at,
    )
    note(job=code, answers_sha256=found.sha256)
    return found, path
