"""How things stand now, for whom it is meant; without script everything is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.insight.situations import api
from yiwang.insight.situations.contracts import BoardView, ListView, SituationView, Station, Value
from yiwang.insight.situations.definitions import Board
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import current_language

#: Parts of the drawing's width that a station takes.
_DOT = 38
_UNJUDGED = "#b1b4b6"
#: Tables of more rows open on request.
_LONG = 8
_OVER_COLUMNS: list[dict[str, object]] = [
    {"key": "station", "label": Text("监测点", "Station"), "head": True},
    {"key": "quantity", "label": Text("项目", "Measured")},
    {"key": "value", "label": Text("监测值", "Value"), "numeric": True},
    {"key": "limit", "label": Text("限值", "Limit"), "numeric": True},
    {"key": "times", "label": Text("超标倍数", "Times over"), "numeric": True},
]
_NOT_COUNTED = Text("不计倍数", "not counted in multiples")
_NO_VALUE = Text("近期没有监测值", "no value of late")
_OLD = Text("数据过时（{age}），不评价", "old value ({age}), not judged")
_OLD_VALUE = Text("{value}（过时，{moment}）", "{value} (old, {moment})")
_AHEAD_COLUMNS: list[dict[str, object]] = [
    {"key": "station", "label": Text("监测点", "Station"), "head": True},
    {"key": "quantity", "label": Text("项目", "Measured")},
    {"key": "value", "label": Text("监测值", "Value"), "numeric": True},
    {"key": "moment", "label": Text("所填时间", "Moment given")},
]


@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """List the situations that the reader may see."""
    found = api.list_situations(find_actor(request))
    cards = [
        {"title": each.title, "text": each.summary, "href": reverse("situations:one", args=[each.code])}
        for each in found
    ]
    return render(request, "situations/all.html", {"cards": cards})


@require_safe
def show_situation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one.

    Raises:
        SituationNotFound
    """
    return page_of(request, code)


def page_of(request: HttpRequest, code: str, problems: Sequence[FieldProblem] = ()) -> HttpResponse:
    """The page, with what was wrong in the form that decides on a response.

    Raises:
        SituationNotFound
    """
    at = timezone.now()
    view = api.read_situation(find_actor(request), code, at=at)
    left, top, width, height = view.frame
    layers = ",".join(view.definition.layers)
    answer = render(
        request,
        "situations/one.html",
        {
            "view": view,
            "boards": [_board(board, view, at) for board in view.boards],
            "plan": _table(view.plans) if view.plans is not None else None,
            "duties": _table(view.in_force.plan) if view.in_force and view.in_force.plan else None,
            "opening": _opening(request, view, problems) if view.may_decide else [],
            "ending": [_reason(request, "ending", problems)] if view.may_decide and view.in_force else [],
            "lists": [_table(each) for each in view.lists],
            "frame": f"{left} {top} {width} {height}",
            "map": f"{reverse('maps:map')}?layers={layers}" if layers else "",
            "made_up": any(board.made_up for board in view.boards),
        },
        status=422 if problems else 200,
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _opening(request: HttpRequest, view: SituationView, problems: Sequence[FieldProblem]) -> list[Control]:
    """What is asked when a level is opened: those that are not in force, the suggested one chosen."""
    wanted = view.definition.suggestion
    levels = wanted.levels[1:] if wanted is not None else ()
    now = view.in_force.level if view.in_force is not None else None
    suggested = view.suggested.level if view.suggested is not None else ""
    return [
        Control(
            kind="choice",
            name="level",
            label=Text("响应级别", "Level"),
            options=[Option(value=each.level, label=each.title) for each in levels if each != now],
            value=request.POST.get("level", suggested),
            errors=[each.text for each in problems if each.path == "level"],
        ),
        _reason(request, "reason", problems),
    ]


def _reason(request: HttpRequest, name: str, problems: Sequence[FieldProblem]) -> Control:
    return Control(
        kind="long_text",
        name=name,
        label=Text("依据", "Why"),
        hint=Text(
            "写入响应登记簿，任何人可见，不超过200字",
            "Kept in the register, for everybody; at most 200 characters",
        ),
        rows=3,
        value=request.POST.get(name, ""),
        errors=[each.text for each in problems if each.path == name],
    )


def _board(view: BoardView, whole: SituationView, at: datetime) -> dict[str, object]:
    radius = max(whole.frame[2] // _DOT, 4)
    return {
        "view": view,
        "age": _age(view.moment, at),
        "total": len(view.stations),
        "dots": list(_dots(view.stations, radius, at)),
        "radius": radius,
        "stations": [_station(view.board, each, at) for each in view.stations],
        "ahead": _ahead(view),
        "ahead_columns": _AHEAD_COLUMNS,
        "over": [_over(station, value) for station, value in view.over],
        "over_columns": _over_columns(view),
        "over_is_long": len(view.over) > _LONG,
        "value_columns": _value_columns(view),
        "value_rows": [
            {"station": each.name, "moment": _said(each.moment)}
            | {value.quantity: _stated(value) for value in each.values}
            for each in view.stations
        ],
    }


def _dots(stations: Sequence[Station], radius: int, at: datetime) -> Iterator[dict[str, object]]:
    """From the best to the worst, so that the worst lie uppermost."""
    for station in reversed(stations):
        shown = station.worst.index if station.worst is not None else None
        level = station.level.title if station.level is not None else _unjudged(station, at)
        yield {
            "x": round(station.longitude * api.EAST),
            "y": -round(station.latitude * api.NORTH),
            "text_y": -round(station.latitude * api.NORTH) + radius // 3,
            "colour": station.level.colour if station.level is not None else _UNJUDGED,
            "title": Text(f"{station.name.zh}：{level.zh}", f"{station.name.en}: {level.en}"),
            "shown": shown,
        }


def _unjudged(station: Station, at: datetime) -> Text:
    """Why a station has no level."""
    if station.moment is None:
        return _NO_VALUE
    if not station.is_fresh:
        return _OLD.fill(age=_age(station.moment, at))
    return Text("没有可评价的监测值", "nothing to judge by")


def _station(board: Board, station: Station, at: datetime) -> dict[str, object]:
    """A station in short: its index, or the value by which it is judged."""
    if station.worst is None or station.level is None:
        level = _unjudged(station, at)
        return {"name": station.name, "level": level, "shown": Text("", ""), "colour": _UNJUDGED}
    index = station.worst.index
    if index is None or board.index is None:
        shown = _measured(station.worst.value, station.worst.unit)
        if len(station.values) > 1:
            shown = Text(f"{station.worst.title.zh} {shown.zh}", f"{station.worst.title.en} {shown.en}")
        if len(station.values) > 1 and station.level == board.levels[0]:
            shown = Text("", "")  # nothing is worse than anything else
    else:
        shown = Text(f"{board.index.zh} {index}", f"{board.index.en} {index}")
    return {
        "name": station.name,
        "level": station.level.title,
        "shown": shown,
        "colour": station.level.colour,
    }


def _over_columns(view: BoardView) -> list[dict[str, object]]:
    limit = view.board.limit
    counted = any(value.times is not None for _, value in view.over)
    return [
        {**column, "label": limit} if column["key"] == "limit" and limit is not None else column
        for column in _OVER_COLUMNS
        if counted or column["key"] != "times"
    ]


def _value_columns(view: BoardView) -> list[dict[str, object]]:
    quantities = {value.quantity: value.title for each in view.stations for value in each.values}
    return [
        {"key": "station", "label": Text("监测点", "Station"), "head": True},
        *({"key": key, "label": title, "numeric": True} for key, title in quantities.items()),
        {"key": "moment", "label": Text("监测时间", "Measured at")},
    ]


def _said(moment: datetime | None) -> Text:
    if moment is None:
        return Text("—", "—")
    local = timezone.localtime(moment)
    return Text(f"{local:%Y-%m-%d %H:%M}", f"{local:%-d %b %Y %H:%M}")


def _over(station: Station, value: Value) -> dict[str, object]:
    unit = value.unit
    return {
        "station": station.name,
        "quantity": value.title,
        "value": _measured(value.value, unit),
        "limit": _measured(value.limit, unit) if value.limit is not None else "",
        "times": _plain(value.times) if value.times is not None else _NOT_COUNTED,
    }


def _ahead(view: BoardView) -> list[dict[str, object]]:
    names = {station.code: station.name for station in view.stations}
    return [
        {
            "station": names.get(value.station, Text(value.station, value.station)),
            "quantity": value.title,
            "value": _measured(value.value, value.unit),
            "moment": _said(value.moment),
        }
        for value in view.ahead
    ]


def _stated(value: Value) -> Text:
    """A value, and when it was measured if that was too long ago."""
    said = _measured(value.value, value.unit)
    return said if value.is_fresh else _OLD_VALUE.fill(value=said, moment=_said(value.moment))


def _measured(value: Decimal, unit: Text) -> Text:
    return Text(f"{_plain(value)} {unit.zh}", f"{_plain(value)} {unit.en}")


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _age(moment: datetime | None, at: datetime) -> Text:
    """How long ago, in words."""
    if moment is None:
        return Text("还没有监测值", "nothing measured yet")
    minutes = max(int((at - moment).total_seconds()) // 60, 0)
    if minutes < 60:
        return Text(f"{minutes}分钟前", f"{minutes} min ago")
    if minutes < 48 * 60:
        return Text(f"{minutes // 60}小时前", f"{minutes // 60} h ago")
    return Text(f"{minutes // 1440}天前", f"{minutes // 1440} days ago")


def _table(view: ListView) -> dict[str, object]:
    """A list; of a pair of fields such as ``name`` and ``name_en`` a reader gets his own language's."""
    names = {name for name, _ in view.columns}
    english = current_language() == "en"
    columns = [
        (name, title)
        for name, title in view.columns
        if not (english and f"{name}_en" in names)
        and not (not english and name.endswith("_en") and name.removesuffix("_en") in names)
    ]
    return {
        "title": view.listed.title,
        "nothing": view.listed.nothing,
        "is_long": len(view.rows) > _LONG,
        "columns": [
            {"key": name, "label": title, "head": place == 0} for place, (name, title) in enumerate(columns)
        ],
        "rows": list(view.rows),
    }
