"""Votes on budgets for everybody: read, vote once, see what is paid for."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_sign_in, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.platform.web.wording import number
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import BudgetView
from yiwang.portal.talking.rules.budgeting import Placed, Project, Way
from yiwang.portal.talking.web.slowing import not_too_fast

#: Ballots a second from one address.
BUDGET_PACE = Pace(2)
_YUAN = Text("{n}元", "{n} yuan")
_COLUMNS = [
    {"key": "project", "label": Text("项目", "Project"), "head": True},
    {"key": "cost", "label": Text("费用（元）", "Cost, yuan"), "numeric": True},
    {"key": "votes", "label": Text("票数", "Votes"), "numeric": True},
    {"key": "paid", "label": Text("结果", "Result")},
]


@require_safe
def list_budgets(request: HttpRequest) -> HttpResponse:
    """Those that are or were out."""
    page = Paginator(api.BUDGETS.public(), 20).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [heading(api.budget_view(row, at=at)) for row in page.object_list]
    return render(request, "talking/budgets.html", {"page": page, "rows": rows})


@require_safe
def show_budget(request: HttpRequest, budget: int) -> HttpResponse:
    """The projects; once everything is counted, the result."""
    view = api.public_budget(budget, at=timezone.now())
    return render(request, "talking/budget.html", {**heading(view), **results_of(view)})


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@not_too_fast(BUDGET_PACE)
def vote(request: HttpRequest, budget: int) -> HttpResponseBase:
    """Vote."""
    view = api.public_budget(budget, at=timezone.now())

    def act() -> HttpResponse:
        chosen = [int(sign) for sign in request.POST.getlist("chosen") if sign.isdecimal() and len(sign) < 4]
        api.vote_on_budget(actor=actor_for(request), at=timezone.now(), budget=budget, chosen=chosen)
        messages.success(request, say(Text("已投票，谢谢参与。", "Your vote is counted. Thank you.")))
        return redirect("talking:budget", budget=budget)

    return fill_in(request, "talking/vote_budget.html", [_control(view)], act, heading(view))


def heading(view: BudgetView) -> dict[str, object]:
    """What every page of a budget shows."""
    return {
        "view": view,
        "organisation": organisation_names({view.organisation})[view.organisation],
        "rule": rule_of(view),
        "amount": yuan(view.terms.amount),
        "projects": [{"project": project, "cost": yuan(project.cost)} for project in view.projects],
        **state_of(view),
    }


def state_of(view: BudgetView) -> dict[str, object]:
    """Where it stands, and in which tone."""
    if not view.is_out:
        return {"state": Text("草稿", "Draft"), "tone": "neutral"}
    if view.counted_at is not None:
        return {"state": Text("已公布结果", "Counted"), "tone": "success"}
    if view.is_over:
        return {"state": Text("正在清点", "Being counted"), "tone": "warning"}
    if view.is_open:
        return {"state": Text("正在投票", "Open"), "tone": "progress"}
    return {"state": Text("即将开始", "Opens soon"), "tone": "info"}


def rule_of(view: BudgetView) -> Text:
    """What a voter may choose."""
    if view.terms.way is Way.COUNT:
        return Text("每人最多选{n}个项目", "Each may choose {n} projects").fill(n=view.terms.most)
    shown = number(view.terms.amount)
    return Text(
        "每人可选多个项目，费用合计不超过{n}元", "Each may choose projects of {n} yuan together"
    ).fill(n=shown)


def results_of(view: BudgetView) -> dict[str, object]:
    """The result as a table; nothing until everything is counted."""
    found: tuple[Placed, ...] = api.budget_result(view.id) if view.counted_at is not None else ()
    rows = [
        {
            "project": {"text": f"{each.project.number}. {each.project.title}"},
            "cost": each.project.cost,
            "votes": each.votes,
            "paid": {"text": Text("列入", "Paid for"), "tone": "success"}
            if each.is_paid
            else Text("未列入", "Not paid for"),
        }
        for each in found
    ]
    return {"columns": _COLUMNS, "results": rows}


def yuan(amount: int) -> Text:
    """Money in words."""
    return _YUAN.fill(n=number(amount))


def _control(view: BudgetView) -> Control:
    return Control(
        kind="choices",
        name="chosen",
        label=rule_of(view),
        options=[_option(project) for project in view.projects],
    )


def _option(project: Project) -> Option:
    hint = Text(f"{yuan(project.cost).zh}。{project.text}", f"{yuan(project.cost).en}. {project.text}")
    return Option(value=str(project.number), label=f"{project.number}. {project.title}", hint=hint)
