"""Words of the watch: what is watched, a day of a site, a finding with the day until which it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from yiwang.kernel.errors import Conflict, NotFound, RuleViolation
from yiwang.kernel.text import Text
from yiwang.portal.publishing.rules.freshness import State


class Item(StrEnum):
    """What a site is watched for: the single-veto items in their order, and links that lead nowhere."""

    SITE_DOWN = "site_down"
    HOME_NOT_UPDATED = "home_not_updated"
    COLUMNS_NOT_UPDATED = "columns_not_updated"
    COLUMNS_EMPTY = "columns_empty"
    SERIOUS_ERRORS = "serious_errors"
    NOT_ANSWERED = "not_answered"
    DEAD_LINKS = "dead_links"


ITEM_TEXTS = {
    Item.SITE_DOWN: Text("站点无法访问", "Site down"),
    Item.HOME_NOT_UPDATED: Text("首页不更新", "Home page not updated"),
    Item.COLUMNS_NOT_UPDATED: Text("栏目不更新", "Columns not updated"),
    Item.COLUMNS_EMPTY: Text("空白栏目", "Empty columns"),
    Item.SERIOUS_ERRORS: Text("严重错误", "Serious errors"),
    Item.NOT_ANSWERED: Text("互动回应差", "Letters not answered"),
    Item.DEAD_LINKS: Text("链接不可用", "Links that lead nowhere"),
}
#: All but the last fail a site by themselves (单项否决).
VETO_ITEMS = tuple(item for item in Item if item is not Item.DEAD_LINKS)
STATE_TEXTS = {
    State.OK: Text("正常", "Fine"),
    State.WARN: Text("限期整改", "To be mended"),
    State.OVERDUE: Text("逾期", "Overdue"),
}
SITE_STATE_TEXTS = {
    State.OK: Text("绿灯 正常", "Green: fine"),
    State.WARN: Text("黄灯 限期整改", "Yellow: to be mended"),
    State.OVERDUE: Text("红灯 单项否决", "Red: fails"),
}
STATE_TONES = {State.OK: "success", State.WARN: "warning", State.OVERDUE: "danger"}


class Stage(StrEnum):
    """At which an officer is told of a finding: when it is found, and when its days are over."""

    FOUND = "found"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Something that is wrong on a day: what it is, where, and the last day for mending it.

    ``page`` is the page to be mended, 0 where it is none; ``since`` is the day on which it began, where that
    is known, else None.
    """

    item: Item
    key: str
    place: Text
    text: Text
    until: date
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A finding as of a day."""

    id: int
    item: Item
    key: str
    page: int
    place: Text
    text: Text
    found_on: date
    until: date
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDayView:
    """How an item of a site stood on a day: its count, and the threshold that it fails at (0 for none)."""

    item: Item
    state: State
    count: int
    threshold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDayView:
    """How a site stood on a day."""

    site: str
    day: date
    taken_at: datetime
    state: State
    items: tuple[ItemDayView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """An officer was told of a finding; ``is_new`` until the officer has seen it."""

    id: int
    site: str
    stage: Stage
    at: datetime
    is_new: bool
    finding: FindingView


@dataclass(eq=False)
class DayNotTaken(NotFound):
    """Nothing was watched on that day."""

    text: ClassVar[Text] = Text("这一天没有巡查记录。", "There is no record of that day.")


@dataclass(eq=False)
class YearNotOver(RuleViolation):
    """A yearly report is signed off when its year has ended."""

    year: int
    text: ClassVar[Text] = Text("{year}年还没有结束，不能签发。", "The year {year} has not ended yet.")


@dataclass(eq=False)
class AlreadySigned(Conflict):
    """A report that was signed off stays as it is."""

    year: int
    text: ClassVar[Text] = Text(
        "{year}年度报表已经签发。", "The report of {year} has been signed off already."
    )
