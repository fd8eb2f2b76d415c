"""Notices of communities: what a terminal shows, what an officer sees."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from yiwang.cases.api import visible_organisations
from yiwang.identity.api import find_organisation, subtree
from yiwang.identity.contracts import OrganisationKind, OrganisationView
from yiwang.platform.contracts import Actor
from yiwang.portal.kiosk.contracts import (
    Hours,
    Job,
    LocalNoticeNotFound,
    LocalNoticeView,
    NoticeKind,
    WagePer,
)
from yiwang.portal.kiosk.models import LocalNotice

POST = "kiosk.notice.post"
LOCAL_KINDS = frozenset({OrganisationKind.STREET, OrganisationKind.COMMUNITY})


def is_local(code: str) -> bool:
    """Whether an organisation is a community or a street that exists."""
    found = find_organisation(code)
    return found is not None and found.active and found.kind in LOCAL_KINDS


def local_below(code: str) -> tuple[OrganisationView, ...]:
    """The communities and streets at and below an organisation."""
    if find_organisation(code) is None:
        return ()
    return tuple(each for each in subtree(code) if each.active and each.kind in LOCAL_KINDS)


def neighbourhood(code: str) -> frozenset[str]:
    """A community, its street and the communities beside it; all below for anything above."""
    found = find_organisation(code)
    if found is None:
        return frozenset()
    top = found.parent if found.kind is OrganisationKind.COMMUNITY else code
    return frozenset(each.code for each in subtree(top))


def shown_notices(
    kind: NoticeKind, *, today: date, near: frozenset[str] | None = None
) -> QuerySet[LocalNotice]:
    """Notices that are shown on a day, the newest first; ``near`` keeps those of these organisations."""
    rows = LocalNotice.objects.filter(kind=kind, withdrawn_at__isnull=True, valid_until__gte=today)
    if near is not None:
        rows = rows.filter(organisation__in=near)
    return rows.order_by("-posted_at", "-id")


def shown_notice(notice: int, *, today: date) -> LocalNoticeView:
    """One that is shown on a day.

    Raises:
        LocalNoticeNotFound: there is none, it was withdrawn, or it is past its last day.
    """
    row = LocalNotice.objects.filter(pk=notice, withdrawn_at__isnull=True, valid_until__gte=today).first()
    if row is None:
        raise LocalNoticeNotFound
    return notice_view(row, today=today)


def own_notices(*, actor: Actor) -> QuerySet[LocalNotice]:
    """Notices within an officer's reach, also past and withdrawn ones, the newest first."""
    seen = visible_organisations(actor, POST)
    rows = LocalNotice.objects.order_by("-id")
    return rows if seen is None else rows.filter(organisation__in=seen)


def notice_for_officer(*, actor: Actor, notice: int, today: date) -> LocalNoticeView:
    """Give a notice to an officer within whose reach it is.

    Raises:
        LocalNoticeNotFound: there is none, or it is another's: the two look alike.
    """
    row = own_notices(actor=actor).filter(pk=notice).first()
    if row is None:
        raise LocalNoticeNotFound
    return notice_view(row, today=today)


def notice_view(row: LocalNotice, *, today: date) -> LocalNoticeView:
    """A notice as it stands on a day."""
    kind = NoticeKind(row.kind)
    return LocalNoticeView(
        id=row.pk,
        kind=kind,
        organisation=row.organisation,
        title=row.title,
        body=row.body,
        contact=row.contact,
        phone=row.phone,
        valid_until=row.valid_until,
        posted_at=row.posted_at,
        is_shown=row.withdrawn_at is None and row.valid_until >= today,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        job=_job(row) if kind is NoticeKind.JOB else None,
    )


def _job(row: LocalNotice) -> Job:
    return Job(
        place=row.place,
        hours=Hours(row.hours),
        openings=row.openings or 1,
        wage_from=row.wage_from,
        wage_to=row.wage_to,
        wage_per=WagePer(row.wage_per),
    )
