"""The door of insight."""

from __future__ import annotations

from yiwang.insight.commands.ask_report import ask_report
from yiwang.insight.commands.see_alerts import see_alerts
from yiwang.insight.queries.alerts import alerts, count_alerts
from yiwang.insight.queries.reports import reach_of, report, report_file, reports
from yiwang.insight.queries.scores import (
    department_scores,
    may_see_officer,
    officer_scores,
    scoring_scheme,
)
from yiwang.insight.report.content import UNIT_TEXTS, department_lines, item_lines
from yiwang.insight.report.making import make_report

__all__ = [
    "UNIT_TEXTS",
    "alerts",
    "ask_report",
    "count_alerts",
    "department_lines",
    "department_scores",
    "item_lines",
    "make_report",
    "may_see_officer",
    "officer_scores",
    "reach_of",
    "report",
    "report_file",
    "reports",
    "scoring_scheme",
    "see_alerts",
]
