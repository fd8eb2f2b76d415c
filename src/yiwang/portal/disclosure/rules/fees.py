"""The fee for handling requests (信息处理费): 国办函〔2020〕109号, made under Art. 42 of Order 711 (2019).

An agency charges by item or by page, never both for one request. Both are progressive: each item or page
costs what its own band says. Confirmed in public copies: the bands and rates, items counted over an
applicant's calendar month. Unchecked, from memory, and therefore data that a city may replace
(``FeeBands``): that items count per agency, the two periods of 20 working days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.clock.counting import due_at
from yiwang.kernel.clock.state import Budget, ClockState, Unit
from yiwang.kernel.text import Text


class FeeWay(StrEnum):
    """What is counted; the agency chooses one for a request and says so in the notice."""

    BY_ITEM = "by_item"
    BY_PAGE = "by_page"


WAY_TEXTS = {
    FeeWay.BY_ITEM: Text("按件计收", "By item"),
    FeeWay.BY_PAGE: Text("按页计收", "By page"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBands:
    """Rates in whole yuan for one item or page: ``(last of the band, rate)``, in order.

    Above the last band each further ``step`` raises the rate by ``rise``; without a step the last rate stays.
    """

    bands: tuple[tuple[int, int], ...]
    beyond: int
    step: int = 0
    rise: int = 0

    def rate(self, place: int) -> int:
        """The rate of the n-th item or page; the first is 1."""
        for last, rate in self.bands:
            if place <= last:
                return rate
        if not self.step:
            return self.beyond
        return self.beyond + (place - self.bands[-1][0] - 1) // self.step * self.rise

    def last_of_band(self, place: int) -> int | None:
        """The last place with the same rate; None if it goes on for ever."""
        for last, _ in self.bands:
            if place <= last:
                return last
        if not self.step:
            return None
        edge = self.bands[-1][0]
        return edge + ((place - edge - 1) // self.step + 1) * self.step


#: Items of one applicant at one agency in a calendar month: 10 free, 11 to 30 at 100, then 100 more each ten.
BY_ITEM = FeeBands(bands=((10, 0), (30, 100)), beyond=200, step=10, rise=100)
#: Pages of one request: 30 free, 31 to 100 at 10, 101 to 200 at 20, then 40.
BY_PAGE = FeeBands(bands=((30, 0), (100, 10), (200, 20)), beyond=40)
STANDARD = {FeeWay.BY_ITEM: BY_ITEM, FeeWay.BY_PAGE: BY_PAGE}
#: Working days for the notice from receipt, and for the payment from the notice.
NOTICE_DAYS = 20
PAYMENT_DAYS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """A stretch of one rate: places ``first`` to ``last``, both counted."""

    first: int
    last: int
    rate: int

    @property
    def count(self) -> int:
        """How many items or pages."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """Whole yuan."""
        return self.count * self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a request costs and how that comes about, as the notice must show it."""

    way: FeeWay
    quantity: int
    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> int:
        """Whole yuan."""
        return sum(line.amount for line in self.lines)


def fee(way: FeeWay, quantity: int, *, before: int = 0, bands: FeeBands | None = None) -> Fee:
    """The fee for ``quantity`` items or pages.

    ``before``: items of the same applicant and calendar month that came earlier; pages begin anew each time.
    """
    if quantity < 1 or before < 0 or (before and way is FeeWay.BY_PAGE):
        raise ValueError("a fee is for at least one item or page; only items are counted over a month")
    bands = bands or STANDARD[way]
    lines, place, end = [], before + 1, before + quantity
    while place <= end:
        edge = bands.last_of_band(place)
        last = end if edge is None else min(edge, end)
        lines.append(FeeLine(first=place, last=last, rate=bands.rate(place)))
        place = last + 1
    return Fee(way=way, quantity=quantity, lines=tuple(lines))


def items_before(received: date, others: Iterable[tuple[date, int]]) -> int:
    """Items of the applicant's earlier requests in the calendar month of ``received``.

    ``others``: when each was received and how many items it had, those before this one only.
    """
    return sum(items for day, items in others if (day.year, day.month) == (received.year, received.month))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDates:
    """The course of a fee: the last instants, and what has become of it at a moment."""

    notice_due: datetime
    pay_by: datetime | None


def fee_dates(calendar: WorkCalendar, *, received: datetime, notified: datetime | None) -> FeeDates:
    """Until when the notice is to be given and, once it was received, until when the fee is to be paid."""
    pay_by = None if notified is None else _end(calendar, notified, PAYMENT_DAYS)
    return FeeDates(notice_due=_end(calendar, received, NOTICE_DAYS), pay_by=pay_by)


def has_lapsed(pay_by: datetime, *, paid: datetime | None, at: datetime) -> bool:
    """Whether the request is not handled further (result ``fee_unpaid``): not paid by the last instant."""
    return paid > pay_by if paid is not None else at > pay_by


def _end(calendar: WorkCalendar, start: datetime, days: int) -> datetime:
    end = due_at(ClockState(budget=Budget(days, Unit.WORKING_DAYS), started_at=start), calendar)
    assert end is not None  # noqa: S101 - a clock without stops has an end
    return end
