"""Cases that end with a reply: what was asked and answered, and their figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCase:
    """A case that was answered; it holds personal data.

    ``text`` is what the applicant wrote, ``reply`` what he got, ``agreed`` whether both may be published.
    """

    number: str
    type_code: str
    type_title: Text
    body: str
    organisation: str
    title: str
    applicant_name: str
    agreed: bool
    text: str
    reply: str
    opened_at: datetime
    answered_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFigures:
    """What one organisation was asked and answered in a period.

    ``timed`` of the answered had a promised limit, ``on_time`` kept it; ``days`` is the sum of the working
    days that ``counted`` of them took. ``satisfied`` of the ``rated`` gave one of the three good levels.
    """

    organisation: str
    received: int
    answered: int
    timed: int
    on_time: int
    days: int
    counted: int
    rated: int
    satisfied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySpan:
    """One case of whatever item, without anything personal: when it came, ended, and was due.

    ``on_time`` is None while it is open, and where no limit was promised.
    """

    number: str
    type_code: str
    organisation: str
    received_at: datetime
    ended_at: datetime | None
    answered: bool
    of_person: bool
    due_at: datetime | None
    on_time: bool | None
