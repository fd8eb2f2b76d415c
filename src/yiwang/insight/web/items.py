"""Service items of a month: how much, how long against law and promise, and where the time goes (E49)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types, item_figures, last_answers, step_figures
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.insight.api import UNIT_TEXTS, item_lines
from yiwang.insight.rules.months import Month
from yiwang.insight.rules.scores import percent
from yiwang.insight.web.asking import asked_month, link, month_options
from yiwang.insight.web.charts import share_bar
from yiwang.insight.web.rows import DASH, Row
from yiwang.kernel.text import Text

COLUMNS: list[Row] = [
    {"key": "title", "label": Text("事项", "Service item"), "head": True},
    {"key": "received", "label": Text("收件", "Received"), "numeric": True},
    {"key": "ended", "label": Text("办结", "Ended"), "numeric": True},
    {"key": "late", "label": Text("超期", "Late"), "numeric": True},
    {"key": "statutory", "label": Text("法定时限", "By law"), "nowrap": True},
    {"key": "promised", "label": Text("承诺时限", "Promised"), "nowrap": True},
    {"key": "average", "label": Text("平均用时", "Mean used"), "numeric": True},
    {"key": "ninetieth", "label": Text("九成不超过", "90% within"), "numeric": True},
    {"key": "supplemented", "label": Text("补正率", "Corrections"), "numeric": True},
    {"key": "longest", "label": Text("用时最多的环节", "Step that took longest")},
]
LAST_COLUMNS: list[Row] = [
    {"key": "organisation", "label": Text("部门", "Department"), "head": True},
    {"key": "times", "label": Text("最后答复次数", "Times last"), "numeric": True},
    {
        "key": "waited",
        "label": Text("其他部门共等待（小时）", "Hours that the others waited"),
        "numeric": True,
    },
]


@needs_officer("cases.board.read")
@require_safe
def show_items(request: HttpRequest) -> HttpResponse:
    """All items that were received or ended in the month, the largest first."""
    actor, at = actor_for(request), timezone.now()
    month = asked_month(request, at)
    types = {kind.code: kind for kind in applied_types()}
    lines = item_lines(
        item_figures(actor=actor, since=month.since, until=month.until),
        step_figures(actor=actor, since=month.since, until=month.until),
        types,
    )
    context = {
        "month": month,
        "months": month_options(at),
        "columns": COLUMNS,
        "rows": [
            {
                "title": {"text": line.title, "href": _href(line.figures.type_code, month)},
                "received": line.figures.received,
                "ended": line.figures.ended,
                "late": {"text": str(line.figures.late), "tone": "danger"} if line.figures.late else "0",
                "statutory": line.statutory,
                "promised": line.promised,
                "average": _amount(line.figures.average, line.figures.unit),
                "ninetieth": _amount(line.figures.ninetieth, line.figures.unit),
                "supplemented": _rate(line.figures.supplemented, line.figures.received),
                "longest": {
                    "text": line.longest_step,
                    "note": Text(
                        f"中位{line.longest_median_hours}小时", f"median {line.longest_median_hours} hours"
                    ),
                }
                if line.longest_step
                else DASH,
            }
            for line in lines
        ],
    }
    return render(request, "insight/items.html", context)


@needs_officer("cases.board.read")
@require_safe
def show_item(request: HttpRequest, code: str) -> HttpResponse:
    """One item: its steps with the time that each took, and who answered last in its joint steps."""
    actor, at = actor_for(request), timezone.now()
    month = asked_month(request, at)
    kind = next((found for found in applied_types() if found.code == code), None)
    if kind is None:
        raise Http404
    steps = step_figures(actor=actor, since=month.since, until=month.until, type_code=code)
    highest = max((step.total_hours for step in steps), default=0.0)
    answers = last_answers(actor=actor, since=month.since, until=month.until, type_code=code)
    names = organisation_names([row.organisation for row in answers])
    context = {
        "month": month,
        "months": month_options(at),
        "title": kind.title,
        "steps": [
            {
                "title": kind.step(step.node),
                "done": step.done,
                "median": step.median_hours,
                "ninetieth": step.ninetieth_hours,
                "total": step.total_hours,
                "bar": share_bar(
                    step.total_hours,
                    highest,
                    Text(f"合计{step.total_hours}小时", f"{step.total_hours} hours in all"),
                ),
            }
            for step in steps
        ],
        "last_columns": LAST_COLUMNS,
        "last": [
            {
                "organisation": names[row.organisation],
                "times": row.times,
                "waited": f"{row.waited_hours:,.1f}",
            }
            for row in answers
        ],
    }
    return render(request, "insight/item.html", context)


def _href(code: str, month: Month) -> str:
    return link("item", code, month=month.key)


def _amount(value: float | None, unit: str) -> object:
    return {"text": f"{value:,}", "note": UNIT_TEXTS[unit]} if value is not None else DASH


def _rate(part: int, whole: int) -> str:
    rate = percent(part, whole)
    return f"{rate}%" if rate is not None else DASH
