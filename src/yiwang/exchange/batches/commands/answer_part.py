"""Answer a thousand keys of a job: their file, trace, marks and leaves, or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime

from yiwang.exchange.batches.answering import (
    answers_text,
    close_look_at_many,
    looked_up,
    open_look_at_many,
)
from yiwang.exchange.batches.contracts import JobState
from yiwang.exchange.batches.files import keys_of_part, write_part
from yiwang.exchange.contracts import LookKind, Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import AnswerJob, AnswerPart
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation=OPERATION)
def answer_part(*, actor: Actor, at: datetime, code: str, number: int) -> bool:
    """Answer a part in the name of the client that asked; False when it was answered before.

    The row of the part is written with the trace: a worker that dies before has given nothing, one that
    dies after has given it once. Right, grant and quota are asked again.

    Raises:
        as ``request_data``: not any more, or the day's quota is used up.
    """
    job = AnswerJob.objects.select_for_update().get(code=code)
    permit(Scope(organisations=(job.organisation,)), subject=f"job:{code}")
    if AnswerPart.objects.filter(job=job, number=number).exists():
        return False
    look = open_look_at_many(
        actor=actor,
        resource=job.resource,
        fields=job.fields,
        purpose=Purpose(kind=job.purpose, reference=job.reference),
        at=at,
    )
    keys = keys_of_part(code, number)
    said = close_look_at_many(look, looked_up(look, keys), asked=len(keys), kind=LookKind.BATCH)
    content = answers_text(said.answers)
    write_part(code, number, content)
    AnswerPart.objects.create(
        job=job,
        number=number,
        answered=len(keys),
        trace_id=said.trace_id,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    AnswerJob.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    note(job=code, part=number)
    return True
