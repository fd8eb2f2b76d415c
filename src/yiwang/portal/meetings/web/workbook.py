"""The list of attendees as a workbook."""

from __future__ import annotations

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import moment
from yiwang.platform.workbooks import SheetRows, written
from yiwang.portal.meetings.contracts import Overview
from yiwang.portal.meetings.web.shown import reply_state, span

_HEAD = (
    Text("单位", "Department"),
    Text("状态", "State"),
    Text("姓名", "Name"),
    Text("职务", "Post"),
    Text("请假原因或说明", "Excuse or note"),
    Text("签收", "Received"),
    Text("回复", "Replied"),
)


def attendance_sheet(found: Overview) -> bytes:
    """One row a person who comes; a department of which nobody comes has one row."""
    words = found.meeting.words
    names = organisation_names({one.organisation for one in found.invited})
    rows: list[list[object]] = [
        [words.subject],
        [f"{span(words.starts_at, words.ends_at)} {words.place}"],
        [say(head) for head in _HEAD],
    ]
    for one in found.invited:
        reply = one.reply if one.reply is not None and one.reply.is_current else None
        received = moment(one.receipt.at) if one.receipt is not None else ""
        people = [(each.name, each.post) for each in reply.people] if reply is not None else []
        for name, post in people or [("", "")]:
            rows.append(
                [
                    say(names[one.organisation]),
                    say(reply_state(one)["text"]),
                    name,
                    post,
                    reply.reason if reply is not None else "",
                    received,
                    moment(reply.at) if reply is not None else "",
                ]
            )
    return written([SheetRows(name=say(Text("与会名单", "Attendees")), rows=rows)])
