"""Jobs, to the clients that asked for them."""

from __future__ import annotations

from pathlib import Path

from yiwang.exchange.batches.contracts import (
    MOST_AT_ONCE,
    JobInfo,
    JobNotFound,
    JobState,
    ResultNotReady,
)
from yiwang.exchange.batches.files import result_path
from yiwang.exchange.clients.contracts import ClientInfo
from yiwang.exchange.models import AnswerJob, Delivery
from yiwang.exchange.queries.clients import ROLES
from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor


def get_job(*, client: ClientInfo, code: str) -> JobInfo:
    """Give a job to the client that asked for it, and to nobody else.

    Raises:
        JobNotFound: there is none, or it is another's.
    """
    row = AnswerJob.objects.filter(code=code, client_id=client.client_id).first()
    if row is None:
        raise JobNotFound
    parts = list(row.parts.order_by("number").values_list("answered", "trace_id"))
    told = Delivery.objects.filter(client_id=row.client_id, topic="job.ended", body__job=code).first()
    return JobInfo(
        code=row.code,
        resource=row.resource,
        state=JobState(row.state),
        keys=row.keys,
        answered=sum(answered for answered, _ in parts),
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        kept_until=row.kept_until,
        refusal=text_from(row.refusal) if row.refusal else None,
        size=row.size,
        sha256=row.sha256,
        input_sha256=row.input_sha256,
        traces=tuple(trace for _, trace in parts),
        callback=told.state if told else "",
    )


def result_of(*, client: ClientInfo, code: str) -> tuple[JobInfo, Path]:
    """Give the file of a job's answers.

    Raises:
        JobNotFound: as :func:`get_job`.
        ResultNotReady: there is no file.
    """
    found = get_job(client=client, code=code)
    if found.state not in (JobState.DONE, JobState.PARTLY) or found.size is None:
        raise ResultNotReady
    return found, result_path(code)


def asker_of(code: str) -> Actor:
    """The client that asked; what it still may is asked anew."""
    row = AnswerJob.objects.get(code=code)
    return Actor(kind="system", name=f"client:{row.client_id}", organisation=row.organisation, roles=ROLES)


def parts_of(code: str) -> range:
    """The numbers of a job's parts."""
    keys = AnswerJob.objects.values_list("keys", flat=True).get(code=code)
    return range(-(-keys // MOST_AT_ONCE))


def is_open(code: str) -> bool:
    """Whether a job is still to be answered."""
    return AnswerJob.objects.filter(code=code, state__in=[JobState.WAITING, JobState.RUNNING]).exists()
