"""The questions that every draft for the public asks an officer: title, what it is for, its days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.filling import day_sent, fill_in
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSent:
    """What an officer wrote."""

    title: Text
    summary: Text
    opens_on: date
    closes_on: date


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


def draft_sent(request: HttpRequest) -> DraftSent:
    """What was sent for those questions; ``fill_in`` has seen that the days are days."""
    sent = request.POST
    return DraftSent(
        title=Text(sent["title_zh"].strip(), sent["title_en"].strip()),
        summary=Text(sent["summary_zh"].strip(), sent["summary_en"].strip()),
        opens_on=day_sent(request, "opens_on"),
        closes_on=day_sent(request, "closes_on"),
    )


def write_draft(
    request: HttpRequest,
    template: str,
    controls: Sequence[Control],
    keep: Callable[[DraftSent], str],
    view: object,
) -> HttpResponse:
    """Show the questions of a draft, and keep what was sent; ``keep`` gives the address of what it kept."""

    def act() -> HttpResponse:
        address = keep(draft_sent(request))
        messages.success(request, say(Text("草稿已保存。", "The draft is saved.")))
        return redirect(address)

    return fill_in(request, template, controls, act, {"view": view})


def done_or_told(request: HttpRequest, act: Callable[[], object], said: Text, address: str) -> HttpResponse:
    """Do an act that has no form of its own, say that it is done or why not, and go back."""
    try:
        act()
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(said))
    return redirect(address)


def _line(name: str, label: Text, value: str) -> Control:
    return Control(kind="text", name=name, label=label, value=value, max_length=120, width=40)


def _lines(name: str, label: Text, value: str) -> Control:
    return Control(kind="long_text", name=name, label=label, value=value, max_length=1000, rows=3)
