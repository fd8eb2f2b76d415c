"""The 20 working days within which information is published (Order 711 of 2019, Art. 26, confirmed).

The day on which it was formed or changed is not counted (Civil Code, Art. 201).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.kernel.calendar import WorkCalendar
from yiwang.portal.publishing.rules.freshness import after_working_days

#: Art. 26; a law or a regulation may set another term, which the caller gives.
WORKING_DAYS = 20
#: Our choice: a week of work is left.
WARN_WORKING_DAYS = 5


class PublicationState(StrEnum):
    """Still time, soon due, late and not out; out in time, out late."""

    OK = "ok"
    WARN = "warn"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where the publication of a piece of information stands.

    ``days_left`` are the working days after the day of looking, or of publication, up to the last day;
    negative when it passed. ``assumed`` says that holidays of a year not yet published may move the day.
    """

    state: PublicationState
    last_day: date
    days_left: int
    assumed: bool


def publication(
    *,
    changed_on: date,
    published_on: date | None,
    on: date,
    calendar: WorkCalendar,
    working_days: int = WORKING_DAYS,
) -> Publication:
    """Where publication stands on a day; what went out before the change does not count."""
    last_day = after_working_days(changed_on, working_days, calendar)
    is_out = published_on is not None and changed_on <= published_on <= on
    seen = published_on if is_out and published_on is not None else on
    left = calendar.working_days_before(last_day.toordinal() + 1) - calendar.working_days_before(
        seen.toordinal() + 1
    )
    return Publication(
        state=_state(seen, last_day, left, is_out=is_out),
        last_day=last_day,
        days_left=left if seen <= last_day else min(left, -_at_least_one(seen, last_day)),
        assumed=any(calendar.is_assumed(day) for day in (changed_on, last_day)),
    )


def _state(seen: date, last_day: date, left: int, *, is_out: bool) -> PublicationState:
    if is_out:
        return PublicationState.IN_TIME if seen <= last_day else PublicationState.LATE
    if seen > last_day:
        return PublicationState.OVERDUE
    return PublicationState.WARN if left < WARN_WORKING_DAYS else PublicationState.OK


def _at_least_one(seen: date, last_day: date) -> int:
    """A page put up on a free day after the last day is late by a day, though no working day has passed."""
    return 1 if seen > last_day else 0
