"""Ask for the entries of very many keys; a job answers with a file."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.exchange.batches.answering import refuse_look_at_many
from yiwang.exchange.batches.contracts import JobState
from yiwang.exchange.batches.files import drop, keep_keys
from yiwang.exchange.callbacks.rules.addresses import refuse_undeclared
from yiwang.exchange.contracts import Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.exchange.models import AnswerJob, CallbackTarget
from yiwang.exchange.queries.clients import bounds_of
from yiwang.platform.command import command, note
from yiwang.platform.contracts import Actor, OperationNotAllowed

#: Name of the job; ``tasks.py`` defines it. It is deferred in the act's transaction.
ANSWER_JOB = "yiwang.exchange.answer_job"


@command(operation=OPERATION)
def ask_job(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    lines: Iterator[bytes],
    fields: Sequence[str],
    purpose: Purpose,
    callback_url: str = "",
) -> str:
    """Take the keys (JSON strings, one a line) of a department's system; gives the code of the job.

    Right, purpose and grant are judged now, so that what can't be had is refused at once; they are judged
    again for every thousand keys, which count against the quota of the day on which they are answered.

    Raises:
        as ``request_data``, and InputRefused, CallbackRefused; nothing is kept.
    """
    refuse_look_at_many(actor=actor, resource=resource, fields=fields, purpose=purpose, at=at)
    client = bounds_of(actor)
    if client is None:
        raise OperationNotAllowed(operation=OPERATION)
    if callback_url:
        target = CallbackTarget.objects.filter(client_id=client.client_id).first()
        refuse_undeclared(callback_url, target.origins if target else ())
    code = secrets.token_hex(16)
    number, digest = keep_keys(code, lines)
    try:
        AnswerJob.objects.create(
            code=code,
            client_id=client.client_id,
            organisation=actor.organisation,
            resource=resource,
            fields=list(fields),
            purpose=purpose.kind,
            reference=purpose.reference,
            keys=number,
            input_sha256=digest,
            callback_url=callback_url,
            state=JobState.WAITING,
            asked_at=at,
        )
        note(job=code, keys=number, input_sha256=digest)
        jobs.configure_task(ANSWER_JOB, queueing_lock=f"answer_job:{code}").defer(code=code)
    except BaseException:
        drop(code)
        raise
    return code
