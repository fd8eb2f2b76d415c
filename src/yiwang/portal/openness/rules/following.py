"""What can be followed, how often one is told, and what a mail says. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.kernel.text import Text


class Followed(StrEnum):
    """What is followed."""

    EVERYTHING = "everything"
    THEME = "theme"
    ORGANISATION = "organisation"
    CATEGORY = "category"
    SEARCH = "search"
    POLICY = "policy"


class Period(StrEnum):
    """How often one is told, at most."""

    DAILY = "daily"
    WEEKLY = "weekly"


PERIOD_TEXTS = {Period.DAILY: Text("每天一次", "Once a day"), Period.WEEKLY: Text("每周一次", "Once a week")}
_STEPS = {Period.DAILY: timedelta(days=1), Period.WEEKLY: timedelta(days=7)}
#: The hour at which mails are made, in the city's time.
HOUR = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell: its words and its address."""

    title: Text
    href: str


def next_mail(after: datetime, period: Period) -> datetime:
    """The next morning, or the next Monday morning, after a local instant."""
    morning = after.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if period is Period.WEEKLY:
        morning -= timedelta(days=morning.weekday())
    while morning <= after:
        morning += _STEPS[period]
    return morning


def mail_lines(news: tuple[News, ...], *, english: bool) -> str:
    """What is new, a thing a paragraph."""
    return "\n\n".join(
        f"{(one.title.en or one.title.zh) if english else one.title.zh}\n{one.href}" for one in news
    )
