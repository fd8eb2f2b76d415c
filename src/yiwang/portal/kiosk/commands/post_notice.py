"""Post a notice of a community or street: a job, or something people there should know."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.kiosk.contracts import Job, NoticeKind, NotLocal
from yiwang.portal.kiosk.models import LocalNotice
from yiwang.portal.kiosk.queries.notices import is_local
from yiwang.portal.kiosk.rules.posting import faults_of_job, faults_of_notice
from yiwang.portal.talking.rules.wording import raise_all


@command(operation="kiosk.notice.post")
def post_notice(
    *,
    actor: Actor,
    at: datetime,
    organisation: str,
    title: str,
    body: str,
    contact: str,
    phone: str,
    valid_until: date,
    job: Job | None = None,
) -> int:
    """Show it from now until its last day on terminals; with ``job`` among the jobs. Gives its id.

    Raises:
        NotLocal: the organisation is neither a community nor a street.
        InvalidInput: every problem is listed.
    """
    permit(Scope(organisations=(organisation,)), subject="local_notice:new")
    if not is_local(organisation):
        raise NotLocal
    today = timezone.localdate(at)
    raise_all(
        [
            *faults_of_notice(
                title=title, body=body, contact=contact, phone=phone, valid_until=valid_until, today=today
            ),
            *(faults_of_job(job) if job is not None else []),
        ]
    )
    row = LocalNotice(
        kind=NoticeKind.NOTICE if job is None else NoticeKind.JOB,
        organisation=organisation,
        title=title.strip(),
        body=body.strip(),
        contact=contact.strip(),
        phone=phone.strip(),
        valid_until=valid_until,
        posted_by=actor.account_id or 0,
        posted_at=at,
    )
    if job is not None:
        row.place, row.hours, row.openings = job.place.strip(), job.hours, job.openings
        row.wage_from, row.wage_to, row.wage_per = job.wage_from, job.wage_to, job.wage_per
    row.save()
    note(notice=row.pk, kind=row.kind)
    return row.pk
