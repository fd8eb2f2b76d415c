"""Breaking the glass, and the reviews that follow: what the watchers of looks have before them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.exchange import api
from yiwang.exchange.attention import EmergencyInfo, EmergencyNotFound, FindingInfo, ReviewRefused, Verdict
from yiwang.exchange.contracts import Answer, ResourceInfo
from yiwang.exchange.web.catalogue import answer_rows, resource_context
from yiwang.exchange.web.questions import fields_question
from yiwang.identity.api import account_names, actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_CARDS = {1: (Text("黄牌", "Yellow card"), "warning"), 2: (Text("红牌", "Red card"), "danger")}
_VERDICT_TONES = {Verdict.JUSTIFIED: "success", Verdict.MISUSE: "danger"}


@needs_officer("exchange.emergency.look")
@require_http_methods(["GET", "HEAD", "POST"])
def look_in_emergency(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for incident and reason, then show the fields; the key is not put back into the page."""
    actor, at = actor_for(request), timezone.now()
    info = api.get_resource(code)
    context = resource_context(actor, info, at)
    answer: Answer | None = None
    if request.method == "POST":
        try:
            answer = api.break_glass(
                actor=actor,
                at=at,
                resource=code,
                key=request.POST.get("key", "")[:200],
                fields=request.POST.getlist("fields"),
                incident=request.POST.get("incident", ""),
                reason=request.POST.get("reason", ""),
            )
        except YiwangError as refused:
            context["error"] = say(refused.sentence)
    context |= {
        "controls": _controls(request, info),
        "answer": answer,
        "answer_rows": answer_rows(info, answer),
    }
    return render(request, "exchange/emergency.html", context, status=422 if "error" in context else 200)


def _controls(request: HttpRequest, info: ResourceInfo) -> list[Control]:
    sent = request.POST
    return [
        Control(
            kind="text",
            name="incident",
            label=Text("事件编号", "Number of the incident"),
            hint=Text("如急救、火警调度单号；当事人会看到", "Of the dispatch; the person will read it"),
            value=sent.get("incident", ""),
            max_length=60,
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("为什么不能等待授权", "Why it can't wait for a grant"),
            value=sent.get("reason", ""),
            max_length=500,
        ),
        Control(
            kind="text",
            name="key",
            label=Text("查询号码", "Number to look for"),
            autocomplete="off",
            max_length=200,
        ),
        fields_question(request, info.fields),
    ]


@needs_officer("exchange.emergency.review")
@require_safe
def show_reviews(request: HttpRequest) -> HttpResponse:
    """Emergency looks and findings of the watch, those that wait first."""
    actor = actor_for(request)
    emergencies = api.list_emergencies(actor=actor)
    findings = api.list_findings(actor=actor) if api.may_decide_findings(actor) else []
    seen: list[EmergencyInfo | FindingInfo] = [*emergencies, *findings]
    accounts = account_names({each.account_id for each in seen})
    names = organisation_names({each.organisation for each in seen})
    titles = {info.code: info.title for info in api.list_resources()}
    context = {
        "emergencies": [
            {**_who(each, accounts, names), **_emergency(each), "resource": titles.get(each.resource)}
            for each in emergencies
        ],
        "findings": [
            {
                **_who(each, accounts, names),
                "finding": each,
                "purpose": api.PURPOSES[each.purpose].title if each.purpose in api.PURPOSES else each.purpose,
                "verdict": each.verdict,
                "tone": _VERDICT_TONES.get(each.verdict) if each.verdict else "warning",
            }
            for each in findings
        ],
        "verdicts": [Option(value=each.value, label=each.words) for each in Verdict],
        "sees_findings": api.may_decide_findings(actor),
    }
    return render(request, "exchange/reviews.html", context)


def _who(
    each: EmergencyInfo | FindingInfo, accounts: dict[int, str], names: dict[str, Text]
) -> dict[str, object]:
    name = accounts.get(each.account_id, f"#{each.account_id}")
    return {"officer": name, "organisation": names.get(each.organisation, each.organisation)}


def _emergency(each: EmergencyInfo) -> dict[str, object]:
    state, tone = _CARDS.get(each.rung, (Text("待审查", "To be reviewed"), "info"))
    if each.verdict is not None:
        state, tone = each.verdict.words, _VERDICT_TONES[each.verdict]
    return {"emergency": each, "state": state, "tone": tone, "is_open": each.verdict is None}


@needs_officer("exchange.emergency.review")
@require_POST
def review(request: HttpRequest, emergency: int) -> HttpResponse:
    """Record a review."""
    actor = actor_for(request)
    if emergency not in {each.id for each in api.list_emergencies(actor=actor)}:
        raise EmergencyNotFound
    try:
        api.review_emergency(
            actor=actor,
            at=timezone.now(),
            emergency=emergency,
            verdict=_verdict(request),
            words=request.POST.get("words", ""),
        )
        messages.success(request, say(Text("已审查。", "The review is recorded.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("exchange:reviews")


@needs_officer("exchange.finding.decide")
@require_POST
def decide(request: HttpRequest, finding: int) -> HttpResponse:
    """Record what a finding comes to."""
    try:
        api.decide_finding(
            actor=actor_for(request),
            at=timezone.now(),
            finding=finding,
            verdict=_verdict(request),
            words=request.POST.get("words", ""),
        )
        messages.success(request, say(Text("已处理。", "The decision is recorded.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("exchange:reviews")


def _verdict(request: HttpRequest) -> Verdict:
    try:
        return Verdict(request.POST.get("verdict", ""))
    except ValueError as problem:
        raise ReviewRefused(reason=Text("请选择结论", "choose what it comes to")) from problem
