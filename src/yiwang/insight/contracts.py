"""Words of supervision that cross its border: scores with their reasons, reports, errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from yiwang.cases.contracts import CardView
from yiwang.cases.contracts.figures import Indicator
from yiwang.kernel.errors import NotFound, RuleViolation
from yiwang.kernel.text import Text

INDICATOR_TEXTS = {
    Indicator.ON_TIME: Text("按时率", "On-time rate"),
    Indicator.CARDS: Text("黄牌、红牌", "Yellow and red cards"),
    Indicator.NOTICES: Text("督办按时答复", "Notices answered in time"),
    Indicator.RATINGS: Text("群众评价", "Ratings by applicants"),
    Indicator.SUPPLEMENTS: Text("一次收齐（未要求补正）", "Complete at first (no corrections asked)"),
}
MARK_TEXTS = {
    (Indicator.ON_TIME, "on_time"): Text("按时", "On time"),
    (Indicator.ON_TIME, "late"): Text("超期", "Late"),
    (Indicator.CARDS, "yellow"): Text("黄牌", "Yellow card"),
    (Indicator.CARDS, "red"): Text("红牌", "Red card"),
    (Indicator.NOTICES, "in_time"): Text("按时答复", "Answered in time"),
    (Indicator.NOTICES, "late"): Text("逾期答复", "Answered late"),
    (Indicator.NOTICES, "unanswered"): Text("未答复", "Not answered"),
    (Indicator.RATINGS, "5"): Text("非常满意", "Very satisfied"),
    (Indicator.RATINGS, "4"): Text("满意", "Satisfied"),
    (Indicator.RATINGS, "3"): Text("基本满意", "Fairly satisfied"),
    (Indicator.RATINGS, "2"): Text("不满意", "Dissatisfied"),
    (Indicator.RATINGS, "1"): Text("非常不满意", "Very dissatisfied"),
    (Indicator.SUPPLEMENTS, "clean"): Text("一次收齐", "Complete at first"),
    (Indicator.SUPPLEMENTS, "supplemented"): Text("要求补正", "Corrections asked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCount:
    """How many things went one way."""

    mark: str
    title: Text
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """One indicator of a score. ``score`` is None where nothing happened that it measures.

    ``share`` is the weight in percent after the weights of empty indicators went to the others;
    ``points`` is what the line adds to the total.
    """

    indicator: Indicator
    title: Text
    weight: int
    marks: tuple[MarkCount, ...]
    score: Decimal | None
    share: Decimal
    points: Decimal
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A total with all that it is made of; None where there was nothing to score."""

    total: Decimal | None
    lines: tuple[ScoreLine, ...]
    grade: Text | None
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentScore:
    """The score of a department, or of one of its officers (then with account and name)."""

    organisation: str
    title: Text
    officer_id: int | None
    officer_name: str
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An officer was told of a card; ``is_new`` until the officer has seen it."""

    id: int
    at: datetime
    is_new: bool
    card: CardView


class ReportState(StrEnum):
    """Of a monthly report."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"


class ReportFile(StrEnum):
    """In which forms a report can be had."""

    XLSX = "xlsx"
    PDF = "pdf"


REPORT_STATE_TEXTS = {
    ReportState.WAITING: Text("排队中", "Waiting"),
    ReportState.MAKING: Text("制作中", "Being made"),
    ReportState.DONE: Text("已完成", "Ready"),
    ReportState.FAILED: Text("制作失败", "Failed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A monthly report; ``organisation`` is empty for that of the whole city."""

    id: int
    month: str
    month_title: Text
    organisation: str
    state: ReportState
    steps_done: int
    steps: int
    sealed: bool
    asked_by: int | None
    asked_at: datetime
    made_at: datetime | None
    size_xlsx: int
    size_pdf: int


@dataclass(eq=False)
class ReportNotFound(NotFound):
    """There is none, or it is not for this reader."""

    text: ClassVar[Text] = Text("没有找到这份报告。", "This report could not be found.")


@dataclass(eq=False)
class ReportNotReady(RuleViolation):
    """It is still being made."""

    text: ClassVar[Text] = Text(
        "报告还在制作，完成后即可下载。", "The report is still being made; it can be had when it is ready."
    )


@dataclass(eq=False)
class MonthNotReported(RuleViolation):
    """A month that has not begun, or is written wrongly."""

    month: str
    text: ClassVar[Text] = Text("不能统计“{month}”这个月份。", "There is no report for the month “{month}”.")


@dataclass(eq=False)
class NoScoringScheme(NotFound):
    """No pack that is switched on declares how to score."""

    text: ClassVar[Text] = Text(
        "本市尚未启用评分办法，请先启用“电子监察”。",
        "This city has no scoring scheme yet; switch on the supervision pack.",
    )
