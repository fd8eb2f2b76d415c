"""How right a register is: the score over time, every rule by source, and the open defects."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.platform.web import wording
from yiwang.registers import api
from yiwang.registers.contracts import ScoreView
from yiwang.registers.web.listing import register_context

_HEIGHT, _STEP = 96, 14
_ALL = Text("全部", "All")


@needs_officer("registers.quality.read")
@require_safe
def show_quality(request: HttpRequest, code: str) -> HttpResponse:
    """The owner sees every source, a source its own entries."""
    actor = actor_for(request)
    definition = api.get_register(code)
    report = api.quality_of(actor=actor, register=code, today=timezone.localdate())
    names = organisation_names({score.source for score in report.latest if score.source})
    names |= organisation_names({defect.source for defect in report.defects})
    whole = next((score for score in report.latest if not score.source), None) or next(
        iter(report.latest), None
    )
    weakest = sorted(report.latest, key=lambda score: score.score)
    context = register_context(request, code, "quality") | {
        "whole": whole,
        "figures": _figures(whole, len(report.defects)) if whole is not None else [],
        "chart": _chart(report.course),
        "sources": [
            {"name": names.get(score.source, score.source) if score.source else _ALL, "score": score}
            for score in weakest
        ],
        "rules": [
            {
                "title": rule.title,
                "checked": (counted := whole.counts.get(rule.key, (0, 0)))[0],
                "failed": counted[1],
                "share": _share(*counted),
            }
            for rule in definition.quality_rules
        ]
        if whole is not None
        else [],
        "defects": [
            {"defect": defect, "source": names.get(defect.source, defect.source)} for defect in report.defects
        ],
    }
    return render(request, "registers/quality.html", context)


def _figures(whole: ScoreView, defects: int) -> list[dict[str, object]]:
    return [
        {
            "label": Text("质量得分", "Quality score"),
            "value": f"{whole.score:.2f}".rstrip("0").rstrip("."),
            "unit": Text("/ 100", "of 100"),
            "note": wording.day(whole.day),
        },
        {"label": Text("登记项", "Entries"), "value": wording.number(whole.entries)},
        {
            "label": Text("待整改的问题", "Open defects"),
            "value": str(defects),
            "tone": "danger" if defects else "",
        },
    ]


def _share(checked: int, failed: int) -> str:
    """Percent that keep a rule, rounded down so that 100 means all."""
    return f"{(checked - failed) * 1000 // checked / 10:.1f}%" if checked else "—"


def _chart(course: Sequence[ScoreView]) -> dict[str, object] | None:
    """Columns from the ground up, one a day; the figures stand in the title of each."""
    if len(course) < 2:
        return None
    columns = []
    for place, score in enumerate(course):
        tall = max(1, round(float(score.score) * _HEIGHT / 100))
        said = f"{wording.day(score.day)} {score.score}"
        columns.append({"x": place * _STEP, "y": _HEIGHT - tall, "height": tall, "title": Text(said, said)})
    first, last = course[0], course[-1]
    label = Text(
        f"得分由 {wording.day(first.day)} 的 {first.score} 到 {wording.day(last.day)} 的 {last.score}",
        f"From {first.score} on {wording.day(first.day)} to {last.score} on {wording.day(last.day)}",
    )
    return {
        "width": max(len(columns), 14) * _STEP,
        "height": _HEIGHT,
        "columns": columns,
        "label": label,
    }
