"""The end of a job: one file, its digest in the ledger, the word to the client; later, the file's end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from yiwang.exchange.batches.contracts import JobState
from yiwang.exchange.batches.files import drop, drop_working_files, put_together
from yiwang.exchange.callbacks.delivering import new_code, send_soon
from yiwang.exchange.models import AnswerJob, Delivery
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Json
from yiwang.trust import api as trust

#: As long as an export: a file of many people's data lies about no longer than its use needs (PIPL, art. 19).
KEPT = timedelta(days=7)
#: Kind of the leaf that commits to the file of a job: its keys, its answers, its trace lines.
ANSWERED = "exchange.answered"


def end_job(*, at: datetime, code: str, refusal: YiwangError | None = None) -> JobState:
    """Put the parts together and say so. A job that ended before stays as it is."""
    with transaction.atomic():
        job = AnswerJob.objects.select_for_update().get(code=code)
        if job.state not in (JobState.WAITING, JobState.RUNNING):
            return JobState(job.state)
        parts = list(job.parts.order_by("number"))
        if refusal is not None:
            job.refusal = refusal.sentence.as_dict()
        job.state = JobState.DONE
        if refusal is not None:
            job.state = JobState.PARTLY if parts else JobState.REFUSED
        job.ended_at, job.kept_until = at, at + KEPT
        if parts:
            job.size, job.sha256 = put_together(code, [part.number for part in parts])
            traces: list[Json] = [part.trace_id for part in parts]
            evidence: dict[str, Json] = {
                "job": code,
                "keys": job.keys,
                "answered": sum(part.answered for part in parts),
                "input_sha256": job.input_sha256,
                "answers_sha256": job.sha256,
                "traces": traces,
            }
            trust.record(ANSWERED, f"job:{code}", evidence, at=at)
        job.save()
        if job.callback_url:
            _tell(job, at)
    if parts:
        drop_working_files(code)
    else:
        drop(code)
    return JobState(job.state)


def _tell(job: AnswerJob, at: datetime) -> None:
    body: dict[str, Json] = {
        "topic": "job.ended",
        "job": job.code,
        "state": job.state,
        "size": job.size,
        "sha256": job.sha256,
        "location": f"/api/exchange/jobs/{job.code}",
    }
    made = Delivery.objects.create(
        code=new_code(),
        client_id=job.client_id,
        organisation=job.organisation,
        resource=job.resource,
        url=job.callback_url,
        topic="job.ended",
        body=body,
        state="waiting",
        made_at=at,
        try_at=at,
    )
    send_soon(made.pk)


def drop_old_jobs(at: datetime) -> int:
    """Delete files that were kept long enough; gives how many."""
    with transaction.atomic():
        old = list(
            AnswerJob.objects.select_for_update(skip_locked=True).filter(
                kept_until__lte=at, state__in=[JobState.DONE, JobState.PARTLY]
            )[:200]
        )
        for job in old:
            drop(job.code)
        AnswerJob.objects.filter(pk__in=[job.pk for job in old]).update(state=JobState.DELETED)
    return len(old)
