"""What meeting notices register at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.loops import repeat
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.meetings.tasks import remind_of_replies
from yiwang.portal.meetings.web.counting import waiting_here

_MEETINGS = Text("会议", "Meetings")


def register() -> None:
    """Run once, when all apps are ready."""
    declare(
        "meetings.notice.issue",
        Text("发会议通知", "Send notices of meetings"),
        roles=frozenset({"reviewer", "approver"}),
    )
    declare(
        "meetings.notice.receive",
        Text("收会议通知、回复", "Receive and answer notices of meetings"),
        roles=frozenset({"handler", "reviewer", "approver"}),
    )
    declare("meetings.reply.remind", Text("提醒回复", "Remind of a reply"), roles=frozenset({"system"}))
    repeat("meetings.remind", remind_of_replies, seconds=60)
    register_entry(
        Entry(
            key="meetings",
            title=Text("会议通知", "Meeting notices"),
            url_name="meetings:received",
            operation="meetings.notice.receive",
            group=_MEETINGS,
            icon="calendar",
            area="desk",
            order=74,
            count=waiting_here,
        )
    )
    register_entry(
        Entry(
            key="issued_meetings",
            title=Text("本单位发出的会议", "Meetings we called"),
            url_name="meetings:issued",
            operation="meetings.notice.issue",
            group=_MEETINGS,
            icon="edit",
            area="desk",
            order=75,
        )
    )
