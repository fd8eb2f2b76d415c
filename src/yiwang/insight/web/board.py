"""The live board: key figures, where they stand, the newest cards; and the same on a wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from yiwang.cases.api import (
    applied_types,
    cards,
    daily,
    standing,
    standing_cases,
    tallies,
    visible_organisations,
)
from yiwang.cases.contracts import LIGHT_TEXTS, Light
from yiwang.cases.contracts.figures import Dimension, Indicator, Standing
from yiwang.identity.api import actor_for, needs_officer, organisation, organisation_names
from yiwang.insight.rules.months import ZONE, Month, month_of
from yiwang.insight.rules.scores import percent
from yiwang.insight.web.asking import PER_PAGE, asked, asked_light, asked_page, link, page_of
from yiwang.insight.web.charts import trend
from yiwang.insight.web.rows import (
    CARD_COLUMNS,
    OPEN_CASE_COLUMNS,
    card_rows,
    division_names,
    open_case_rows,
    standing_columns,
    standing_row,
)
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

READ = "cases.board.read"
_NEWEST = 8
_ITEMS = 12
_TREND_DAYS = 30
#: Officers' names don't belong on a wall.
_ON_A_WALL = {"level", "number", "organisation", "at"}
_TONES = {Light.WARNED: "", Light.YELLOW: "warning", Light.RED: "danger", Light.STOPPED: ""}
_NOTHING = Standing(
    dimension=Dimension.WHOLE, key="", lights=dict.fromkeys(Light, 0), due_today=0, children=0
)


@needs_officer(READ)
@require_safe
@vary_on_headers("HX-Request")
def show_board(request: HttpRequest) -> HttpResponse:
    """The board. htmx asks for the changing region alone; without script the page is reloaded by hand."""
    actor, at = actor_for(request), timezone.now()
    screen = request.GET.get("screen") == "1"
    context: dict[str, object] = _region(actor, at) | {"screen": screen}
    if request.headers.get("HX-Request") == "true":
        return render(
            request, "insight/screen_region.html" if screen else "insight/board_region.html", context
        )
    if screen:
        return render(request, "insight/screen.html", context)
    today = at.astimezone(ZONE).date()
    first = today - timedelta(days=_TREND_DAYS - 1)
    since = Month(first.year, first.month).since + (first - first.replace(day=1))
    days = daily(actor=actor, since=since, until=at, first=first, last=today)
    context["trend"] = trend(days)
    context["days"] = [
        {"day": day.day, "received": day.received, "ended": day.ended} for day in reversed(days)
    ]
    context["days_columns"] = [
        {"key": "day", "label": Text("日期", "Day"), "head": True},
        {"key": "received", "label": Text("收件", "Received"), "numeric": True},
        {"key": "ended", "label": Text("办结", "Ended"), "numeric": True},
    ]
    return render(request, "insight/board.html", context)


@needs_officer(READ)
@require_safe
def show_open(request: HttpRequest) -> HttpResponse:
    """The open cases behind a figure of the board."""
    actor, at = actor_for(request), timezone.now()
    page = asked_page(request)
    light, today = asked_light(request), asked(request, "today") == "1"
    chosen = {name: asked(request, name) for name in ("organisation", "type", "division")}
    found = standing_cases(
        actor=actor,
        at=at,
        organisation=chosen["organisation"],
        type_code=chosen["type"],
        division=chosen["division"],
        light=light,
        due_today=today,
        skip=(page - 1) * PER_PAGE,
        most=PER_PAGE,
    )
    query: dict[str, object] = {**chosen, "light": light or "", "today": 1 if today else ""}
    titles = {name: title for name, title in _chosen_titles(chosen).items() if chosen[name]}
    if light is not None:
        titles["light"] = LIGHT_TEXTS[light]
    if today:
        titles["today"] = Text("今日到期", "Due today")
    context = {
        "columns": OPEN_CASE_COLUMNS,
        "rows": open_case_rows(found.rows),
        "total": found.total,
        "page": page_of(found.total, page),
        "chosen": [
            {"text": title, "href": link("open", **{**query, name: ""})} for name, title in titles.items()
        ],
    }
    return render(request, "insight/open.html", context)


def _region(actor: Actor, at: datetime) -> dict[str, object]:
    month = month_of(at)
    counted = standing(actor=actor, at=at)
    done = tallies(actor=actor, at=at, since=month.since, until=month.until, indicators=(Indicator.ON_TIME,))
    ended: dict[str, list[int]] = {}
    for tally in done:
        numbers = ended.setdefault(tally.organisation, [0, 0])
        numbers[0] += tally.count
        numbers[1] += tally.count if tally.mark == "on_time" else 0
    rates = {code: percent(good, all_) for code, (all_, good) in ended.items()}
    whole = next(iter(counted[Dimension.WHOLE]), _NOTHING)
    newest = cards(actor=actor, most=_NEWEST).rows
    return {
        "at": at,
        "month": month,
        "scope": _scope(actor),
        "stats": _stats(whole, month, *(sum(numbers) for numbers in zip(*ended.values(), strict=True))),
        "whole": whole,
        "departments": _departments(_with_idle(counted[Dimension.ORGANISATION], rates), rates),
        "department_columns": standing_columns(Text("部门", "Department"), rate=True),
        "items": _items(counted[Dimension.TYPE]),
        "item_columns": standing_columns(Text("事项", "Service item")),
        "divisions": _divisions(counted[Dimension.DIVISION]),
        "division_columns": standing_columns(Text("区", "District")),
        "cards": card_rows(actor, newest),
        "card_columns": CARD_COLUMNS,
        "screen_card_columns": [column for column in CARD_COLUMNS if column["key"] in _ON_A_WALL],
    }


def _stats(whole: Standing, month: Month, limits: int = 0, on_time: int = 0) -> list[dict[str, object]]:
    rate = percent(on_time, limits)
    children = Text(f"含并联办理{whole.children}件", f"{whole.children} within joint cases")
    return [
        {
            "label": Text("在办", "Open"),
            "value": whole.open,
            "href": link("open"),
            "note": children if whole.children else "",
        },
        {
            "label": Text("今日到期", "Due today"),
            "value": whole.due_today,
            "href": link("open", today=1),
        },
        *(
            {
                "label": LIGHT_TEXTS[light],
                "value": whole.lights[light],
                "href": link("open", light=light),
                "tone": tone if whole.lights[light] else "",
            }
            for light, tone in _TONES.items()
        ),
        {
            "label": Text("本月按时率", "On time this month"),
            "value": f"{rate}%" if rate is not None else "—",
            "note": Text(f"{on_time} / {limits}项时限", f"{on_time} of {limits} limits"),
            "href": link("evidence", indicator=Indicator.ON_TIME, month=month.key),
        },
    ]


def _with_idle(rows: tuple[Standing, ...], rates: Mapping[str, object]) -> list[Standing]:
    """Departments that hold nothing now, but ended something this month, belong on the board too."""
    idle = rates.keys() - {row.key for row in rows}
    return [
        *rows,
        *(replace(_NOTHING, dimension=Dimension.ORGANISATION, key=code) for code in sorted(idle)),
    ]


def _urgency(row: Standing) -> tuple[int, int, int, str]:
    return -row.lights[Light.RED], -row.lights[Light.YELLOW], -row.open, row.key


def _departments(rows: Iterable[Standing], rates: Mapping[str, Decimal | None]) -> list[dict[str, object]]:
    ordered = sorted(rows, key=_urgency)
    names = organisation_names([row.key for row in ordered])
    return [standing_row(row, names[row.key], "organisation", rates.get(row.key)) for row in ordered]


def _items(rows: tuple[Standing, ...]) -> list[dict[str, object]]:
    titles = {kind.code: kind.title for kind in applied_types()}
    return [
        standing_row(row, titles.get(row.key, Text(row.key, row.key)), "type")
        for row in sorted(rows, key=_urgency)[:_ITEMS]
    ]


def _divisions(rows: tuple[Standing, ...]) -> list[dict[str, object]]:
    names = division_names([row.key for row in rows])
    return [standing_row(row, names[row.key], "division") for row in sorted(rows, key=_urgency)]


def _scope(actor: Actor) -> Text:
    if visible_organisations(actor) is None:
        return Text("全市", "The whole city")
    return organisation(actor.organisation).name


def _chosen_titles(chosen: dict[str, str]) -> dict[str, Text]:
    kinds = {kind.code: kind.title for kind in applied_types()} if chosen["type"] else {}
    return {
        "organisation": organisation_names([chosen["organisation"]])[chosen["organisation"]],
        "type": kinds.get(chosen["type"], Text(chosen["type"], chosen["type"])),
        "division": division_names([chosen["division"]])[chosen["division"]],
    }
