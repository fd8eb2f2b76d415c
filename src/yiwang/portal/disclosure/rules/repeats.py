"""Repeats, and more requests than is reasonable: what an officer is shown. Nothing is decided by these rules.

Art. 36 item 6 of Order 711 (2019): who asks again for what was answered is told that it isn't handled again.
Art. 35: where number and frequency go clearly beyond what is reasonable the agency may ask for the reasons,
and refuse or take longer. The law gives no figures: the limits are advice, a city sets its own (``Limits``).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yiwang.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request of one applicant. ``answered`` is the day of its answer, None while it is open."""

    number: str
    received: date
    wanted: str
    answered: date | None = None


class Likeness(StrEnum):
    """How near two requests are."""

    SAME = "same"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier request that asks for the same or for something near it."""

    request: Request
    likeness: Likeness
    score: float
    advice: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From when on a frequency is shown as striking. ``similar``: shared pairs of characters, 0 to 1."""

    month: int = 10
    year: int = 60
    alike: int = 3
    similar: float = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Striking:
    """A frequency beyond a limit, with the requests that make it up."""

    reason: Text
    numbers: tuple[str, ...]


_SAME_ANSWERED = Text(
    "内容相同，已于 {day} 答复：可告知不予重复处理（第三十六条第六项）。",
    "The same, answered on {day}: may be told that it isn't handled again (Art. 36 item 6).",
)
_SAME_OPEN = Text(
    "内容相同，尚未答复：可与在办件合并答复。",
    "The same, not yet answered: may be answered together with it.",
)
_SIMILAR = Text(
    "内容相近（{percent}%），请比对后判断是否重复。",
    "Similar ({percent}%): compare before calling it a repeat.",
)
_IN_MONTH = Text(
    "30 日内第 {count} 件（参考限 {limit} 件）：可要求说明理由（第三十五条）。",
    "Number {count} within 30 days (guide: {limit}): reasons may be asked for (Art. 35).",
)
_IN_YEAR = Text(
    "365 日内第 {count} 件（参考限 {limit} 件）：可要求说明理由（第三十五条）。",
    "Number {count} within 365 days (guide: {limit}): reasons may be asked for (Art. 35).",
)
_ALIKE = Text(
    "已 {count} 次申请相同或相近内容（参考限 {limit} 次）：可要求说明理由（第三十五条）。",
    "The same or similar asked {count} times (guide: {limit}): reasons may be asked for (Art. 35).",
)


def likeness(one: str, other: str) -> float:
    """Shared pairs of characters (Dice), 0 to 1; signs, spaces, width and case don't matter."""
    first, second = _pairs(one), _pairs(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def earlier_requests(
    request: Request, others: Sequence[Request], limits: Limits = Limits()
) -> tuple[Earlier, ...]:
    """The same or similar requests that came before, nearest first, then newest first."""
    found = [
        near for other in _before(request, others) if (near := _near(request, other, limits)) is not None
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, -each.request.received.toordinal())))


def striking(request: Request, others: Sequence[Request], limits: Limits = Limits()) -> tuple[Striking, ...]:
    """Each limit that this request goes beyond, with the reason and the numbers."""
    before = _before(request, others)
    month = [other for other in before if other.received > request.received - timedelta(days=30)]
    year = [other for other in before if other.received > request.received - timedelta(days=365)]
    alike = [each.request for each in earlier_requests(request, year, limits)]
    found = []
    for sentence, limit, held in (
        (_IN_MONTH, limits.month, month),
        (_IN_YEAR, limits.year, year),
        (_ALIKE, limits.alike, alike),
    ):
        if len(held) + 1 > limit:
            numbers = tuple(sorted(other.number for other in held))
            found.append(Striking(reason=sentence.fill(count=len(held) + 1, limit=limit), numbers=numbers))
    return tuple(found)


def _before(request: Request, others: Sequence[Request]) -> list[Request]:
    """Those of the same day came before if their numbers did."""
    at = (request.received, request.number)
    return [other for other in others if (other.received, other.number) < at]


def _near(request: Request, other: Request, limits: Limits) -> Earlier | None:
    if _plain(request.wanted) == _plain(other.wanted):
        advice = _SAME_OPEN if other.answered is None else _SAME_ANSWERED.fill(day=other.answered.isoformat())
        return Earlier(request=other, likeness=Likeness.SAME, score=1.0, advice=advice)
    score = likeness(request.wanted, other.wanted)
    if score < limits.similar:
        return None
    advice = _SIMILAR.fill(percent=int(score * 100))
    return Earlier(request=other, likeness=Likeness.SIMILAR, score=score, advice=advice)


def _plain(words: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", words).casefold() if sign.isalnum())


def _pairs(words: str) -> Counter[str]:
    plain = f"^{_plain(words)}$"
    return (
        Counter(plain[place : place + 2] for place in range(len(plain) - 1)) if len(plain) > 2 else Counter()
    )
