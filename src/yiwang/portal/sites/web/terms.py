"""The page on which a publisher says when a page may go out, goes out, and comes off again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, sent_date, sent_day
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.portal.sites import api
from yiwang.portal.sites.rules.terms import Terms
from yiwang.portal.sites.web import forms
from yiwang.portal.sites.web.desk import desk_frame, page_tabs, revision_of

_SET = Text("时间已保存。", "The times are saved.")
_NO_SUCH_TIME = Text(
    "请填写真实的日期，时间写成 09:00 这样", "Give a real date, and a time of day such as 09:00"
)
_CLOCK = Text("几点", "Time of day")
_QUESTIONS = {
    "embargo_until": (
        Text("解禁时间", "Embargo ends"),
        Text("在此以前谁也不能发布，紧急发布也不行。", "Nobody publishes it before, not urgently either."),
    ),
    "publish_at": (
        Text("定时发布", "Goes out at"),
        Text(
            "到时自动发布现在保存的内容；届时再检查一遍，不合格不发布并在这里说明。",
            "What is saved now goes out by itself. It is checked again then; what is refused is told here.",
        ),
    ),
    "withdraw_at": (
        Text("到期撤下", "Comes off at"),
        Text("到时自动撤下，连同它下面的页面。", "It comes off by itself, with everything under it."),
    ),
}
Sent = Mapping[str, object]


@needs_officer(api.SCHEDULE)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, site: str, page: int) -> HttpResponse:
    """The three times as they are set; an empty one is none."""
    actor = actor_for(request)
    draft, found = api.get_draft(actor, site, page), api.review_of(actor, site, page)
    own = api.site_to_edit(actor, site)
    controls, status = _controls(found.terms, {}), 200
    if request.method == "POST":
        try:
            _order(request, site, page)
        except InvalidInput as refused:
            controls, status = forms.told(_controls(found.terms, request.POST), refused.problems), 422
            _tell_others(request, controls, refused.problems)
        except YiwangError as refused:
            tell(request, refused)
            controls, status = _controls(found.terms, request.POST), refused.status
        else:
            messages.success(request, say(_SET))
            return redirect("site_desk:review", site=site, page=page)
    context = desk_frame(request, own) | {
        "draft": draft,
        "views": page_tabs(request, own, page),
        "controls": controls,
    }
    return render(request, "site_desk/terms.html", context, status=status)


def _order(request: HttpRequest, site: str, page: int) -> None:
    """Set the times that were sent; raises InvalidInput where one is none, and as ``set_terms`` does."""
    wanted, problems = _typed(request.POST)
    if problems:
        raise InvalidInput(problems=problems)
    api.set_terms(
        actor=actor_for(request),
        at=timezone.now(),
        site=site,
        page=page,
        revision=revision_of(request),
        terms=wanted,
    )


def _typed(data: Mapping[str, object]) -> tuple[Terms, tuple[FieldProblem, ...]]:
    """The times as they were sent, and those that are none."""
    found: dict[str, datetime | None] = {}
    problems = []
    for name in _QUESTIONS:
        clock = str(data.get(f"{name}_clock", "")).strip()
        if not any(sent_date(data, name).values()):
            found[name] = None
            continue
        day = sent_day(data, name)
        try:
            at = time.fromisoformat(clock or "09:00")
        except ValueError:
            at = None
        if day is None or at is None or at.tzinfo is not None:
            problems.append(FieldProblem(name, _NO_SUCH_TIME))
        else:
            found[name] = datetime.combine(day, at, tzinfo=timezone.get_current_timezone())
    return Terms(**found), tuple(problems)


def _controls(now: Terms, sent: Sent) -> list[Control]:
    controls = []
    for name, (label, hint) in _QUESTIONS.items():
        set_at = getattr(now, name)
        local = timezone.localtime(set_at) if set_at is not None else None
        clock = sent.get(f"{name}_clock", f"{local:%H:%M}" if local else "")
        value: object = sent_date(sent, name) if sent else local.date() if local else None
        controls.append(Control(kind="date", name=name, label=label, hint=hint, value=value, required=False))
        words = Text(f"{label.zh}：{_CLOCK.zh}", f"{label.en}: {_CLOCK.en.lower()}")
        controls.append(
            Control(kind="text", name=f"{name}_clock", label=words, value=clock, width=8, required=False)
        )
    return controls


def _tell_others(request: HttpRequest, controls: Iterable[Control], problems: Iterable[FieldProblem]) -> None:
    """What the page lacks stands at no question of this form."""
    names = {one.name for one in controls}
    for text in dict.fromkeys(say(one.text) for one in problems if one.path not in names):
        messages.error(request, text)
