"""What the worker does for meetings."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.contracts import Actor
from yiwang.portal.meetings.api import remind_reply, waiting_for_reply
from yiwang.portal.meetings.rules.notices import REMIND_BEFORE


def remind_of_replies(at: datetime) -> int:
    """Remind every department whose answer is due within a day; how many that were."""
    due = waiting_for_reply(at=at, within=at + REMIND_BEFORE)
    who = Actor.system("meetings")
    return sum(remind_reply(actor=who, at=at, invitation=invitation) for invitation in due)
