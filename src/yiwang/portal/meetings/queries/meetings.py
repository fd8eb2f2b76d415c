"""Meetings as those invited see them, and as their issuer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yiwang.cases.api import visible_organisations
from yiwang.identity.api import children
from yiwang.identity.contracts import OrganisationKind, OrganisationView
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile
from yiwang.portal.meetings.contracts import (
    EditionKind,
    EditionView,
    FileView,
    Invited,
    MeetingNotFound,
    MeetingView,
    Overview,
    ReceiptView,
    ReplyView,
)
from yiwang.portal.meetings.models import Edition, Invitation, Meeting, Receipt, Reply
from yiwang.portal.meetings.rules.notices import Attendee, NoticeWords

ISSUE, RECEIVE = "meetings.notice.issue", "meetings.notice.receive"
_NOT_INVITED = frozenset({OrganisationKind.STREET, OrganisationKind.COMMUNITY})


def who_may_be_invited() -> tuple[OrganisationView, ...]:
    """Departments and districts, not what is below the districts."""
    return tuple(_below(""))


def _below(code: str) -> Iterator[OrganisationView]:
    for each in children(code):
        if each.active and each.kind not in _NOT_INVITED:
            yield each
            if each.kind is not OrganisationKind.DISTRICT:
                yield from _below(each.code)


def locked_meeting(meeting: int) -> Meeting:
    """Give a meeting under its lock, for an act.

    Raises:
        MeetingNotFound.
    """
    row = Meeting.objects.select_for_update().filter(pk=meeting).first()
    if row is None:
        raise MeetingNotFound
    return row


def last_edition(row: Meeting) -> Edition:
    """The last sending."""
    return row.editions.get(number=row.edition)


def invitation_to(row: Meeting, organisation: str) -> Invitation:
    """The invitation of a department.

    Raises:
        MeetingNotFound: it is not invited.
    """
    found = row.invitations.filter(organisation=organisation).first()
    if found is None:
        raise MeetingNotFound
    return found


def invitations(organisation: str) -> QuerySet[Invitation]:
    """The invitations of a department, the meeting that is latest first."""
    begins = Edition.objects.filter(meeting=OuterRef("meeting"), number=OuterRef("meeting__edition"))
    return (
        Invitation.objects.filter(organisation=organisation)
        .annotate(begins=begins.values("starts_at")[:1])
        .select_related("meeting")
        .order_by("-begins", "-id")
    )


def waiting_count(organisation: str, *, at: datetime) -> int:
    """Notices of a department that wait to be opened or answered; a cancellation wants opening only."""
    ahead = Edition.objects.filter(
        meeting=OuterRef("meeting"), number=OuterRef("meeting__edition"), starts_at__gt=at
    )
    answered = Reply.objects.filter(invitation=OuterRef("pk"), edition=OuterRef("meeting__edition"))
    opened = Receipt.objects.filter(invitation=OuterRef("pk"), edition=OuterRef("meeting__edition"))
    unanswered = Q(~Exists(answered), meeting__cancelled_at__isnull=True)
    unread = Q(~Exists(opened), meeting__cancelled_at__isnull=False)
    rows = Invitation.objects.filter(Exists(ahead), unanswered | unread, organisation=organisation)
    return rows.count()


def received(*, actor: Actor, meeting: int, at: datetime) -> tuple[MeetingView, Invited]:
    """Give a meeting to an officer of an invited department, with that department's own reply alone.

    Raises:
        MeetingNotFound: there is none, or the own department is not invited: the two look alike.
    """
    row = Meeting.objects.filter(pk=meeting).first()
    if row is None:
        raise MeetingNotFound
    invitation = invitation_to(row, actor.organisation)
    view = meeting_view(row, at=at)
    return view, invited_view(invitation, view)


def issued(*, actor: Actor) -> QuerySet[Meeting]:
    """Meetings that one's own organisation issued, the newest first."""
    seen = visible_organisations(actor, ISSUE)
    rows = Meeting.objects.order_by("-id")
    return rows if seen is None else rows.filter(issuer__in=seen)


def overview(*, actor: Actor, meeting: int, at: datetime) -> Overview:
    """Give a meeting with every department's receipt and reply to its issuer.

    Raises:
        MeetingNotFound: there is none, or another issued it.
    """
    row = issued(actor=actor).filter(pk=meeting).first()
    if row is None:
        raise MeetingNotFound
    return overview_of(row, at=at)


def overview_of(row: Meeting, *, at: datetime) -> Overview:
    """A meeting with every department, in the order in which they were invited."""
    view = meeting_view(row, at=at)
    rows = row.invitations.select_related("reply").prefetch_related("receipts", "reminders").order_by("id")
    return Overview(meeting=view, invited=tuple(invited_view(each, view) for each in rows))


def attachment(*, actor: Actor, meeting: int, file: int) -> StoredFile:
    """A file of a meeting, for its issuer and the departments invited.

    Raises:
        MeetingNotFound.
    """
    row = Meeting.objects.filter(pk=meeting).first()
    if row is None:
        raise MeetingNotFound
    if row.issuer != actor.organisation:
        invitation_to(row, actor.organisation)
    found = row.attachments.select_related("stored").filter(stored_id=file).first()
    if found is None:
        raise MeetingNotFound
    return found.stored


def waiting_for_reply(*, at: datetime, within: datetime) -> list[int]:
    """Invitations whose answer is due between two instants, unanswered and not reminded yet."""
    rows = (
        Invitation.objects.filter(
            meeting__cancelled_at__isnull=True,
            meeting__editions__number=F("meeting__edition"),
            meeting__editions__reply_until__gt=at,
            meeting__editions__reply_until__lte=within,
        )
        .exclude(
            Exists(Reply.objects.filter(invitation=OuterRef("pk"), edition=OuterRef("meeting__edition")))
        )
        .exclude(reminders__edition=F("meeting__edition"))
        .order_by("id")
    )
    return list(rows.values_list("pk", flat=True)[:200])


def words_of(row: Edition) -> NoticeWords:
    """What a sending says."""
    return NoticeWords(
        subject=row.subject,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        attendance=row.attendance,
        body=row.body,
        contact=row.contact,
        reply_until=row.reply_until,
    )


def meeting_view(row: Meeting, *, at: datetime) -> MeetingView:
    """A meeting as its last sending says."""
    rows = list(row.editions.order_by("number"))
    editions = tuple(
        EditionView(number=each.number, kind=EditionKind(each.kind), note=each.note, sent_at=each.sent_at)
        for each in rows
    )
    words = words_of(rows[-1])
    files = row.attachments.select_related("stored").order_by("id")
    return MeetingView(
        id=row.pk,
        issuer=row.issuer,
        words=words,
        edition=editions[-1],
        editions=editions,
        files=tuple(FileView(id=f.stored_id, name=f.stored.name, size=f.stored.size) for f in files),
        is_cancelled=row.cancelled_at is not None,
        is_over=words.starts_at <= at,
    )


def invited_view(row: Invitation, meeting: MeetingView) -> Invited:
    """A department with its first receipt of the last sending, and its reply."""
    number = meeting.edition.number
    receipts = sorted(
        (each for each in row.receipts.all() if each.edition == number), key=lambda each: each.at
    )
    reply = getattr(row, "reply", None)
    return Invited(
        organisation=row.organisation,
        receipt=_receipt(receipts[0]) if receipts else None,
        reply=_reply(reply, meeting) if isinstance(reply, Reply) else None,
        is_reminded=any(each.edition == number for each in row.reminders.all()),
    )


def _receipt(row: Receipt) -> ReceiptView:
    return ReceiptView(edition=row.edition, name=row.name, post=row.post, at=row.at)


def _reply(row: Reply, meeting: MeetingView) -> ReplyView:
    return ReplyView(
        people=tuple(Attendee(name=one["name"], post=one["post"]) for one in row.people),
        reason=row.reason,
        by=row.by,
        at=row.at,
        is_late=row.at > meeting.words.reply_until,
        is_current=row.edition == meeting.edition.number,
    )
