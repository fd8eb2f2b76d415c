"""Votes on budgets at the desk: written, put out, papers handed out, counted."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import BudgetView
from yiwang.portal.talking.rules.budgeting import WAY_TEXTS, Terms, Way, written
from yiwang.portal.talking.web.budgets import heading, results_of, state_of
from yiwang.portal.talking.web.drafting import DraftSent, done_or_told, draft_words, write_draft

DRAFT, PUT_OUT = "talking.budget.draft", "talking.budget.put_out"
COUNT, HAND_OUT = "talking.budget.count", "talking.budget.hand_out"
_COLUMNS = [
    {"key": "title", "label": Text("名称", "Title"), "head": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "days", "label": Text("起止", "Days"), "nowrap": True},
    {"key": "amount", "label": Text("预算（元）", "Yuan"), "numeric": True},
    {"key": "taken", "label": Text("参加人数", "Voted"), "numeric": True},
]
_PAPERS = Control(
    kind="long_text",
    name="papers",
    label=Text("收回的纸质选票", "Papers that came back"),
    hint=Text(
        "每行一张，写所选项目的编号，如“1 3”；作废的写 x",
        "One a line: numbers such as “1 3”, x for a void one",
    ),
    required=False,
    rows=8,
    max_length=60_000,
)
_CARD = Control(
    kind="id_number", name="resident_id", label=Text("身份证号", "Identity number"), max_length=18, width=24
)


@needs_officer(DRAFT)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Those of one's own organisation."""
    page = Paginator(api.BUDGETS.own(actor_for(request)), 30).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [_row(api.budget_view(row, at=at)) for row in page.object_list]
    return render(request, "talking/budget_desk.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Write a new one."""
    return _write(request, actor_for(request), None)


@needs_officer(DRAFT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, budget: int) -> HttpResponseBase:
    """One of them: written on while it is a draft, counted when it is over."""
    actor, at = actor_for(request), timezone.now()
    view = api.budget_for_officer(actor=actor, budget=budget, at=at)
    if not view.is_out:
        return _write(request, actor, view)

    def act() -> HttpResponse:
        api.count_budget(actor=actor, at=at, budget=budget, papers=request.POST["papers"])
        messages.success(request, say(Text("清点完成，结果已公布。", "Counted; the result is public.")))
        return redirect("talking-desk:budget", budget=budget)

    context = {**heading(view), **results_of(view)}
    return fill_in(request, "talking/budget_count.html", [_PAPERS], act, context)


@needs_officer(PUT_OUT)
@require_POST
def put_out(request: HttpRequest, budget: int) -> HttpResponse:
    """Put it out."""
    actor, at = actor_for(request), timezone.now()
    api.budget_for_officer(actor=actor, budget=budget, at=at)
    return done_or_told(
        request,
        lambda: api.put_out_budget(actor=actor, at=at, budget=budget),
        Text("已发布。", "It is out."),
        reverse("talking-desk:budget", args=[budget]),
    )


@needs_officer(HAND_OUT)
@sensitive_post_parameters("resident_id")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_out(request: HttpRequest, budget: int) -> HttpResponse:
    """Hand a paper to somebody at the counter."""
    at = timezone.now()
    view = api.public_budget(budget, at=at)

    def act() -> HttpResponse:
        card = request.POST["resident_id"]
        api.hand_out_paper(actor=actor_for(request), at=at, budget=budget, resident_id=card)
        messages.success(request, say(Text("已登记，请发给一张选票。", "Recorded. Hand out one paper.")))
        return redirect("talking-desk:hand_out", budget=budget)

    return fill_in(request, "talking/hand_out.html", [_CARD], act, heading(view))


def _row(view: BudgetView) -> dict[str, object]:
    state = state_of(view)
    return {
        "title": {"text": view.title, "href": f"{view.id}/"},
        "state": {"text": state["state"], "tone": state["tone"]},
        "days": f"{view.opens_on} — {view.closes_on}",
        "amount": view.terms.amount,
        "taken": view.taken,
    }


def _write(request: HttpRequest, actor: Actor, view: BudgetView | None) -> HttpResponse:
    def keep(draft: DraftSent) -> str:
        sent = request.POST
        made = api.draft_budget(
            actor=actor,
            at=timezone.now(),
            budget=view.id if view is not None else None,
            title=draft.title,
            summary=draft.summary,
            terms=Terms(
                amount=_whole(sent["amount"]), way=Way(sent["way"]), most=_whole(sent.get("most", ""))
            ),
            projects=sent["projects"],
            opens_on=draft.opens_on,
            closes_on=draft.closes_on,
        )
        return reverse("talking-desk:budget", args=[made])

    return write_draft(request, "talking/write_budget.html", _controls(view), keep, view)


def _whole(typed: str) -> int:
    plain = typed.strip().replace(",", "")
    return int(plain) if plain.isdecimal() and len(plain) <= 11 else 0


def _controls(view: BudgetView | None) -> tuple[Control, ...]:
    terms = view.terms if view is not None else None
    projects = Control(
        kind="long_text",
        name="projects",
        label=Text("项目", "Projects"),
        hint=Text(
            "每个项目以“# 名称 | 费用（元）”一行开头，下面写说明",
            "A line “# title | cost in yuan” begins one; describe it below",
        ),
        value=written(view.projects) if view is not None else "",
        rows=14,
        max_length=60_000,
    )
    words = draft_words(
        title=view.title if view is not None else None,
        summary=view.summary if view is not None else None,
        opens_on=view.opens_on if view is not None else None,
        closes_on=view.closes_on if view is not None else None,
        body=projects,
    )
    return (
        Control(
            kind="text",
            name="amount",
            label=Text("预算总额（元）", "Money to spend, yuan"),
            value=str(terms.amount) if terms is not None else "",
            max_length=14,
            width=16,
        ),
        Control(
            kind="choice",
            name="way",
            label=Text("每人怎么选", "What bounds a choice"),
            options=[Option(value=way, label=text) for way, text in WAY_TEXTS.items()],
            value=terms.way if terms is not None else None,
        ),
        Control(
            kind="text",
            name="most",
            label=Text("最多选几个", "How many at most"),
            hint=Text("按个数选时填写", "Where the number bounds it"),
            value=str(terms.most) if terms is not None and terms.most else "",
            required=False,
            max_length=2,
            width=4,
        ),
        *words,
    )
