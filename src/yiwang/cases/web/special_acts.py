"""The page of any registered act of the desk."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.cases.contracts import ThingNotFound
from yiwang.cases.web.acts.page import ACTS, Submission
from yiwang.cases.web.case_page import case_of, page_context
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, option_from, raw_answer
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import problems_of, unfit, with_errors

_ACT = Text("这项操作", "This act")


@needs_officer("cases.case.read")
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Ask the act's questions, then do it; the command itself decides whether it is allowed."""
    actor, at = actor_for(request), timezone.now()
    case = case_of(request, number)
    if key not in ACTS or ACTS.get(key).operation not in case.may:
        raise ThingNotFound(thing=_ACT)
    page = ACTS.get(key)
    controls = page.controls(case)
    context = page_context(request, case, "act")
    context |= {"act": page, "title": page.title, "button": page.button, "controls": controls}
    if request.method != "POST":
        context["controls"] = tuple(
            _only_one_chosen(_chosen_by_link(control, request.GET)) for control in controls
        )
        return render(request, "cases/act.html", context)
    answers = {control.name: raw_answer(control.kind, control.name, request.POST) for control in controls}
    problems = unfit(controls, answers)
    if not problems:
        texts = {name: value for name, value in answers.items() if isinstance(value, str | list)}
        try:
            page.submit(Submission(actor=actor, at=at, case=case, answers=texts))
        except YiwangError as refused:
            problems = problems_of(refused)
        else:
            messages.success(request, say(page.done))
            return redirect("desk:case", number=number)
    context["controls"], context["errors"] = with_errors(controls, request.POST, problems)
    return render(request, "cases/act.html", context, status=422)


def _chosen_by_link(control: Control, query: QueryDict) -> Control:
    """A link may bring a choice with it (the card that is asked about); anything unknown is left out."""
    wanted = query.get(control.name, "")
    known = {option_from(option).value for option in control.options}
    return replace(control, value=wanted) if control.kind == "choice" and wanted in known else control


def _only_one_chosen(control: Control) -> Control:
    """Where there is nothing to choose between, nobody is asked to choose."""
    if control.kind != "choice" or not control.required or len(control.options) != 1 or control.value:
        return control
    return replace(control, value=option_from(control.options[0]).value)
