"""Yellow and red cards, with the way to ask about each."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types, cards, tallies
from yiwang.cases.contracts import CardLevel
from yiwang.cases.contracts.figures import Indicator
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.insight.rules.months import read_month
from yiwang.insight.web.asking import PER_PAGE, asked, link, month_options
from yiwang.insight.web.rows import CARD_COLUMNS, CARD_NOTICE_COLUMN, CARD_TEXTS, card_rows
from yiwang.kernel.text import Text
from yiwang.platform.command import guard

_NOTICED = {"no": Text("未督办", "Not asked about"), "yes": Text("已督办", "Asked about")}
_YEAR = timedelta(days=365)


@needs_officer("cases.board.read")
@require_safe
def show_cards(request: HttpRequest) -> HttpResponse:
    """The list, latest first; every filter is in the address."""
    actor, at = actor_for(request), timezone.now()
    level, noticed = asked(request, "level"), asked(request, "noticed")
    month = read_month(asked(request, "month"))
    chosen = {
        "level": level if level in set(CardLevel) else "",
        "noticed": noticed if noticed in _NOTICED else "",
        "month": month.key if month else "",
        "organisation": asked(request, "organisation"),
        "type": asked(request, "type"),
    }
    part = cards(
        actor=actor,
        level=CardLevel(level) if chosen["level"] else None,
        organisation=chosen["organisation"],
        type_code=chosen["type"],
        noticed=noticed == "yes" if chosen["noticed"] else None,
        since=month.since if month else None,
        until=month.until if month else None,
        after=request.GET.get("after") or None,
        most=PER_PAGE,
    )
    carded = {
        tally.organisation
        for tally in tallies(actor=actor, at=at, since=at - _YEAR, until=at, indicators=(Indicator.CARDS,))
    }
    may_ask = guard().may(actor, "cases.notice.open")
    context = {
        "columns": [*CARD_COLUMNS, CARD_NOTICE_COLUMN] if may_ask else CARD_COLUMNS,
        "rows": card_rows(actor, part.rows),
        "next": link("cards", **chosen, after=part.after) if part.after else "",
        "chosen": chosen,
        "levels": list(CARD_TEXTS.items()),
        "noticed_options": list(_NOTICED.items()),
        "months": month_options(at),
        "organisations": sorted(organisation_names(carded).items()),
        "types": [(kind.code, kind.title) for kind in applied_types() if kind.process is not None],
    }
    return render(request, "insight/cards.html", context)
