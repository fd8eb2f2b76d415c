"""Pick an entry of a register for a question: on a list, by a search, or on the map where there is script."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import choices_for, place_of, walk, with_pick
from yiwang.cases.contracts import DraftMovedOn
from yiwang.cases.definitions.form import Question
from yiwang.cases.definitions.picks import Picks
from yiwang.identity.api import needs_sign_in
from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.portal.contracts import PageNotFound
from yiwang.portal.queries.application import Application
from yiwang.portal.web.apply.opened import (
    applicant_name,
    is_checking,
    keep,
    open_application,
    page_address,
    sent_version,
)
from yiwang.registers.api import ListBeside, pick_ground

_LONGEST_SEARCH = 60
_CHOOSE = Text("请选择“{label}”", "Choose “{label}” from the list")
_GONE = Text(
    "您选的“{label}”在登记簿中查不到（可能刚刚注销），请重新选择",
    "The “{label}” that you chose is not in the register, or no longer; choose again",
)
_FILLED = Text(
    "已按“{key}”填好下面各项，请核对；需要时可以改。",
    "Filled in from {key}. Please check it; you can change it where needed.",
)


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pick(request: HttpRequest, draft_id: int, key: str, question: str) -> HttpResponse:
    """List entries to choose from; the one that is sent fills in the page of the question.

    Raises:
        PageNotFound: the page is not asked, or has no such question that picks.
        TimeLimitReached: the search took too long.
    """
    opened = open_application(request, draft_id)
    asked, picks = _question(opened, key, question)
    if request.method == "POST":
        return _take(request, opened, key, asked, picks)
    if request.GET.get("part") == "rows":
        return render(request, "portal/apply/pick_rows.html", _rows(request, opened, asked, picks))
    return _show(request, opened, key, asked, picks)


def _question(opened: Application, key: str, wanted: str) -> tuple[Question, Picks]:
    found = walk(opened.form, opened.answers, surroundings=opened.surroundings, at=opened.at).find(key)
    for question in found.questions if found is not None else ():
        if question.key == wanted and question.picks is not None:
            return question, question.picks
    raise PageNotFound


def _take(
    request: HttpRequest, opened: Application, key: str, question: Question, picks: Picks
) -> HttpResponse:
    chosen = request.POST.get("entry", "")
    if not chosen:
        return _show(request, opened, key, question, picks, problem=_CHOOSE)
    answers = with_pick(opened.form.page(key), question, chosen, opened.answers, at=opened.at)
    if answers is None:
        return _show(request, opened, key, question, picks, problem=_GONE)
    try:
        keep(opened, answers=answers, page=key, expected_version=sent_version(request, opened))
    except DraftMovedOn:
        return _show(request, opened, key, question, picks, stale=True)
    messages.success(request, say(_FILLED.fill(key=str(answers[question.key]))))
    return redirect(page_address(opened, key, checking=is_checking(request)))


def _rows(request: HttpRequest, opened: Application, question: Question, picks: Picks) -> dict[str, object]:
    """What was looked for, or else what is picked already, or the first of all."""
    text = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    place = place_of(request.GET.get("at", ""))
    picked = str(opened.answers.get(question.key) or "")
    choices = choices_for(picks, key=picked) if picked and not text and place is None else ()
    return {
        "choices": choices or choices_for(picks, text=text, at=place),
        "picked": picked,
        "q": text,
        "place": place,
    }


def _show(
    request: HttpRequest,
    opened: Application,
    key: str,
    question: Question,
    picks: Picks,
    *,
    problem: Text | None = None,
    stale: bool = False,
) -> HttpResponse:
    registers = [picks.register_code, *(crossed.register_code for crossed in picks.crosses)]
    found = bool(request.GET.get("q"))
    error = problem.fill(label=question.label) if problem is not None else None
    context = {
        "item": opened.item,
        "draft": opened.draft,
        "question": question,
        "back": page_address(opened, key, checking=is_checking(request)),
        "checking": is_checking(request),
        "applicant": applicant_name(opened),
        "problem": error,
        "errors": [{"text": error, "href": "#pick-rows"}] if error is not None else [],
        "stale": stale,
        "ground": pick_ground(opened.actor, registers, ListBeside(rows="pick-rows", found=found)),
        **_rows(request, opened, question, picks),
    }
    status = 409 if stale else 422 if problem is not None else 200
    return render(request, "portal/apply/pick.html", context, status=status)
