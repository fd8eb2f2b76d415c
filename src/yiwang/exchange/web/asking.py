"""An officer asks the owner of a resource for access, and sees what became of what the organisation asked."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.exchange import api
from yiwang.exchange.access import AccessNotAsked, AskedAccess, RequestInfo
from yiwang.exchange.contracts import GrantInfo, ResourceInfo
from yiwang.exchange.web.catalogue import resource_context
from yiwang.exchange.web.questions import (
    basis_questions,
    fields_question,
    purpose_question,
    quota_question,
    read_terms,
    term_questions,
)
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import say

ASK = "exchange.access.ask"
_ASKED = Text("已提出申请，编号 {number}。", "Your request is made, number {number}.")
_ALL_ROWS = "all-rows"
_ANSWERS = {
    "approve": Text("已同意", "Granted"),
    "conditional": Text("附条件同意", "Granted with conditions"),
    "refuse": Text("不予共享", "Refused"),
}
_TONES = {"approve": "success", "conditional": "success", "refuse": "danger"}


@needs_officer(ASK)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a request: fields, rows, purpose, basis, quota, term."""
    actor, at = actor_for(request), timezone.now()
    info = api.get_resource(code)
    context = resource_context(actor, info, at)
    if request.method == "POST":
        try:
            number = api.ask_for_access(actor=actor, at=at, asked=_asked(request, info))
        except YiwangError as refused:
            context["error"] = say(refused.sentence)
        else:
            messages.success(request, say(_ASKED.fill(number=number)))
            return redirect("exchange:our_access")
    context["controls"] = _controls(request, info, timezone.localdate())
    return render(request, "exchange/ask.html", context, status=422 if "error" in context else 200)


@needs_officer(ASK)
@require_safe
def show_our_access(request: HttpRequest) -> HttpResponse:
    """What the officer's organisation asked for and holds."""
    actor, at = actor_for(request), timezone.now()
    requests = api.list_requests(organisation=actor.organisation)
    grants = [grant for grant in api.list_grants(grantee=actor.organisation) if not grant.is_revoked]
    resources = {info.code: info for info in api.list_resources()}
    names = organisation_names({info.owner for info in resources.values()})
    context = {
        "notices": api.list_notices(organisation=actor.organisation),
        "may_take_credential": api.may_issue_clients(actor),
        "requests": [_request(asked, resources, names) for asked in requests],
        "grants": [
            {
                "grant": grant,
                "resource": resources[grant.resource].title,
                "owner": names.get(resources[grant.resource].owner, ""),
                "fields": _titles(resources[grant.resource], grant),
                "purpose": api.PURPOSES[grant.purpose].title,
                "counts": api.grant_counts(grant, at=at),
            }
            for grant in grants
            if grant.resource in resources
        ],
    }
    return render(request, "exchange/our_access.html", context)


def _request(
    asked: RequestInfo, resources: dict[str, ResourceInfo], names: dict[str, Text]
) -> dict[str, object]:
    info, state = resources.get(asked.resource), asked.state
    return {
        "asked": asked,
        "resource": info.title if info else asked.resource,
        "owner": names.get(info.owner, info.owner) if info else "",
        "state": _ANSWERS.get(state.outcome, state.title) if state else Text("—", "—"),
        "tone": _TONES.get(state.outcome, "info") if state else "neutral",
        "ground": state.ground if state and state.outcome == "refuse" else "",
        "due_at": state.due_at if state and state.is_open else None,
    }


def _titles(info: ResourceInfo, grant: GrantInfo) -> list[Text]:
    return [info.titles.get(name, Text(name, name)) for name in grant.fields]


def _asked(request: HttpRequest, info: ResourceInfo) -> AskedAccess:
    sent = request.POST
    row_field = sent.get("row_field") or _ALL_ROWS
    rows = {row_field: tuple(sent.get("row_values", "").replace("，", " ").replace(",", " ").split())}
    return AskedAccess(
        resource=info.code,
        reason=sent.get("reason", "")[:1000],
        terms=read_terms(request, AccessNotAsked, rows={} if row_field == _ALL_ROWS else rows),
    )


def _controls(request: HttpRequest, info: ResourceInfo, today: date) -> list[Control]:
    fields_hint = Text("只选履行职责所必需的", "Only those that your duty needs")
    return [
        fields_question(request, info.fields, hint=fields_hint, with_secrecy=True, asked=info.questions),
        purpose_question(request),
        Control(
            kind="long_text",
            name="reason",
            label=Text("具体用途", "What you need it for"),
            value=request.POST.get("reason", ""),
            max_length=1000,
        ),
        *basis_questions(request),
        *_which_rows(request, info),
        *term_questions(
            request, otherwise=(today, date(today.year, 12, 31)), hint=Text("最长三年", "Three years at most")
        ),
        quota_question(request),
    ]


def _which_rows(request: HttpRequest, info: ResourceInfo) -> list[Control]:
    """Rows are limited by fields that tell of nobody: a filter stands in the grant for everyone to read."""
    fields = [field for field in info.fields if not field.secrecy.is_personal]
    if not fields:
        return []
    return [
        Control(
            kind="choice",
            name="row_field",
            label=Text("限于哪些范围", "Limit to some rows"),
            value=request.POST.get("row_field") or _ALL_ROWS,
            options=[
                Option(value=_ALL_ROWS, label=Text("不限", "No limit")),
                *(Option(value=field.name, label=field.title) for field in fields),
            ],
            required=False,
        ),
        Control(
            kind="text",
            name="row_values",
            label=Text("范围取值", "Values of that field"),
            hint=Text("多个取值用空格分开，如 440103 440104", "Part several by spaces, as 440103 440104"),
            value=request.POST.get("row_values", ""),
            required=False,
            max_length=1000,
        ),
    ]
