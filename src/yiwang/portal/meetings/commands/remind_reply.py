"""Remind a department that has not answered: once a sending."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.meetings.models import Invitation, Reminder, Reply
from yiwang.portal.meetings.queries.meetings import last_edition, locked_meeting
from yiwang.portal.meetings.rules.notices import is_reminder_due


@command(operation="meetings.reply.remind")
def remind_reply(*, actor: Actor, at: datetime, invitation: int) -> bool:
    """Remind it if that is still due; whether it was. Two workers meet at the lock of the meeting."""
    found = Invitation.objects.get(pk=invitation)
    permit(Scope(organisations=(found.organisation,)), subject=f"meeting:{found.meeting_id}")
    row = locked_meeting(found.meeting_id)
    answered = Reply.objects.filter(invitation=found, edition=row.edition).exists()
    due = is_reminder_due(reply_until=last_edition(row).reply_until, at=at)
    if row.cancelled_at is not None or answered or not due:
        return False
    _, made = Reminder.objects.get_or_create(invitation=found, edition=row.edition, defaults={"at": at})
    if made:
        emit(
            "meetings.reply_reminded",
            f"meeting:{row.pk}",
            organisation=found.organisation,
            edition=row.edition,
        )
    return made
