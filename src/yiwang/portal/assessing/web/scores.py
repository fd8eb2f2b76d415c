"""Assessments of a period: departments ranked, one explained line by line, the things behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Scope
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.sheets import with_errors
from yiwang.portal.assessing import api
from yiwang.portal.assessing.contracts import MEASURE_TEXTS, Assessment, Line
from yiwang.portal.assessing.definitions import Measure
from yiwang.portal.assessing.rules.periods import Period, periods_until, quarter_of, read_period

_DASH = "—"
_SAID = Text("已记录。", "Recorded.")
_RANKED = (
    {"key": "title", "label": Text("单位", "Department"), "head": True},
    {"key": "place", "label": Text("名次", "Rank"), "numeric": True},
    {"key": "total", "label": Text("得分", "Score"), "numeric": True},
    {"key": "grade", "label": Text("等次", "Grade"), "nowrap": True},
)
_LINES = (
    {"key": "name", "label": Text("指标", "Indicator"), "head": True},
    {"key": "good", "label": Text("合格", "Good")},
    {"key": "bad", "label": Text("不合格", "Not good")},
    {"key": "reason", "label": Text("怎样计算", "Computed")},
    {"key": "weight", "label": Text("权重", "Weight"), "numeric": True},
    {"key": "share", "label": Text("实际权重", "Counts"), "numeric": True},
    {"key": "points", "label": Text("计入总分", "Points"), "numeric": True},
)
_ROWS = (
    {"key": "title", "label": Text("名称", "Name"), "head": True},
    {"key": "day", "label": Text("日期", "Day"), "nowrap": True},
)
_REMARK = Control(
    kind="long_text",
    name="body",
    label=Text("异议、说明或者答复", "Objection, explanation or reply"),
    rows=4,
    max_length=api.LONGEST,
)


@needs_officer(api.READ)
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Departments within the reader's reach, the best first."""
    period, today = _asked(request), timezone.localdate()
    found = api.assessments(actor_for(request), period, on=today)
    names = organisation_names({one.organisation for one in found})
    context = _frame(period) | {
        "columns": _RANKED,
        "rows": [_ranked(one, names[one.organisation], _place(one, found), period) for one in found],
        "weights": [
            {"name": MEASURE_TEXTS[one.measure][0], "weight": f"{one.weight}"}
            for one in api.scheme_in_force().indicators
        ],
        "weight_columns": (_LINES[0], _LINES[4]),
    }
    return render(request, "assessing/all.html", context)


@needs_officer(api.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: HttpRequest, organisation: str) -> HttpResponse:
    """A department's assessment explained; a POST remarks on it."""
    actor, period = actor_for(request), _asked(request)
    found = api.assessment(actor, organisation, period, on=timezone.localdate())
    problems: tuple[FieldProblem, ...] = ()
    if request.method == "POST":
        body = request.POST.get("body", "")
        try:
            api.write_remark(
                actor=actor, at=timezone.now(), organisation=organisation, period=period.key, body=body
            )
        except InvalidInput as refused:
            problems = refused.problems
        else:
            messages.success(request, say(_SAID))
            return redirect(_link("one", period, organisation))
    remarks = api.remarks(organisation, period)
    names = organisation_names({organisation, *(one.organisation for one in remarks)})
    controls, errors = with_errors((_REMARK,), request.POST, problems) if problems else ((_REMARK,), [])
    context = _frame(period) | {
        "title": names[organisation],
        "found": found,
        "columns": _LINES,
        "rows": [_line(organisation, one, period) for one in found.lines],
        "back": _link("all", period),
        "remarks": [
            {"who": names[one.organisation], "name": one.name, "at": one.at, "body": one.body}
            for one in remarks
        ],
        "may_remark": guard().covers(actor, api.REMARK, Scope(organisations=(organisation,))),
        "control": controls[0],
        "errors": errors,
    }
    return render(request, "assessing/one.html", context, status=422 if problems else 200)


@needs_officer(api.READ)
@require_safe
def show_rows(request: HttpRequest, organisation: str, measure: str) -> HttpResponse:
    """The pages and cases behind one number."""
    if measure not in set(Measure):
        raise Http404
    period, what, good = _asked(request), Measure(measure), request.GET.get("mark") != "bad"
    today = timezone.localdate()
    found = api.behind(actor_for(request), organisation, period, what, good=good, on=today)
    context = {
        "name": MEASURE_TEXTS[what][0],
        "mark": MEASURE_TEXTS[what][1 if good else 2],
        "tone": "success" if good else "danger",
        "title": organisation_names({organisation}).get(organisation, Text(organisation, organisation)),
        "period": period,
        "count": len(found),
        "columns": _ROWS,
        "rows": [{"title": {"text": one.title, "href": one.href}, "day": one.day} for one in found],
        "back": _link("one", period, organisation),
    }
    return render(request, "assessing/rows.html", context)


def _asked(request: HttpRequest) -> Period:
    """The period that is asked for; the present quarter if none, or one that has not begun."""
    today = timezone.localdate()
    found = read_period(request.GET.get("period", ""))
    return quarter_of(today) if found is None or found.first > today else found


def _frame(period: Period) -> dict[str, object]:
    return {
        "period": period,
        "periods": [(one.key, one.title) for one in periods_until(timezone.localdate())],
        "scheme": api.scheme_in_force(),
    }


def _place(one: Assessment, found: Sequence[Assessment]) -> int | None:
    """One more than have a better score: equal scores share their place; none where nothing was scored."""
    if one.total is None:
        return None
    return 1 + sum(other.total is not None and other.total > one.total for other in found)


def _ranked(one: Assessment, title: Text, place: int | None, period: Period) -> dict[str, object]:
    return {
        "place": _DASH if place is None else f"{place}",
        "title": {"text": title, "href": _link("one", period, one.organisation)},
        "total": _DASH if one.total is None else f"{one.total}",
        "grade": {"text": one.grade, "tone": one.tone} if one.grade else _DASH,
    }


def _line(organisation: str, line: Line, period: Period) -> dict[str, object]:
    name, good, bad = MEASURE_TEXTS[line.measure]

    def count(word: Text, number: int, mark: str) -> dict[str, object]:
        href = _link("rows", period, organisation, str(line.measure), mark=mark) if number else ""
        return {"text": Text(f"{word.zh} {number}", f"{word.en}: {number}"), "href": href}

    return {
        "name": name,
        "good": count(good, line.good, "good"),
        "bad": count(bad, line.bad, "bad"),
        "reason": line.reason,
        "weight": f"{line.weight}",
        "share": f"{line.share}%",
        "points": f"{line.points}",
    }


def _link(name: str, period: Period, *parts: str, **query: str) -> str:
    return f"{reverse(f'assessing:{name}', args=parts)}?{urlencode({'period': period.key, **query})}"
