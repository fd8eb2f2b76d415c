"""The questions that every draft for the public asks an officer: title, what it is for, its days."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, raw_answer, sent_day
from yiwang.platform.web.sheets import unfit

_NO_DAY = Text("请填写日期", "Enter a day")


def draft_words(
    *,
    title: Text | None,
    summary: Text | None,
    opens_on: date | None,
    closes_on: date | None,
    body: Control,
) -> tuple[Control, ...]:
    """The controls, with what is there already; ``body`` stands before the days."""
    title, summary = title or Text("", ""), summary or Text("", "")
    return (
        _line("title_zh", Text("名称（中文）", "Title in Chinese"), title.zh),
        _line("title_en", Text("名称（英文）", "Title in English"), title.en),
        _lines("summary_zh", Text("说明（中文）", "What it is for, in Chinese"), summary.zh),
        _lines("summary_en", Text("说明（英文）", "What it is for, in English"), summary.en),
        body,
        Control(
            kind="date",
            name="opens_on",
            label=Text("开始日期", "First day"),
            value=opens_on or timezone.localdate(),
        ),
        Control(kind="date", name="closes_on", label=Text("截止日期", "Last day"), value=closes_on),
    )


def draft_problems(request: HttpRequest, controls: tuple[Control, ...]) -> tuple[FieldProblem, ...]:
    """What is missing or too long, and days that are none."""
    plain = [control for control in controls if control.kind != "date"]
    answers = {control.name: raw_answer(control.kind, control.name, request.POST) for control in plain}
    dates = [control for control in controls if control.kind == "date"]
    days = (FieldProblem(c.name, _NO_DAY) for c in dates if sent_day(request.POST, c.name) is None)
    return (*unfit(plain, answers), *days)


def first_and_last(request: HttpRequest) -> tuple[date, date]:
    """The two days that were sent; ``draft_problems`` has seen that they are days."""
    opens_on, closes_on = sent_day(request.POST, "opens_on"), sent_day(request.POST, "closes_on")
    assert opens_on is not None  # noqa: S101 - judged before
    assert closes_on is not None  # noqa: S101 - judged before
    return opens_on, closes_on


def _line(name: str, label: Text, value: str) -> Control:
    return Control(kind="text", name=name, label=label, value=value, max_length=120, width=40)


def _lines(name: str, label: Text, value: str) -> Control:
    return Control(kind="long_text", name=name, label=label, value=value, max_length=1000, rows=3)
