"""Proposals for everybody: read, support, make one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, find_actor, needs_sign_in, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.portal.talking import api
from yiwang.portal.talking.contracts import ProposalView
from yiwang.portal.talking.rules.consulting import OUTCOME_TEXTS
from yiwang.portal.talking.rules.proposing import STATE_TEXTS, ProposalState
from yiwang.portal.talking.web.drafting import done_or_told
from yiwang.portal.talking.web.slowing import not_too_fast

#: Proposals and supports a second from one address.
PROPOSAL_PACE = Pace(2)
_TONES = {
    ProposalState.GIVEN: "info",
    ProposalState.DECLINED: "neutral",
    ProposalState.GATHERING: "progress",
    ProposalState.REACHED: "warning",
    ProposalState.SHORT: "neutral",
    ProposalState.ANSWERED: "success",
}


@require_safe
def list_proposals(request: HttpRequest) -> HttpResponse:
    """Those that are published."""
    page = Paginator(api.public_proposals(), 20).get_page(request.GET.get("page"))
    at = timezone.now()
    rows = [heading(api.proposal_view(row, at=at)) for row in page.object_list]
    return render(request, "talking/proposals.html", {"page": page, "rows": rows})


@require_safe
def show_proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    """One of them, with its support and its answer."""
    view = api.public_proposal(proposal, at=timezone.now())
    actor = find_actor(request) if request.user.is_authenticated else None
    supported = actor is not None and api.supports(actor=actor, proposal=proposal)
    return render(request, "talking/proposal.html", {**heading(view), "supported": supported})


@needs_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
@not_too_fast(PROPOSAL_PACE)
def propose(request: HttpRequest) -> HttpResponseBase:
    """Make one."""

    def act() -> HttpResponse:
        sent = request.POST
        api.give_proposal(
            actor=actor_for(request),
            at=timezone.now(),
            organisation=sent["organisation"],
            title=sent["title"],
            body=sent["body"].strip(),
        )
        return redirect("talking:proposal_given")

    return fill_in(request, "talking/propose.html", _controls(), act, {})


@needs_sign_in
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What happens now."""
    return render(request, "talking/proposal_given.html")


@needs_sign_in
@require_POST
@not_too_fast(PROPOSAL_PACE)
def support(request: HttpRequest, proposal: int) -> HttpResponseBase:
    """Support one."""
    return done_or_told(
        request,
        lambda: api.support_proposal(actor=actor_for(request), at=timezone.now(), proposal=proposal),
        Text("附议成功，谢谢。", "Your support is counted. Thank you."),
        reverse("talking:proposal", args=[proposal]),
    )


def heading(view: ProposalView) -> dict[str, object]:
    """What every page of a proposal shows."""
    return {
        "view": view,
        "organisation": organisation_names({view.organisation})[view.organisation],
        "state": STATE_TEXTS[view.state],
        "tone": _TONES[view.state],
        "outcome": OUTCOME_TEXTS[view.outcome] if view.outcome is not None else None,
        "can_support": view.state in {ProposalState.GATHERING, ProposalState.REACHED}
        and view.closes_on is not None
        and timezone.localdate() <= view.closes_on,
    }


def _controls() -> list[Control]:
    departments = sorted(api.answering_departments().items(), key=lambda each: say(each[1]))
    return [
        Control(
            kind="text", name="title", label=Text("建议", "Your proposal in a line"), max_length=60, width=40
        ),
        Control(
            kind="long_text",
            name="body",
            label=Text("具体内容和理由", "What should be done, and why"),
            hint=Text("不要写姓名、电话等个人信息", "No names, telephone numbers or other personal data"),
            rows=8,
            max_length=2000,
        ),
        Control(
            kind="choice",
            name="organisation",
            label=Text("请哪个单位答复", "Which department should answer"),
            options=[Option(value=code, label=name) for code, name in departments],
        ),
    ]
