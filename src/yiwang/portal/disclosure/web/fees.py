"""The fee of a request, worked out line by line. Keeps nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.identity.api import needs_officer
from yiwang.portal.disclosure.rules.fees import NOTICE_DAYS, PAYMENT_DAYS, WAY_TEXTS, FeeWay, fee

READ = "cases.case.read"
_MOST = 100_000


@needs_officer(READ)
@require_safe
def show_fee(request: HttpRequest) -> HttpResponse:
    """The form, and the fee once it is filled in."""
    way = request.GET.get("way", FeeWay.BY_ITEM)
    way = FeeWay(way) if way in set(FeeWay) else FeeWay.BY_ITEM
    quantity, before = _whole(request.GET.get("quantity", "")), _whole(request.GET.get("before", ""))
    asked = "quantity" in request.GET
    fits = quantity is not None and quantity > 0
    before_items = (before or 0) if way is FeeWay.BY_ITEM else 0
    context = {
        "way": way,
        "ways": [(key, text) for key, text in WAY_TEXTS.items()],
        "quantity": request.GET.get("quantity", "")[:9],
        "before": request.GET.get("before", "")[:9],
        "wrong": asked and not fits,
        "fee": fee(way, quantity, before=before_items) if quantity else None,
        "notice_days": NOTICE_DAYS,
        "payment_days": PAYMENT_DAYS,
    }
    return render(request, "portal/disclosure/fee.html", context)


def _whole(written: str) -> int | None:
    text = written.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 and int(text) <= _MOST else None
