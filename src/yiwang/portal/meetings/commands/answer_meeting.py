"""Answer a notice for one's department: who comes, or why nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.meetings.contracts import MeetingCancelled, MeetingOver
from yiwang.portal.meetings.models import Reply
from yiwang.portal.meetings.queries.meetings import invitation_to, last_edition, locked_meeting
from yiwang.portal.meetings.rules.notices import Attendee, attendees_of, faults_of_reply, written
from yiwang.portal.talking.rules.wording import raise_all


@command(operation="meetings.notice.receive")
def answer_meeting(
    *, actor: Actor, at: datetime, meeting: int, people: Sequence[Attendee], reason: str = ""
) -> None:
    """Answer, or answer anew until the meeting begins; the journal holds no names.

    Raises:
        MeetingNotFound: there is none, or the own department is not invited.
        MeetingCancelled, MeetingOver.
        InvalidInput: nobody comes and no reason is given, or somebody is named wrongly or twice.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"meeting:{meeting}")
    row = locked_meeting(meeting)
    invitation = invitation_to(row, actor.organisation)
    if row.cancelled_at is not None:
        raise MeetingCancelled
    if last_edition(row).starts_at <= at:
        raise MeetingOver
    named, faults = attendees_of(written(tuple(people)))
    raise_all([*faults, *faults_of_reply(named, reason)])
    Reply.objects.update_or_create(
        invitation=invitation,
        defaults={
            "edition": row.edition,
            "people": [{"name": one.name, "post": one.post} for one in named],
            "reason": reason.strip(),
            "account_id": actor.account_id or 0,
            "by": actor.name,
            "at": at,
        },
    )
    note(edition=row.edition, people=len(named))
