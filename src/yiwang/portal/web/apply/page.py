"""One page of an application: ask, keep what is right, say what is not, go on."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import (
    PageResult,
    code_lists,
    picked_addresses,
    read_page,
    settle_addresses,
    walk,
    with_places,
)
from yiwang.cases.contracts import DraftMovedOn
from yiwang.cases.definitions.form import Question
from yiwang.identity.api import needs_sign_in
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, anchors_of
from yiwang.platform.web.language import say
from yiwang.portal.contracts import PageNotFound
from yiwang.portal.queries.application import Application
from yiwang.portal.web.apply.asked import Sent, asked, read_sent
from yiwang.portal.web.apply.opened import (
    applicant_name,
    is_checking,
    keep,
    open_application,
    page_address,
    pick_address,
    sent_version,
)
from yiwang.portal.web.apply.picked import filled_where_blank, has_new_warnings, picks_in

_SAVED = Text("已保存，可以随时回来继续填。", "Saved. Come back and go on at any time.")
_WHICH = Text(
    "请确认所填地址对应的标准地址。", "Say which standard address is meant by the one that you typed."
)
_FILLED = Text(
    "已按登记簿填好空着的各项，请核对后继续。",
    "What was blank is filled in from the register. Check it and go on.",
)
_CONFLICTS = Text(
    "已保存。所填内容与规划或登记有冲突，见下面的提示；可以修改，也可以继续。",
    "Saved. What you filled in conflicts with the plan or the register, as said below. Change it or go on.",
)
_MORE = Text("根据您的回答，还有问题要回答。", "Because of your answers there is more to answer.")


@needs_sign_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, draft_id: int, key: str) -> HttpResponse:
    """Show or take a page. Right answers are kept even when others are wrong."""
    opened = open_application(request, draft_id)
    questions = _questions(opened, key)
    if request.method == "POST":
        return _take(request, opened, key, questions)
    return _show(request, opened, key, questions)


def _questions(opened: Application, key: str) -> tuple[Question, ...]:
    found = walk(opened.form, opened.answers, surroundings=opened.surroundings, at=opened.at).find(key)
    if found is None:
        raise PageNotFound
    return found.questions


def _take(
    request: HttpRequest, opened: Application, key: str, questions: tuple[Question, ...]
) -> HttpResponse:
    sent = read_sent(request, opened, questions)
    result = read_page(
        opened.form,
        key,
        sent.fields,
        opened.answers,
        lists=code_lists(timezone.localdate(opened.at)),
        surroundings=opened.surroundings,
        at=opened.at,
    )
    full = filled_where_blank(opened, key, result)
    settled = settle_addresses(
        questions, full.answers, opened.addresses, picked_addresses(questions, request.POST)
    )
    try:
        saved = keep(
            opened,
            answers=dict(full.answers),
            addresses=settled.notes,
            page=key,
            expected_version=sent_version(request, opened),
        )
    except DraftMovedOn:
        return _show(request, opened, key, questions, sent=sent, stale=True)
    if any(request.POST.get("pick") == question.key for question in questions if question.picks is not None):
        return redirect(pick_address(opened, key, request.POST["pick"], checking=is_checking(request)))
    problems = [*sent.problems, *full.problems]
    if "later" in request.POST:
        messages.success(request, say(_SAVED))
        return redirect("portal:application", draft_id=saved.id)
    fresh = replace(opened, draft=saved)
    if problems:
        return _show(request, fresh, key, _questions(fresh, key), sent=sent, problems=problems)
    is_waiting = bool(settled.open) and not result.revealed
    if is_waiting:
        messages.info(request, say(_WHICH))
    if is_waiting or "more" in request.POST:
        return redirect(page_address(fresh, key, checking=is_checking(request)))
    return redirect(_onward(request, opened, fresh, full, key, has_filled=full is not result))


def _onward(
    request: HttpRequest,
    before: Application,
    opened: Application,
    result: PageResult,
    key: str,
    *,
    has_filled: bool,
) -> str:
    """The same page while it asks more or has something new to show; the check, the next page or the list."""
    here = page_address(opened, key, checking=is_checking(request))
    keys = {question.key for question in opened.form.page(key).questions}
    if has_filled:
        messages.info(request, say(_FILLED))
        return here
    if has_new_warnings(before, picks_in(opened, keys)):
        messages.info(request, say(_CONFLICTS))
        return here
    if result.revealed:
        messages.info(request, say(_MORE))
        return here
    if is_checking(request):
        return reverse("portal:application_check", args=[opened.draft.id])
    following = result.walk.next_page(key)
    if following is None:
        return reverse("portal:application", args=[opened.draft.id])
    return page_address(opened, following)


def _show(
    request: HttpRequest,
    opened: Application,
    key: str,
    questions: tuple[Question, ...],
    *,
    sent: Sent | None = None,
    problems: list[FieldProblem] | None = None,
    stale: bool = False,
) -> HttpResponse:
    controls = asked(opened, questions, sent=sent, problems=problems or ())
    if not stale:
        waiting = settle_addresses(questions, opened.answers, opened.addresses)
        controls = with_places(controls, opened.answers, waiting.open)
    picks = picks_in(opened, {question.key for question in questions})
    walked = walk(opened.form, opened.answers, surroundings=opened.surroundings, at=opened.at)
    keys = [visible.page.key for visible in walked.pages]
    before = walked.previous_page(key)
    context = {
        "item": opened.item,
        "draft": opened.draft,
        "page": opened.form.page(key),
        "number": keys.index(key) + 1,
        "count": len(keys),
        "asked": [(control, picks.get(control.name)) for control in controls],
        "has_buttons": bool(picks) or any(control.kind == "group" for control in controls),
        "errors": _summary(controls, problems or []),
        "applicant": applicant_name(opened),
        "back": page_address(opened, before)
        if before
        else reverse("portal:application", args=[opened.draft.id]),
        "stale": stale,
        "has_files": any(control.kind == "file" for control in controls),
    }
    status = 409 if stale else 422 if problems else 200
    return render(request, "portal/apply/page.html", context, status=status)


def _summary(controls: tuple[Control, ...], problems: list[FieldProblem]) -> list[dict[str, object]]:
    anchors = anchors_of(controls)
    return [{"text": problem.text, "href": anchors.get(problem.path, "#main")} for problem in problems]
