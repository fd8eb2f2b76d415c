"""The form of a notice, and what it sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import day_sent
from yiwang.portal.meetings.rules.notices import NoticeWords
from yiwang.portal.meetings.sending import ACCEPTED, MOST_BYTES

_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_NO_TIME = Text("请填写时间，如 9:30", "Enter a time such as 9:30")


def words_sent(request: HttpRequest) -> NoticeWords:
    """What the form says.

    Raises:
        InvalidInput: a time is none.
    """
    sent = request.POST
    begins, ends, reply = (_time(sent.get(name, "")) for name in ("starts", "ends", "reply"))
    problems = [
        FieldProblem(name, _NO_TIME)
        for name, found in (("starts", begins), ("reply", reply))
        if found is None
    ]
    if sent.get("ends", "").strip() and ends is None:
        problems.append(FieldProblem("ends", _NO_TIME))
    if begins is None or reply is None or problems:
        raise InvalidInput(problems=tuple(problems))
    starts_on = day_sent(request, "starts_on")
    return NoticeWords(
        subject=sent["subject"].strip(),
        place=sent["place"].strip(),
        starts_at=_at(starts_on, begins),
        ends_at=_at(starts_on, ends) if ends is not None else None,
        attendance=sent["attendance"].strip(),
        body=sent["body"].strip().replace("\r\n", "\n"),
        contact=sent["contact"].strip(),
        reply_until=_at(day_sent(request, "reply_on"), reply),
    )


def controls_of(
    offered: Iterable[tuple[str, Text]], words: NoticeWords | None = None, *, is_change: bool = False
) -> list[Control]:
    """The questions, with what is there already."""
    found = [
        _line("subject", Text("会议名称", "Subject"), words.subject if words else "", 100),
        Control(
            kind="date",
            name="starts_on",
            label=Text("开会日期", "Day"),
            value=_day(words.starts_at if words else None),
        ),
        _clock("starts", Text("开始时间", "From"), words.starts_at if words else None),
        _clock("ends", Text("结束时间", "Until"), words.ends_at if words else None, required=False),
        _line("place", Text("地点", "Place"), words.place if words else "", 100),
        _line("attendance", Text("参加人员", "Who shall come"), words.attendance if words else "", 500),
        Control(
            kind="long_text",
            name="body",
            label=Text("议程和要求", "Agenda and what to prepare"),
            value=words.body if words else "",
            required=False,
            rows=6,
            max_length=5000,
        ),
        _line(
            "contact",
            Text("联系处室和电话", "Office and telephone to ask"),
            words.contact if words else "",
            60,
        ),
        Control(
            kind="date",
            name="reply_on",
            label=Text("回复期限", "Reply by"),
            value=_day(words.reply_until if words else None),
        ),
        _clock("reply", Text("回复期限的时间", "Time of that day"), words.reply_until if words else None),
        Control(
            kind="choices",
            name="invited",
            label=Text("增加与会单位", "Invite more") if is_change else Text("与会单位", "Who is invited"),
            options=[Option(value=code, label=name) for code, name in offered],
            required=not is_change,
            compact=True,
        ),
        Control(
            kind="file",
            name="files",
            label=Text("附件", "Attachments"),
            required=False,
            multiple=True,
            accept=ACCEPTED,
            max_bytes=MOST_BYTES,
        ),
    ]
    if is_change:
        note = Text("变更说明", "What has changed")
        found.insert(0, Control(kind="long_text", name="note", label=note, rows=2, max_length=500))
    return found


def _line(name: str, label: Text, value: str, most: int) -> Control:
    return Control(kind="text", name=name, label=label, value=value, max_length=most, width=40)


def _clock(name: str, label: Text, value: datetime | None, *, required: bool = True) -> Control:
    shown = f"{timezone.localtime(value):%H:%M}" if value is not None else ""
    return Control(kind="text", name=name, label=label, value=shown, required=required, max_length=5, width=8)


def _day(value: datetime | None) -> date | None:
    return timezone.localtime(value).date() if value is not None else None


def _time(typed: str) -> time | None:
    found = _TIME.fullmatch(typed.strip())
    return time(int(found[1]), int(found[2])) if found else None


def _at(on: date, when: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, when))
