"""Working time of the city as people live it: opening hours, make-up workdays, holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from yiwang.kernel.calendar import WorkCalendar

_MINUTE = 60_000_000


class Hours:
    """Moments of one calendar."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar

    def after(self, at: datetime, minutes: float) -> datetime:
        """The moment so many working minutes later (at least one)."""
        amount = max(int(minutes * _MINUTE), _MINUTE)
        return self._whole(self.calendar.at_working_time(self.calendar.working_time(at) + amount))

    def part(self, since: datetime, due: datetime, share: float) -> datetime:
        """The moment at which this share of the working time until ``due`` is over; above 1 it is later."""
        length = self.calendar.working_time(due) - self.calendar.working_time(since)
        return self.after(since, max(length, 0) * share / _MINUTE)

    def opening(self, day: date) -> datetime:
        """The opening of the offices on a day."""
        return datetime.combine(day, self.calendar.hours.spans[0][0], self.calendar.zone)

    def is_open(self, at: datetime) -> bool:
        """Whether the offices are open."""
        local = self.calendar.local(at)
        inside = any(start <= local.time() < end for start, end in self.calendar.hours.spans)
        return inside and self.calendar.is_working(local.date())

    def days(self, since: datetime, until: datetime) -> list[date]:
        """The civil days from one moment to another, both included."""
        first, last = self.calendar.local(since).date(), self.calendar.local(until).date()
        return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]

    def sometime(self, day: date, hour_weights: tuple[float, ...], chance: Random) -> datetime:
        """A second of a day, by the weights of its hours."""
        hour = chance.choices(range(24), weights=hour_weights)[0]
        wall = time(hour, chance.randrange(60), chance.randrange(60))
        return datetime.combine(day, wall, self.calendar.zone)

    def during(self, day: date, chance: Random) -> datetime:
        """A moment in the opening hours of a working day, twenty minutes before the close at the latest."""
        length = self.calendar.day_length // _MINUTE
        return self.after(self.opening(day), chance.uniform(2, length - 20))

    def _whole(self, at: datetime) -> datetime:
        return at.replace(microsecond=0)
