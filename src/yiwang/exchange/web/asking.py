"""An officer asks the owner of a resource for access, and sees what became of what the organisation asked."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.exchange import api
from yiwang.exchange.access import AccessNotAsked, AskedAccess, RequestInfo, Terms
from yiwang.exchange.contracts import GrantInfo, ResourceInfo
from yiwang.exchange.web.catalogue import resource_context
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import DATE_PARTS, Control, Option
from yiwang.platform.web.language import say

ASK = "exchange.access.ask"
_ASKED = Text("已提出申请，编号 {number}。", "Your request is made, number {number}.")
_NOT_A_DAY = Text("请填写真实存在的日期", "give real dates")
_NOT_A_NUMBER = Text("每日次数应为正整数", "the day's quota is not a whole number")
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
    titles = {field.name: field.title for field in info.fields}
    return [titles.get(name, Text(name, name)) for name in grant.fields]


def _asked(request: HttpRequest, info: ResourceInfo) -> AskedAccess:
    sent = request.POST
    row_field = sent.get("row_field") or _ALL_ROWS
    rows = {row_field: tuple(sent.get("row_values", "").replace("，", " ").replace(",", " ").split())}
    return AskedAccess(
        resource=info.code,
        reason=sent.get("reason", "")[:1000],
        terms=Terms(
            fields=tuple(sent.getlist("fields")),
            purpose=sent.get("purpose", ""),
            legal_basis=Text(sent.get("basis_zh", "")[:300], sent.get("basis_en", "")[:300]),
            valid_from=_day(request, "valid_from"),
            valid_until=_day(request, "valid_until"),
            quota_per_day=_quota(request),
            rows={} if row_field == _ALL_ROWS else rows,
        ),
    )


def _day(request: HttpRequest, name: str) -> date:
    try:
        year, month, day = (int(request.POST.get(f"{name}-{part}", "").strip()) for part in DATE_PARTS)
        return date(year, month, day)
    except (ValueError, OverflowError) as problem:
        raise AccessNotAsked(reason=_NOT_A_DAY) from problem


def _quota(request: HttpRequest) -> int | None:
    typed = request.POST.get("quota", "").strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise AccessNotAsked(reason=_NOT_A_NUMBER)
    return int(typed)


def _controls(request: HttpRequest, info: ResourceInfo, today: date) -> list[Control]:
    return [*_what(request, info), *_why(request), *_which_rows(request, info), *_how_long(request, today)]


def _text(request: HttpRequest, name: str, label: Text) -> Control:
    return Control(kind="text", name=name, label=label, value=request.POST.get(name, ""), max_length=300)


def _what(request: HttpRequest, info: ResourceInfo) -> list[Control]:
    return [
        Control(
            kind="choices",
            name="fields",
            label=Text("需要的字段", "Fields you need"),
            hint=Text("只选履行职责所必需的", "Only those that your duty needs"),
            compact=True,
            value=request.POST.getlist("fields"),
            options=[
                Option(value=field.name, label=field.title, hint=field.secrecy.words) for field in info.fields
            ],
        ),
    ]


def _why(request: HttpRequest) -> list[Control]:
    purposes = [(key, kind.title) for key, kind in api.PURPOSES.items() if kind.grantable]
    return [
        Control(
            kind="choice",
            name="purpose",
            label=Text("查询事由", "Purpose"),
            value=request.POST.get("purpose") or "case",
            options=[Option(value=key, label=title) for key, title in purposes],
        ),
        Control(
            kind="long_text",
            name="reason",
            label=Text("具体用途", "What you need it for"),
            value=request.POST.get("reason", ""),
            max_length=1000,
        ),
        _text(request, "basis_zh", Text("法律依据（中文）", "Legal basis in Chinese")),
        _text(request, "basis_en", Text("法律依据（英文）", "Legal basis in English")),
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


def _how_long(request: HttpRequest, today: date) -> list[Control]:
    def day(name: str, otherwise: date) -> object:
        if request.method != "POST":
            return otherwise
        return {part: request.POST.get(f"{name}-{part}", "") for part in DATE_PARTS}

    return [
        Control(kind="date", name="valid_from", label=Text("自", "From"), value=day("valid_from", today)),
        Control(
            kind="date",
            name="valid_until",
            label=Text("至（含当日）", "Until (that day included)"),
            hint=Text("最长三年", "Three years at most"),
            value=day("valid_until", date(today.year, 12, 31)),
        ),
        Control(
            kind="integer",
            name="quota",
            label=Text("每日查询次数上限", "Most looks a day"),
            hint=Text("不填则不限", "Leave empty for no limit"),
            value=request.POST.get("quota", ""),
            required=False,
        ),
    ]
