"""A meeting as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web.wording import day, moment
from yiwang.portal.meetings.contracts import EDITION_TEXTS, EditionKind, Invited, MeetingView


def heading(view: MeetingView) -> dict[str, object]:
    """What every page of a meeting shows."""
    words = view.words
    rows: list[dict[str, object]] = [
        {"key": Text("时间", "Time"), "value": span(words.starts_at, words.ends_at)},
        {"key": Text("地点", "Place"), "value": words.place},
        {"key": Text("参加人员", "Who shall come"), "value": words.attendance},
        {"key": Text("回复期限", "Reply by"), "value": moment(words.reply_until)},
        {"key": Text("联系", "Contact"), "value": words.contact},
    ]
    return {
        "view": view,
        "issuer": organisation_names({view.issuer})[view.issuer],
        "rows": rows,
        "state": state_of(view),
        "sendings": [
            {"kind": EDITION_TEXTS[each.kind], "note": each.note, "at": each.sent_at}
            for each in view.editions
        ],
    }


def span(starts_at: datetime, ends_at: datetime | None) -> str:
    """From when to when."""
    if ends_at is None:
        return moment(starts_at)
    end = timezone.localtime(ends_at)
    same_day = day(starts_at) == day(ends_at)
    return f"{moment(starts_at)}—{end:%H:%M}" if same_day else f"{moment(starts_at)} — {moment(ends_at)}"


def state_of(view: MeetingView) -> dict[str, object]:
    """Where the meeting stands."""
    if view.is_cancelled:
        return {"text": Text("已取消", "Cancelled"), "tone": "danger"}
    if view.is_over:
        return {"text": Text("已开始", "Begun"), "tone": "neutral"}
    if view.edition.kind is EditionKind.CHANGE:
        return {"text": Text("有变更", "Changed"), "tone": "warning"}
    return {"text": Text("已通知", "Sent"), "tone": "info"}


def reply_state(invited: Invited) -> dict[str, object]:
    """Where a department stands with the last sending."""
    reply = invited.reply
    if reply is not None and reply.is_current:
        if not reply.people:
            return {"text": Text("请假", "Excused"), "tone": "neutral"}
        return {"text": Text("{n}人出席", "{n} come").fill(n=len(reply.people)), "tone": "success"}
    if invited.receipt is None:
        return {"text": Text("未读", "Unread"), "tone": "danger"}
    return {"text": Text("已读未回复", "Read, no reply"), "tone": "warning"}


def overview_row(invited: Invited, names: Mapping[str, Text]) -> dict[str, object]:
    """A department in the issuer's overview."""
    receipt, reply = invited.receipt, invited.reply
    people = (
        [f"{one.name}（{one.post}）" for one in reply.people]
        if reply is not None and reply.is_current
        else []
    )
    said = [*people, reply.reason] if reply is not None and reply.is_current and reply.reason else people
    state = reply_state(invited)
    notes = []
    if invited.is_reminded:
        notes.append(Text("已提醒", "Reminded"))
    if reply is not None and reply.is_current and reply.is_late:
        notes.append(Text("逾期回复", "Late"))
    note = Text("、".join(text.zh for text in notes), ", ".join(text.en for text in notes)) if notes else None
    return {
        "organisation": names[invited.organisation],
        "state": {**state, "note": note},
        "read": {"text": receipt.at, "note": f"{receipt.name} {receipt.post}"}
        if receipt is not None
        else "—",
        "people": "；".join(said) or "—",
        "replied": reply.at if reply is not None and reply.is_current else "—",
    }
