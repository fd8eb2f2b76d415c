"""Surveys and votes at the desk: written, put out, their results read when they are over."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.sheets import problems_of, with_errors
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import SurveyView
from yiwang.portal.talking.rules.voting import KIND_TEXTS, SurveyKind, written
from yiwang.portal.talking.web.drafting import draft_problems, draft_words, first_and_last
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
    page = Paginator(api.own_surveys(actor=actor_for(request)), 30).get_page(request.GET.get("page"))
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
    try:
        api.put_out_survey(actor=actor, at=at, survey=survey)
    except YiwangError as refused:
        tell(request, refused)
    else:
        messages.success(request, say(Text("已发布。", "It is out.")))
    return redirect("talking-desk:survey", survey=survey)


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
    controls = _controls(view)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        problems = draft_problems(request, controls)
        if not problems:
            try:
                made = _kept(request, actor, timezone.now(), view)
            except YiwangError as refused:
                problems = problems_of(refused)
            else:
                messages.success(request, say(Text("草稿已保存。", "The draft is saved.")))
                return redirect("talking-desk:survey", survey=made)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {"view": view, "controls": controls, "errors": errors}
    return render(request, "talking/write_survey.html", context, status=422 if problems else 200)


def _kept(request: HttpRequest, actor: Actor, at: datetime, view: SurveyView | None) -> int:
    sent = request.POST
    opens_on, closes_on = first_and_last(request)
    return api.draft_survey(
        actor=actor,
        at=at,
        survey=view.id if view is not None else None,
        kind=SurveyKind(sent["kind"]),
        title=Text(sent["title_zh"].strip(), sent["title_en"].strip()),
        summary=Text(sent["summary_zh"].strip(), sent["summary_en"].strip()),
        questions=sent["questions"],
        opens_on=opens_on,
        closes_on=closes_on,
    )


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
