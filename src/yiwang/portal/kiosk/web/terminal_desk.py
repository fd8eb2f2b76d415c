"""Terminals at the desk of the information centre: registered, watched, retired."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.filling import fill_in
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.web.wording import moment
from yiwang.portal.kiosk import api
from yiwang.portal.kiosk.contracts import TERMINAL_STATE_TEXTS, NewTerminal, TerminalView
from yiwang.portal.kiosk.rules.states import TerminalState

KEEP = "kiosk.terminal.keep"
_TONES = {
    TerminalState.WORKING: "success",
    TerminalState.SILENT: "danger",
    TerminalState.WAITING: "warning",
    TerminalState.RETIRED: "neutral",
}
_COLUMNS = [
    {"key": "number", "label": Text("编号", "Number"), "head": True, "nowrap": True},
    {"key": "place", "label": Text("地点", "Place")},
    {"key": "organisation", "label": Text("社区或街道", "Community")},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "contact", "label": Text("最近联系", "Last heard from"), "nowrap": True},
]
_SILENT_SINCE = Text("自{moment}", "since {moment}")
_CONTROLS = (
    Control(
        kind="text",
        name="organisation",
        label=Text("所在社区或街道的代码", "Code of the community or subdistrict"),
        hint=Text("例如 c440106006002 或 s440106006", "Such as c440106006002 or s440106006"),
        max_length=60,
        width=24,
    ),
    Control(
        kind="text", name="place_zh", label=Text("地点（中文）", "Place in Chinese"), max_length=60, width=40
    ),
    Control(
        kind="text", name="place_en", label=Text("地点（英文）", "Place in English"), max_length=60, width=40
    ),
    Control(kind="text", name="address", label=Text("地址", "Address"), max_length=120, width=40),
)
_REASON = Control(
    kind="text", name="reason", label=Text("停用原因", "Why it is retired"), max_length=200, width=40
)


@needs_officer(KEEP)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Every terminal with its state."""
    at = timezone.now()
    wanted = request.GET.get("state", "")
    state = TerminalState(wanted) if wanted in set(TerminalState) else None
    page = Paginator(api.terminals(state, at=at), 50).get_page(request.GET.get("page"))
    views = [api.terminal_view(row, at=at) for row in page.object_list]
    names = organisation_names({view.organisation for view in views})
    counts = api.terminal_counts(at=at)
    context = {
        "page": page,
        "rows": [_row(view, names) for view in views],
        "columns": _COLUMNS,
        "stats": [
            {
                "label": TERMINAL_STATE_TEXTS[each],
                "value": counts[each],
                "tone": _TONES[each] if counts[each] else "",
                "href": f"?state={each}",
            }
            for each in TerminalState
        ],
        "state": TERMINAL_STATE_TEXTS[state] if state is not None else None,
    }
    return render(request, "kiosk/desk/terminals.html", context)


@needs_officer(KEEP)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register one; the secret is on the page that follows, and nowhere else."""

    def act() -> HttpResponse:
        sent = request.POST
        made = api.register_terminal(
            actor=actor_for(request),
            at=timezone.now(),
            organisation=sent["organisation"].strip(),
            place=Text(sent["place_zh"].strip(), sent["place_en"].strip()),
            address=sent["address"],
        )
        return _secret(request, made)

    return fill_in(request, "kiosk/desk/register.html", _CONTROLS, act, {})


@needs_officer(KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, terminal: int) -> HttpResponse:
    """One terminal; retired here."""
    at = timezone.now()
    view = api.terminal(terminal, at=at)

    def act() -> HttpResponse:
        api.retire_terminal(actor=actor_for(request), at=at, terminal=terminal, reason=request.POST["reason"])
        messages.success(request, say(Text("已停用。", "Retired.")))
        return redirect("kiosk-desk:terminal", terminal=terminal)

    name = organisation_names({view.organisation})[view.organisation]
    rows = [
        {"key": Text("状态", "State"), "value": _state(view)},
        {"key": Text("地点", "Place"), "value": view.place},
        {"key": Text("地址", "Address"), "value": view.address},
        {"key": Text("社区或街道", "Community"), "value": name},
        {"key": Text("登记时间", "Registered"), "value": view.registered_at},
        {"key": Text("最近联系", "Last heard from"), "value": view.last_contact_at or "—"},
    ]
    if view.retired_at is not None:
        rows.append({"key": Text("停用", "Retired"), "value": [view.retired_at, view.retired_reason]})
    context = {"view": view, "rows": rows, "in_use": view.retired_at is None}
    return fill_in(request, "kiosk/desk/terminal.html", [_REASON], act, context)


@needs_officer(KEEP)
@never_cache
@require_POST
def renew(request: HttpRequest, terminal: int) -> HttpResponse:
    """Give it a new secret."""
    try:
        made = api.renew_terminal(actor=actor_for(request), at=timezone.now(), terminal=terminal)
    except YiwangError as refused:
        tell(request, refused)
        return redirect("kiosk-desk:terminal", terminal=terminal)
    return _secret(request, made)


def _secret(request: HttpRequest, made: NewTerminal) -> HttpResponse:
    context = {"view": api.terminal(made.id, at=timezone.now()), "secret": made.secret}
    return render(request, "kiosk/desk/secret.html", context)


def _state(view: TerminalView) -> dict[str, object]:
    note = None
    if view.state is TerminalState.SILENT and view.last_contact_at is not None:
        note = _SILENT_SINCE.fill(moment=moment(view.last_contact_at))
    return {"text": TERMINAL_STATE_TEXTS[view.state], "tone": _TONES[view.state], "note": note}


def _row(view: TerminalView, names: dict[str, Text]) -> dict[str, object]:
    return {
        "number": {"text": view.number, "href": f"{view.id}/"},
        "place": view.place,
        "organisation": names[view.organisation],
        "state": _state(view),
        "contact": view.last_contact_at or "—",
    }
