"""The door of meeting notices: acts, then reads."""

from yiwang.portal.meetings.commands.answer_meeting import answer_meeting
from yiwang.portal.meetings.commands.change_meeting import cancel_meeting, change_meeting
from yiwang.portal.meetings.commands.issue_meeting import issue_meeting
from yiwang.portal.meetings.commands.receive_meeting import receive_meeting
from yiwang.portal.meetings.commands.remind_reply import remind_reply
from yiwang.portal.meetings.queries.meetings import (
    attachment,
    invitations,
    invited_view,
    issued,
    meeting_view,
    overview,
    overview_of,
    received,
    waiting_count,
    waiting_for_reply,
    who_may_be_invited,
)

__all__ = [
    "answer_meeting",
    "attachment",
    "cancel_meeting",
    "change_meeting",
    "invitations",
    "invited_view",
    "issue_meeting",
    "issued",
    "meeting_view",
    "overview",
    "overview_of",
    "receive_meeting",
    "received",
    "remind_reply",
    "waiting_count",
    "waiting_for_reply",
    "who_may_be_invited",
]
