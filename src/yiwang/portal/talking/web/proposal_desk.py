"""Proposals at the desk: read before they are public, answered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import ProposalView
from yiwang.portal.talking.rules.consulting import OUTCOME_TEXTS, Outcome
from yiwang.portal.talking.rules.personal import without_personal
from yiwang.portal.talking.rules.proposing import ProposalState
from yiwang.portal.talking.web.proposals import heading

ANSWER = "talking.proposal.answer"
_COLUMNS = [
    {"key": "title", "label": Text("建议", "Proposal"), "head": True},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "support", "label": Text("附议", "Support"), "numeric": True},
    {"key": "due", "label": Text("答复期限", "Answer by"), "nowrap": True},
]
_VERDICTS = [
    Option(value="publish", label=Text("公开，征集附议", "Publish it and gather support")),
    Option(value="decline", label=Text("不公开", "Do not publish it")),
]


@needs_officer(ANSWER)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Those addressed to one's own organisation."""
    page = Paginator(api.own_proposals(actor=actor_for(request)), 30).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [_row(api.proposal_view(row, at=at)) for row in page.object_list]
    return render(request, "talking/proposal_desk.html", {"page": page, "rows": rows, "columns": _COLUMNS})


@needs_officer(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, proposal: int) -> HttpResponse:
    """One of them: judged, then answered."""
    actor = actor_for(request)
    view = api.proposal_for_officer(actor=actor, proposal=proposal, at=timezone.now())
    is_new = view.state is ProposalState.GIVEN

    def act() -> HttpResponse:
        if is_new:
            _judge(request, actor, proposal)
        else:
            api.answer_proposal(
                actor=actor,
                at=timezone.now(),
                proposal=proposal,
                outcome=Outcome(request.POST["outcome"]),
                answer=request.POST["answer"].strip(),
            )
        messages.success(request, say(Text("已保存。", "Saved.")))
        return redirect("talking-desk:proposal", proposal=proposal)

    controls = _judging(view, request.POST.get("verdict", "")) if is_new else _answering()
    can_act = is_new or (view.published_at is not None and view.answered_at is None)
    context = {**heading(view), "can_act": can_act, "is_new": is_new}
    return fill_in(request, "talking/judge_proposal.html", controls, act, context)


def _judge(request: HttpRequest, actor: Actor, proposal: int) -> None:
    sent, at = request.POST, timezone.now()
    if sent["verdict"] == "publish":
        api.publish_proposal(
            actor=actor, at=at, proposal=proposal, title=sent["title"], body=sent["body"].strip()
        )
    else:
        api.decline_proposal(actor=actor, at=at, proposal=proposal, reason=sent["reason"].strip())


def _judging(view: ProposalView, verdict: str) -> list[Control]:
    return [
        Control(kind="choice", name="verdict", label=Text("是否公开", "Is it published"), options=_VERDICTS),
        Control(
            kind="text",
            name="title",
            label=Text("公开的标题", "Title as published"),
            value=without_personal(view.given_title),
            required=verdict != "decline",
            max_length=60,
            width=40,
        ),
        Control(
            kind="long_text",
            name="body",
            label=Text("公开的内容", "Text as published"),
            hint=Text("请隐去个人信息，不改变意思", "Take personal data out; keep its meaning"),
            value=without_personal(view.given_body),
            required=verdict != "decline",
            rows=8,
            max_length=2000,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("不公开的理由", "Why it is not published"),
            required=verdict == "decline",
            rows=2,
            max_length=500,
        ),
    ]


def _answering() -> list[Control]:
    return [
        Control(
            kind="choice",
            name="outcome",
            label=Text("是否采纳", "What becomes of it"),
            options=[Option(value=outcome, label=words) for outcome, words in OUTCOME_TEXTS.items()],
        ),
        Control(kind="long_text", name="answer", label=Text("答复", "Answer"), rows=8, max_length=3000),
    ]


def _row(view: ProposalView) -> dict[str, object]:
    shown = heading(view)
    return {
        "title": {"text": view.title or view.given_title, "href": f"{view.id}/"},
        "state": {"text": shown["state"], "tone": shown["tone"]},
        "support": f"{view.support}/{view.needed}" if view.needed else "—",
        "due": view.answer_due_on or "—",
    }
