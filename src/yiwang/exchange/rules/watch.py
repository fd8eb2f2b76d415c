"""What looks need an explanation. Pure: counts in, findings out; every finding says what it compared.

A finding is a question to an officer, never a verdict: a flood, an inspection campaign or a night shift has
the same figures as curiosity. Whether a case stands behind a look is not asked here: without one the look
itself is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from yiwang.exchange.rules.days import BEIJING
from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.text import Text

#: Working hours with an hour of grace on either side (Regulations on working hours, article 7: 8 a day).
FIRST_HOUR, LAST_HOUR = 7, 20
#: Holidays and make-up workdays of the State Council's yearly arrangement.
_NATIONAL = WorkCalendar()
#: Under that no hour is remarkable, however quiet the officer used to be.
FEWEST_SUBJECTS = 20
TIMES_OWN, TIMES_PEERS = 5, 3
SAME_SUBJECT_A_DAY = 10
SUBJECTS_A_REFERENCE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """An officer's looks for a purpose in one hour, with what the day and the past say of them."""

    start: datetime
    looks: int
    subjects: int
    #: Mean of different subjects in an hour with looks, before this one: the officer's, the organisation's.
    usual_own: float | None
    usual_peers: float | None
    #: Most looks at one subject, and most subjects under one reference, on the day.
    most_of_one: int
    most_of_reference: int
    #: Looks at the officer's own data.
    of_oneself: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A rule that fired, with its figures."""

    rule: str
    figures: dict[str, float]


RULES: dict[str, Text] = {
    "day_of_rest": Text("在休息日查询 {found} 次", "{found} looks on a day of rest"),
    "odd_hour": Text(
        "在非工作时间（{hour}时）查询 {found} 次", "{found} looks outside working hours (at {hour} o'clock)"
    ),
    "many_subjects": Text(
        "一小时内查询 {found} 个对象，本人平时 {own} 个，本单位平时 {peers} 个，界限 {limit} 个",
        "{found} different subjects in an hour; usually {own}, colleagues {peers}, limit {limit}",
    ),
    "same_subject": Text(
        "一天内对同一对象查询 {found} 次（界限 {limit} 次）",
        "{found} looks at the same subject in a day (limit {limit})",
    ),
    "one_reference": Text(
        "一天内以同一文号查询 {found} 个对象（界限 {limit} 个）",
        "{found} subjects under one reference in a day (limit {limit})",
    ),
    "of_oneself": Text("查询本人信息 {found} 次", "{found} looks at the officer's own data"),
}


def remarks(hour: Hour) -> Iterator[Remark]:
    """Every rule that the hour breaks."""
    local = hour.start.astimezone(BEIJING)
    if hour.looks and not _NATIONAL.is_working(local.date()):
        yield Remark(rule="day_of_rest", figures={"found": hour.looks})
    elif hour.looks and not FIRST_HOUR <= local.hour < LAST_HOUR:
        yield Remark(rule="odd_hour", figures={"found": hour.looks, "hour": local.hour})
    limit = subjects_limit(hour.usual_own, hour.usual_peers)
    if hour.subjects > limit:
        figures = {"found": float(hour.subjects), "limit": limit}
        figures |= {"own": round(hour.usual_own or 0, 1), "peers": round(hour.usual_peers or 0, 1)}
        yield Remark(rule="many_subjects", figures=figures)
    if hour.most_of_one >= SAME_SUBJECT_A_DAY:
        yield Remark(rule="same_subject", figures={"found": hour.most_of_one, "limit": SAME_SUBJECT_A_DAY})
    if hour.most_of_reference >= SUBJECTS_A_REFERENCE:
        yield Remark(
            rule="one_reference", figures={"found": hour.most_of_reference, "limit": SUBJECTS_A_REFERENCE}
        )
    if hour.of_oneself:
        yield Remark(rule="of_oneself", figures={"found": hour.of_oneself})


def subjects_limit(own: float | None, peers: float | None) -> float:
    """How many different subjects an hour may have: against the officer's and the organisation's past.

    Whoever has no past is measured by colleagues, and by the floor where there are none.
    """
    limits = [TIMES_OWN * own if own is not None else 0.0, TIMES_PEERS * peers if peers is not None else 0.0]
    return max(float(FEWEST_SUBJECTS), *limits)


def sentence(rule: str, figures: dict[str, float]) -> Text:
    """The finding in words."""
    shown = {name: f"{value:g}" for name, value in figures.items()}
    return RULES[rule].fill(**shown) if rule in RULES else Text(rule, rule)
