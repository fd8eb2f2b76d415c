"""Surveys and votes at the desk: written, put out, their results read when they are over."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import SurveyView
from yiwang.portal.talking.rules.voting import KIND_TEXTS, SurveyKind, written
from yiwang.portal.talking.web.drafting import DraftSent, done_or_told, draft_words, write_draft
from yiwang.portal.talking.web.surveys import heading, shown_result, state_of

DRAFT, PUT_OUT = "talking.survey.draft", "talking.survey.put_out"
_COLUMNS = [
    {"key": "title", "label": Text("名称", "Title"), "head": True},
    {"key": "kind", "label": Text("种类", "Kind")},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "days", "label": Text("起止", "Days"), "nowrap": True},
    {"key": "taken", "label": Text("参加人数", "Took part"), "numeric": True},
]
_RESULT_COLUMNS = [
    {"key": "option", "label": Text("选项", "Option"), "head": True},
    {"key": "votes", "label": Text("票数", "Votes"), "numeric": True},
    {"key": "share", "label": Text("占答题人数", "Of those who answered"), "numeric": True},
]


@needs_officer(DRAFT)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """The surveys of one's own organisation."""
    page = Paginator(api.SURVEYS.own(actor_for(request)), 30).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [_row(api.survey_view(row, at=at)) for row in page.object_list]
    return render(request, "talking/survey_desk.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Write a new one."""
    return _write(request, actor_for(request), None)


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, survey: int) -> HttpResponseBase:
    """A survey: to be written on while it is a draft, else how many took part, and when it is over, how."""
    actor, at = actor_for(request), timezone.now()
    view = api.survey_for_officer(actor=actor, survey=survey, at=at)
    if not view.is_out:
        return _write(request, actor, view)
    found = api.results(survey, at=at) if view.is_over else ()
    words = api.words_said(actor=actor, survey=survey, at=at) if view.is_over else {}
    context = {
        **heading(view),
        "columns": _RESULT_COLUMNS,
        "results": [{**shown_result(r), "words": words.get(r.question.key, [])} for r in found],
    }
    return render(request, "talking/survey_results.html", context)


@needs_officer(PUT_OUT)
@require_POST
def put_out(request: HttpRequest, survey: int) -> HttpResponse:
    """Put it out."""
    actor, at = actor_for(request), timezone.now()
    api.survey_for_officer(actor=actor, survey=survey, at=at)
    return done_or_told(
        request,
        lambda: api.put_out_survey(actor=actor, at=at, survey=survey),
        Text("已发布。", "It is out."),
        reverse("talking-desk:survey", args=[survey]),
    )


def _row(view: SurveyView) -> dict[str, object]:
    state = state_of(view)
    return {
        "title": {"text": view.title, "href": f"{view.id}/"},
        "kind": KIND_TEXTS[view.kind],
        "state": {"text": state["state"], "tone": state["tone"]},
        "days": f"{view.opens_on} — {view.closes_on}",
        "taken": view.taken,
    }


def _write(request: HttpRequest, actor: Actor, view: SurveyView | None) -> HttpResponse:
    def keep(draft: DraftSent) -> str:
        made = api.draft_survey(
            actor=actor,
            at=timezone.now(),
            survey=view.id if view is not None else None,
            kind=SurveyKind(request.POST["kind"]),
            title=draft.title,
            summary=draft.summary,
            questions=request.POST["questions"],
            opens_on=draft.opens_on,
            closes_on=draft.closes_on,
        )
        return reverse("talking-desk:survey", args=[made])

    return write_draft(request, "talking/write_survey.html", _controls(view), keep, view)


def _controls(view: SurveyView | None) -> tuple[Control, ...]:
    offered = [kind for kind in SurveyKind if kind is not SurveyKind.VOTE or settings.YIWANG_VOTING]
    kind = Control(
        kind="choice",
        name="kind",
        label=Text("种类", "Kind"),
        options=[Option(value=each, label=KIND_TEXTS[each]) for each in offered],
        value=view.kind if view is not None else None,
    )
    questions = Control(
        kind="long_text",
        name="questions",
        label=Text("问题", "Questions"),
        hint=Text(
            "“? 问题”单选，“?? 问题”多选，“??? 问题”自己填写；选项另起一行，以“- ”开头",
            "“? question” takes one option, “?? question” any number, “??? question” words; each option on a"
            " line that begins with “- ”",
        ),
        value=written(view.questions) if view is not None else "",
        rows=14,
        max_length=60_000,
    )
    words = draft_words(
        title=view.title if view is not None else None,
        summary=view.summary if view is not None else None,
        opens_on=view.opens_on if view is not None else None,
        closes_on=view.closes_on if view is not None else None,
        body=questions,
    )
    return (kind, *words)
