"""Record that a department opened a notice."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.meetings.contracts import MeetingNotFound
from yiwang.portal.meetings.models import Meeting, Receipt
from yiwang.portal.meetings.queries.meetings import invitation_to


@command(operation="meetings.notice.receive")
def receive_meeting(*, actor: Actor, at: datetime, meeting: int) -> bool:
    """Record the receipt of the last sending, once for each officer; whether it was the first time.

    Raises:
        MeetingNotFound: there is none, or the own department is not invited.
    """
    permit(Scope(organisations=(actor.organisation,)), subject=f"meeting:{meeting}")
    row = Meeting.objects.filter(pk=meeting).first()
    if row is None:
        raise MeetingNotFound
    invitation = invitation_to(row, actor.organisation)
    _, made = Receipt.objects.get_or_create(
        invitation=invitation,
        edition=row.edition,
        account_id=actor.account_id or 0,
        defaults={"name": actor.name, "post": actor.post, "at": at},
    )
    note(edition=row.edition)
    return made
