"""The owner of a resource gives and ends grants."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yiwang.exchange import api
from yiwang.exchange.contracts import GrantRefused
from yiwang.exchange.web.catalogue import resource_context
from yiwang.identity.api import actor_for, children, needs_officer, subtree
from yiwang.identity.contracts import OrganisationKind
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import DATE_PARTS, Control, Option
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell

_TOO_SMALL = frozenset({OrganisationKind.STREET, OrganisationKind.COMMUNITY})
_NOT_A_DAY = Text("请填写真实存在的日期", "give real dates")
_NOT_A_NUMBER = Text("每日次数应为正整数", "the day's quota is not a whole number")


@needs_officer("exchange.grant.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a grant."""
    actor, at = actor_for(request), timezone.now()
    info = api.get_resource(code)
    context = resource_context(actor, info, at)
    if request.method == "POST":
        try:
            api.issue_grant(
                actor=actor,
                at=at,
                resource=code,
                grantee=request.POST.get("grantee", ""),
                fields=request.POST.getlist("fields"),
                purpose=request.POST.get("purpose", ""),
                legal_basis=Text(request.POST.get("basis_zh", ""), request.POST.get("basis_en", "")),
                valid_from=_day(request, "valid_from"),
                valid_until=_day(request, "valid_until"),
                quota_per_day=_quota(request),
            )
        except YiwangError as refused:
            context["error"] = say(refused.sentence)
        else:
            messages.success(request, say(Text("已授权。", "The grant is given.")))
            return redirect("exchange:resource", code=code)
    context["controls"] = _controls(request, [(field.name, field.title) for field in info.fields])
    return render(request, "exchange/issue.html", context, status=422 if "error" in context else 200)


@needs_officer("exchange.grant.revoke")
@require_POST
def revoke(request: HttpRequest, code: str, grant: int) -> HttpResponse:
    """End a grant with a reason."""
    try:
        api.revoke_grant(
            actor=actor_for(request),
            at=timezone.now(),
            grant=grant,
            because=request.POST.get("because", ""),
        )
        messages.success(request, say(Text("已撤销授权。", "The grant is revoked.")))
    except YiwangError as refused:
        tell(request, refused)
    return redirect("exchange:resource", code=code)


def _day(request: HttpRequest, name: str) -> date:
    parts = [request.POST.get(f"{name}-{part}", "").strip() for part in DATE_PARTS]
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except (ValueError, OverflowError) as problem:
        raise GrantRefused(reason=_NOT_A_DAY) from problem


def _quota(request: HttpRequest) -> int | None:
    typed = request.POST.get("quota", "").strip()
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise GrantRefused(reason=_NOT_A_NUMBER)
    return int(typed)


def _grantees() -> list[tuple[str, Text]]:
    """Every active bureau and district; street offices and communities ask through their district."""
    found = [view for root in children("") for view in subtree(root.code)]
    return [(view.code, view.name) for view in found if view.active and view.kind not in _TOO_SMALL]


def _controls(request: HttpRequest, fields: list[tuple[str, Text]]) -> list[Control]:
    sent = request.POST

    def day(name: str) -> dict[str, str]:
        return {part: sent.get(f"{name}-{part}", "") for part in DATE_PARTS}

    purposes = [(key, kind.title) for key, kind in api.PURPOSES.items() if kind.grantable]
    return [
        Control(
            kind="choice",
            name="grantee",
            label=Text("授权给", "To"),
            value=sent.get("grantee", ""),
            options=[Option(value=code, label=name) for code, name in _grantees()],
        ),
        Control(
            kind="choices",
            name="fields",
            label=Text("可以看到的字段", "Fields"),
            compact=True,
            value=sent.getlist("fields"),
            options=[Option(value=name, label=title) for name, title in fields],
        ),
        Control(
            kind="choice",
            name="purpose",
            label=Text("事由", "Purpose"),
            value=sent.get("purpose") or "case",
            options=[Option(value=key, label=title) for key, title in purposes],
        ),
        Control(
            kind="text",
            name="basis_zh",
            label=Text("法律依据（中文）", "Legal basis in Chinese"),
            value=sent.get("basis_zh", ""),
        ),
        Control(
            kind="text",
            name="basis_en",
            label=Text("法律依据（英文）", "Legal basis in English"),
            value=sent.get("basis_en", ""),
        ),
        Control(kind="date", name="valid_from", label=Text("自", "From"), value=day("valid_from")),
        Control(
            kind="date",
            name="valid_until",
            label=Text("至（含当日）", "Until (that day included)"),
            value=day("valid_until"),
        ),
        Control(
            kind="integer",
            name="quota",
            label=Text("每日查询次数上限", "Most looks a day"),
            hint=Text("不填则不限", "Leave empty for no limit"),
            value=sent.get("quota", ""),
            required=False,
        ),
    ]
