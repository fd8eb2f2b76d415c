"""What an officer is told of: cards of the offices that the officer answers for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.insight.api import alerts, count_alerts, see_alerts
from yiwang.insight.contracts import AlertView
from yiwang.insight.web.asking import PER_PAGE, asked_number, asked_page, page_of
from yiwang.insight.web.rows import CARD_COLUMNS, Row, card_rows
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

SEE = "insight.alert.see"
_NEW = {"text": Text("未读", "New"), "tone": "info"}
_SEEN = Text("已读", "Seen")
COLUMNS: list[Row] = [
    *CARD_COLUMNS,
    {"key": "told", "label": Text("提醒", "Alert"), "nowrap": True},
]


@needs_officer(SEE)
@require_safe
def show_alerts(request: HttpRequest) -> HttpResponse:
    """The officer's own alerts, the newest first."""
    actor, page = actor_for(request), asked_page(request)
    total = count_alerts(actor=actor)
    found = alerts(actor=actor, skip=(page - 1) * PER_PAGE, most=PER_PAGE)
    context = {
        "columns": COLUMNS,
        "rows": _rows(actor, found),
        "page": page_of(total, page),
        "new": count_alerts(actor=actor, only_new=True),
        "up_to": max((alert.id for alert in found), default=0),
    }
    return render(request, "insight/alerts.html", context)


@needs_officer(SEE)
@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """Everything up to the newest alert of the page that the officer looked at."""
    up_to = asked_number(request, "up_to", request.POST)
    see_alerts(actor=actor_for(request), at=timezone.now(), up_to=up_to or 0)
    return redirect("supervision:alerts")


def count_new(request: HttpRequest) -> int | None:
    """The figure in the menu; nothing where there is nothing new."""
    return count_alerts(actor=actor_for(request), only_new=True) or None


def _rows(actor: Actor, found: tuple[AlertView, ...]) -> list[Row]:
    rows = card_rows(actor, [alert.card for alert in found])
    return [row | {"told": _NEW if alert.is_new else _SEEN} for row, alert in zip(rows, found, strict=True)]
