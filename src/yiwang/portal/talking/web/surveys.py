"""Surveys and votes for everybody: read, take part once, see the results when it is over."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_sign_in, organisation_names
from yiwang.kernel.errors import FieldProblem, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, with_errors
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import QuestionResult, SurveyView
from yiwang.portal.talking.rules.voting import KIND_TEXTS, MOST_WORDS, Asks, Question, SurveyKind
from yiwang.portal.talking.web.slowing import not_too_fast

#: Ballots a second from one address.
BALLOT_PACE = Pace(2)
_CONTROLS = {Asks.ONE: "choice", Asks.MANY: "choices", Asks.WORDS: "long_text"}
_COLUMNS = [
    {"key": "option", "label": Text("选项", "Option"), "head": True},
    {"key": "votes", "label": Text("票数", "Votes"), "numeric": True},
    {"key": "share", "label": Text("占答题人数", "Of those who answered"), "numeric": True},
]


@require_safe
def list_surveys(request: HttpRequest) -> HttpResponse:
    """Surveys that are or were out."""
    page = Paginator(api.SURVEYS.public(), 20).get_page(request.GET.get("page"))
    at = timezone.now()
    shown = [api.survey_view(row, at=at) for row in page.object_list]
    names = organisation_names({view.organisation for view in shown})
    rows = [
        {"view": view, "organisation": names.get(view.organisation, view.organisation), **state_of(view)}
        for view in shown
    ]
    return render(request, "talking/surveys.html", {"page": page, "rows": rows})


@require_safe
def show_survey(request: HttpRequest, survey: int) -> HttpResponse:
    """What is asked; once it is over, what was answered."""
    at = timezone.now()
    view = api.public_survey(survey, at=at)
    found = api.results(survey, at=at) if view.is_over else ()
    context = {**heading(view), "columns": _COLUMNS, "results": [shown_result(result) for result in found]}
    return render(request, "talking/survey.html", context)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@not_too_fast(BALLOT_PACE)
def answer(request: HttpRequest, survey: int) -> HttpResponseBase:
    """Take part."""
    view = api.public_survey(survey, at=timezone.now())
    controls = tuple(_control(question, view.kind) for question in view.questions)
    problems: tuple[FieldProblem, ...] = ()
    errors: list[dict[str, object]] = []
    if request.method == "POST":
        said = {question.key: request.POST.getlist(question.key) for question in view.questions}
        try:
            api.cast_ballot(actor=actor_for(request), at=timezone.now(), survey=survey, said=said)
        except YiwangError as refused:
            problems = problems_of(refused)
        else:
            messages.success(request, say(Text("已提交，谢谢参与。", "Recorded. Thank you for taking part.")))
            return redirect("talking:survey", survey=survey)
        controls, errors = with_errors(controls, request.POST, problems)
    context = {**heading(view), "controls": controls, "errors": errors}
    return render(request, "talking/answer.html", context, status=422 if problems else 200)


def heading(view: SurveyView) -> dict[str, object]:
    """What every page of a survey shows."""
    name = organisation_names({view.organisation}).get(view.organisation, view.organisation)
    return {
        "view": view,
        "organisation": name,
        "kind": KIND_TEXTS[view.kind],
        "is_vote": view.kind is SurveyKind.VOTE,
        **state_of(view),
    }


def state_of(view: SurveyView) -> dict[str, object]:
    """Where it stands, and in which tone."""
    if not view.is_out:
        return {"state": Text("草稿", "Draft"), "tone": "neutral"}
    if view.is_open:
        return {"state": Text("正在进行", "Open"), "tone": "progress"}
    if view.is_over:
        return {"state": Text("已结束", "Ended"), "tone": "success"}
    return {"state": Text("即将开始", "Opens soon"), "tone": "info"}


def shown_result(result: QuestionResult) -> dict[str, object]:
    """A question with its options counted."""
    rows = [
        {"option": option, "votes": votes, "share": _share(votes, result.answered)}
        for option, votes in zip(result.question.options, result.counts, strict=True)
    ]
    return {
        "title": result.question.title,
        "answered": result.answered,
        "rows": rows,
        "in_words": result.question.asks is Asks.WORDS,
    }


def _share(votes: int, answered: int) -> str:
    return f"{votes * 100 / answered:.1f}%" if answered else "—"


def _control(question: Question, kind: SurveyKind) -> Control:
    options = [
        Option(value=value, label=option)
        for value, option in zip(question.values(), question.options, strict=True)
    ]
    return Control(
        kind=_CONTROLS[question.asks],
        name=question.key,
        label=question.title,
        options=options,
        required=kind is SurveyKind.VOTE,
        max_length=MOST_WORDS if question.asks is Asks.WORDS else 0,
        rows=4,
    )
