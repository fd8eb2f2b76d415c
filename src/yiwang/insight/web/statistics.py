"""Public statistics of the portal: volumes, punctuality and ratings by department, sums only."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import public_figures
from yiwang.cases.contracts.figures import PublicFigures
from yiwang.identity.api import organisation_names
from yiwang.insight.rules.months import month_of
from yiwang.insight.rules.scores import percent
from yiwang.insight.web.asking import asked_month, month_options
from yiwang.insight.web.rows import DASH, Row
from yiwang.kernel.text import Text

#: A mean of fewer ratings would tell what single applicants said.
LEAST_RATINGS = 5
COLUMNS: list[Row] = [
    {"key": "title", "label": Text("部门", "Department"), "head": True},
    {"key": "received", "label": Text("收件", "Received"), "numeric": True},
    {"key": "ended", "label": Text("办结", "Ended"), "numeric": True},
    {"key": "rate", "label": Text("按时办结率", "On time"), "numeric": True},
    {"key": "ratings", "label": Text("评价次数", "Ratings"), "numeric": True},
    {"key": "mean", "label": Text("平均评价（满分5）", "Mean rating (of 5)"), "numeric": True},
]


@require_safe
def show_statistics(request: HttpRequest) -> HttpResponse:
    """The figures of a month; by default the last whole one."""
    at = timezone.now()
    month = asked_month(request, at) if request.GET.get("month") else month_of(at).previous
    found = public_figures(since=month.since, until=month.until)
    names = organisation_names([row.organisation for row in found])
    ended, on_time = sum(row.ended for row in found), sum(row.on_time for row in found)
    ratings = {level: sum(row.ratings[level] for row in found) for level in range(1, 6)}
    rate = percent(on_time, ended)
    mean = mean_rating(ratings)
    context = {
        "month": month,
        "months": month_options(at),
        "stats": [
            {"label": Text("收件", "Received"), "value": sum(row.received for row in found)},
            {"label": Text("办结", "Ended"), "value": ended},
            {"label": Text("按时办结率", "Ended on time"), "value": f"{rate}%" if rate is not None else DASH},
            {"label": Text("平均评价", "Mean rating"), "value": str(mean) if mean is not None else DASH},
        ],
        "columns": COLUMNS,
        "rows": [_row(row, names[row.organisation]) for row in sorted(found, key=_size)],
        "least": LEAST_RATINGS,
    }
    return render(request, "insight/statistics.html", context)


def mean_rating(ratings: dict[int, int]) -> Decimal | None:
    """The mean level with two decimals; None of too few."""
    total = sum(ratings.values())
    if total < LEAST_RATINGS:
        return None
    levels = sum(level * count for level, count in ratings.items())
    return (Decimal(levels) / total).quantize(Decimal("0.01"))


def _size(row: PublicFigures) -> tuple[int, str]:
    return -row.received, row.organisation


def _row(row: PublicFigures, title: Text) -> Row:
    rate, mean = percent(row.on_time, row.ended), mean_rating(dict(row.ratings))
    rated = sum(row.ratings.values())
    return {
        "title": title,
        "received": row.received,
        "ended": row.ended,
        "rate": f"{rate}%" if rate is not None else DASH,
        "ratings": rated if rated >= LEAST_RATINGS else DASH,
        "mean": str(mean) if mean is not None else DASH,
    }
