"""Words of the assessment: what was measured thing by thing, scores with their lines, remarks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.portal.assessing.definitions import Measure

#: What is measured: its name, and what a good and a bad thing of it are called.
MEASURE_TEXTS: dict[Measure, tuple[Text, Text, Text]] = {
    Measure.REQUESTS_ON_TIME: (
        Text("依申请公开按时答复率", "Requests answered in time"),
        Text("按时答复", "In time"),
        Text("逾期", "Late"),
    ),
    Measure.PUBLISHED_IN_TIME: (
        Text("主动公开二十个工作日内公布率", "Published within 20 working days"),
        Text("按时公布", "In time"),
        Text("逾期", "Late"),
    ),
    Measure.SITE_FRESH: (
        Text("网站无单项否决天数", "Days on which the site failed nothing"),
        Text("正常", "Fine"),
        Text("单项否决", "Failed"),
    ),
    Measure.LETTERS_ON_TIME: (
        Text("来信按时答复率", "Letters answered in time"),
        Text("按时答复", "In time"),
        Text("逾期", "Late"),
    ),
    Measure.POLICIES_LINKED: (
        Text("政策文件关联解读、问答和服务", "Policy files linked to explanation, answers and service"),
        Text("关联齐全", "All linked"),
        Text("缺少关联", "A link is missing"),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One thing that counts for a department: a case, an item, a site's day. Good or not, since a day."""

    measure: Measure
    organisation: str
    good: bool
    day: date
    title: Text
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One indicator of an assessment; ``score`` is None where nothing happened that it measures."""

    measure: Measure
    weight: int
    good: int
    bad: int
    score: Decimal | None
    share: Decimal
    points: Decimal
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A department's assessment of a period; the total is None where there was nothing to assess."""

    organisation: str
    total: Decimal | None
    grade: Text | None
    tone: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """What somebody said to an assessment."""

    organisation: str
    name: str
    at: datetime
    body: str


@dataclass(eq=False)
class NoAssessmentScheme(NotFound):
    """No pack that is switched on declares how to assess."""

    text: ClassVar[Text] = Text(
        "本市尚未规定信息公开考评办法。", "This city has no scheme for assessing disclosure work yet."
    )


@dataclass(eq=False)
class NotAssessed(NotFound):
    """No such department, or it is not within the reader's reach."""

    text: ClassVar[Text] = Text("没有找到这个单位的考评。", "There is no assessment of this department.")
