"""The monthly report as a document, set by Typst; Chinese is the original, English follows."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

from yiwang.cases.contracts import LIGHT_TEXTS, Light
from yiwang.insight.report.as_workbook import TITLE
from yiwang.insight.report.content import ReportContent
from yiwang.insight.rules.months import ZONE
from yiwang.insight.rules.scores import percent
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.trust.api import Template

REPORT = Template(Path(__file__).resolve().parent.parent / "documents" / "monthly_report.typ")
_MOST_STEPS = 10
_DASH = "—"


def document_data(content: ReportContent, *, issuer: Text, sealed: bool) -> dict[str, Json]:
    """Give what ``monthly_report.typ`` reads: words and numbers that are written already."""
    limits = sum(line.limits for line in content.departments)
    on_time = sum(line.on_time for line in content.departments)
    facts: list[tuple[Text, str]] = [
        (Text("收件", "Received"), f"{content.received:,}"),
        (Text("办结", "Ended"), f"{content.ended:,}"),
        (Text("按时率", "On time"), _rate(percent(on_time, limits))),
        (Text("黄牌", "Yellow cards"), f"{sum(line.yellow for line in content.departments):,}"),
        (Text("红牌", "Red cards"), f"{sum(line.red for line in content.departments):,}"),
        (Text("督办", "Notices"), f"{sum(line.notices for line in content.departments):,}"),
    ]
    if content.standing is not None:
        facts.append((Text("统计时在办", "Open when counted"), f"{content.standing.open:,}"))
        red = content.standing.lights[Light.RED]
        facts.append(
            (Text(f"其中{LIGHT_TEXTS[Light.RED].zh}", f"of them {LIGHT_TEXTS[Light.RED].en}"), f"{red:,}")
        )
    return {
        "title": _pair(TITLE),
        "month": _pair(content.month.title),
        "scope": _pair(content.scope),
        "issuer": _pair(issuer),
        "counted_at": _day(content.counted_at),
        "sealed": sealed,
        "facts": [{"label": _pair(label), "value": value} for label, value in facts],
        "departments": _departments(content),
        "items": _items(content),
        "steps": _steps(content),
        "joint": _joint(content),
    }


def _departments(content: ReportContent) -> list[Json]:
    return [
        [
            _pair(line.title),
            f"{line.received:,}",
            f"{line.limits:,}",
            _rate(line.on_time_rate),
            f"{line.yellow:,}",
            f"{line.red:,}",
            f"{line.notices_in_time}/{line.notices}",
            str(line.rating) if line.rating is not None else _DASH,
            _rate(line.supplement_rate),
            str(line.score) if line.score is not None else _DASH,
        ]
        for line in content.departments
    ]


def _items(content: ReportContent) -> list[Json]:
    return [
        [
            _pair(line.title),
            f"{line.figures.received:,}",
            f"{line.figures.ended:,}",
            f"{line.figures.late:,}",
            _pair(line.statutory),
            _pair(line.promised),
            _number(line.figures.average),
            _number(line.figures.ninetieth),
            _pair(line.longest_step) if line.longest_step else _DASH,
        ]
        for line in content.items
    ]


def _steps(content: ReportContent) -> list[Json]:
    slowest = sorted(content.steps, key=lambda step: -step.total_hours)[:_MOST_STEPS]
    return [
        [
            _pair(content.types[step.type_code].title),
            _pair(content.types[step.type_code].step(step.node)),
            f"{step.done:,}",
            f"{step.median_hours:,.1f}",
            f"{step.ninetieth_hours:,.1f}",
            f"{step.total_hours:,.1f}",
        ]
        for step in slowest
        if step.type_code in content.types
    ]


def _joint(content: ReportContent) -> list[Json]:
    return [
        [
            _pair(content.types[row.type_code].title),
            _pair(content.names[row.organisation]),
            f"{row.times:,}",
            f"{row.waited_hours:,.1f}",
        ]
        for row in content.last_answers
        if row.type_code in content.types
    ]


def _pair(text: Text) -> dict[str, Json]:
    return {"zh": text.zh, "en": text.en}


def _day(at: datetime) -> dict[str, Json]:
    local = at.astimezone(ZONE)
    return {"zh": f"{local.year}年{local.month}月{local.day}日", "en": f"{local:%-d %B %Y}"}


def _rate(value: Decimal | None) -> str:
    return f"{value}%" if value is not None else _DASH


def _number(value: float | None) -> str:
    return f"{value:,}" if value is not None else _DASH
