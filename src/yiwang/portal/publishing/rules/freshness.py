"""How long a column may stand unchanged, and where it stands in that time (2019 inspection indicators)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yiwang.kernel.calendar import WorkCalendar
from yiwang.portal.publishing.definitions import ColumnKind, FreshnessRules, Term


class State(StrEnum):
    """Fine, soon or just over the term, over the grace too."""

    OK = "ok"
    WARN = "warn"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a site (its home page is one): since when it is there, when it last changed, if ever."""

    key: str
    kind: ColumnKind
    opened_on: date
    changed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """Where a column stands on a day.

    ``last_day`` is the last day of its term, ``overdue_from`` the first day after term and grace; both are
    None for a kind without a term. ``days_over`` counts calendar days from ``overdue_from`` on, that day
    included.
    """

    column: Column
    state: State
    last_day: date | None
    overdue_from: date | None
    days_over: int = 0


def freshness(column: Column, *, rules: FreshnessRules, on: date, calendar: WorkCalendar) -> Freshness:
    """Where a column stands; one that never changed counts from the day on which it was opened."""
    term = rules.terms.get(column.kind)
    if term is None:
        return Freshness(column=column, state=State.OK, last_day=None, overdue_from=None)
    last_day = added(column.changed_on or column.opened_on, term)
    overdue_from = after_working_days(last_day, term.grace_days, calendar) + timedelta(days=1)
    if on >= overdue_from:
        state = State.OVERDUE
    elif on > last_day - timedelta(days=term.warn_days):
        state = State.WARN
    else:
        state = State.OK
    return Freshness(
        column=column,
        state=state,
        last_day=last_day,
        overdue_from=overdue_from,
        days_over=max((on - overdue_from).days + 1, 0),
    )


def added(day: date, term: Term) -> date:
    """The last day of a term that begins the day after; a month without that day ends on its last one."""
    match term.unit:
        case "days":
            return day + timedelta(days=term.amount)
        case "weeks":
            return day + timedelta(weeks=term.amount)
        case "months":
            return months_later(day, term.amount)
        case "years":
            return months_later(day, 12 * term.amount)


def months_later(day: date, months: int) -> date:
    """The day with the same number so many months later (or, negative, earlier), or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after_working_days(day: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many working days after a day; the day itself for none."""
    if days == 0:
        return day
    before = calendar.working_days_before(day.toordinal() + 1)
    return date.fromordinal(calendar.working_day(before + days - 1))
