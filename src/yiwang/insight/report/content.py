"""What a monthly report says: gathered once, written as a workbook and as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from yiwang.cases.api import (
    applied_types,
    daily,
    evidence,
    item_figures,
    last_answers,
    standing,
    step_figures,
    tallies,
)
from yiwang.cases.contracts import AppliedType
from yiwang.cases.contracts.figures import (
    Dimension,
    Evidence,
    Indicator,
    ItemFigures,
    LastAnswer,
    Standing,
    StepFigures,
)
from yiwang.identity.api import account_names, find_organisation, organisation_names
from yiwang.insight.contracts import DepartmentScore, NoScoringScheme
from yiwang.insight.queries.scores import by_key, department_scores, may_see_officer, officer_scores
from yiwang.insight.rules.months import Month
from yiwang.insight.rules.scores import percent
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

#: Rows of a list in the workbook; a city with more cards a month than this reads them in the desk.
MOST_ROWS = 5000
WHOLE_CITY = Text("全市", "The whole city")


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLine:
    """A department in a month, in whole numbers; rates follow from them."""

    organisation: str
    title: Text
    received: int
    supplemented: int
    limits: int
    on_time: int
    yellow: int
    red: int
    notices: int
    notices_in_time: int
    ratings: int
    rating_levels: int
    score: Decimal | None
    grade: Text | None

    @property
    def on_time_rate(self) -> Decimal | None:
        """In percent."""
        return percent(self.on_time, self.limits)

    @property
    def supplement_rate(self) -> Decimal | None:
        """In percent of what was received."""
        return percent(self.supplemented, self.received)

    @property
    def rating(self) -> Decimal | None:
        """Mean of the levels, 1 to 5."""
        return (
            (Decimal(self.rating_levels) / self.ratings).quantize(Decimal("0.01")) if self.ratings else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """A service item in a month, beside what the law gives and what was promised."""

    figures: ItemFigures
    title: Text
    statutory: Text
    promised: Text
    longest_step: Text | None
    longest_median_hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """All of a report."""

    month: Month
    organisation: str
    scope: Text
    counted_at: datetime
    received: int
    ended: int
    standing: Standing | None
    departments: tuple[DepartmentLine, ...]
    officers: tuple[DepartmentScore, ...]
    items: tuple[ItemLine, ...]
    steps: tuple[StepFigures, ...]
    last_answers: tuple[LastAnswer, ...]
    cards: tuple[Evidence, ...]
    notices: tuple[Evidence, ...]
    names: dict[str, Text]
    people: dict[int, str]
    types: dict[str, AppliedType]


def gather(
    *, actor: Actor, month: Month, organisation: str, at: datetime, done: Callable[[int], None]
) -> ReportContent:
    """Count everything within the actor's reach; ``done`` hears of each step."""
    since, until = month.since, month.until
    lines = department_lines(actor=actor, month=month, at=at)
    done(1)
    types = {kind.code: kind for kind in applied_types()}
    steps = step_figures(actor=actor, since=since, until=until)
    items = item_lines(item_figures(actor=actor, since=since, until=until), steps, types)
    done(2)
    days = daily(actor=actor, since=since, until=until, first=month.first, last=month.last)
    whole = standing(actor=actor, at=at)[Dimension.WHOLE]
    answers = last_answers(actor=actor, since=since, until=until)
    done(3)
    cards, notices = (
        evidence(actor=actor, at=at, since=since, until=until, indicator=indicator, most=MOST_ROWS).rows
        for indicator in (Indicator.CARDS, Indicator.NOTICES)
    )
    officers = _officers(actor, month, at)
    visible = {
        row.officer_id
        for row in cards
        if row.officer_id and may_see_officer(actor, row.organisation, row.officer_id)
    }
    named = {line.organisation for line in lines} | {row.organisation for row in (*cards, *notices)}
    named |= {row.organisation for row in answers}
    return ReportContent(
        month=month,
        organisation=organisation,
        scope=_scope(organisation),
        counted_at=at,
        received=sum(day.received for day in days),
        ended=sum(day.ended for day in days),
        standing=whole[0] if whole else None,
        departments=lines,
        officers=officers,
        items=items,
        steps=steps,
        last_answers=answers,
        cards=cards,
        notices=notices,
        names=organisation_names(named),
        people=account_names(visible),
        types=types,
    )


def department_lines(*, actor: Actor, month: Month, at: datetime) -> tuple[DepartmentLine, ...]:
    """The departments within reach, with their scores where the city scores."""
    counted = by_key(tallies(actor=actor, at=at, since=month.since, until=month.until))
    try:
        scores = {
            found.organisation: found.score for found in department_scores(actor=actor, month=month, at=at)
        }
    except NoScoringScheme:
        scores = {}
    names = organisation_names([organisation for organisation, _ in counted])
    lines = []
    for (organisation, _), counts in counted.items():
        limits, cards = counts.get(Indicator.ON_TIME, {}), counts.get(Indicator.CARDS, {})
        notices, ratings = counts.get(Indicator.NOTICES, {}), counts.get(Indicator.RATINGS, {})
        supplements = counts.get(Indicator.SUPPLEMENTS, {})
        found = scores.get(organisation)
        lines.append(
            DepartmentLine(
                organisation=organisation,
                title=names[organisation],
                received=sum(supplements.values()),
                supplemented=supplements.get("supplemented", 0),
                limits=sum(limits.values()),
                on_time=limits.get("on_time", 0),
                yellow=cards.get("yellow", 0),
                red=cards.get("red", 0),
                notices=sum(notices.values()),
                notices_in_time=notices.get("in_time", 0),
                ratings=sum(ratings.values()),
                rating_levels=sum(int(level) * count for level, count in ratings.items()),
                score=found.total if found else None,
                grade=found.grade if found else None,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-(line.score or 0), line.organisation)))


def item_lines(
    figures: Iterable[ItemFigures], steps: Iterable[StepFigures], types: dict[str, AppliedType]
) -> tuple[ItemLine, ...]:
    """Items with their limits and the step in which most time went by; the largest first."""
    longest: dict[str, StepFigures] = {}
    for step in steps:
        if step.type_code not in longest or step.total_hours > longest[step.type_code].total_hours:
            longest[step.type_code] = step
    lines = []
    for found in figures:
        kind, slowest = types.get(found.type_code), longest.get(found.type_code)
        lines.append(
            ItemLine(
                figures=found,
                title=kind.title if kind else Text(found.type_code, found.type_code),
                statutory=_limit(kind, "statutory_limit"),
                promised=_limit(kind, "promised_limit"),
                longest_step=kind.step(slowest.node) if kind and slowest else None,
                longest_median_hours=slowest.median_hours if slowest else None,
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.figures.received, line.figures.type_code)))


UNIT_TEXTS = {
    "working_days": Text("个工作日", "working days"),
    "calendar_days": Text("日", "days"),
    "working_minutes": Text("个工作分钟", "working minutes"),
}
_AT_ONCE = Text("即办", "At once")


def _limit(kind: AppliedType | None, name: str) -> Text:
    if kind is None:
        return Text("—", "—")
    limit = kind.definition.statutory_limit if name == "statutory_limit" else kind.definition.promised_limit
    unit = UNIT_TEXTS[limit.unit]
    return Text(f"{limit.amount}{unit.zh}", f"{limit.amount} {unit.en}") if limit.amount else _AT_ONCE


def _officers(actor: Actor, month: Month, at: datetime) -> tuple[DepartmentScore, ...]:
    try:
        return officer_scores(actor=actor, month=month, at=at)
    except NoScoringScheme:
        return ()


def _scope(organisation: str) -> Text:
    if not organisation:
        return WHOLE_CITY
    found = find_organisation(organisation)
    return found.name if found is not None else Text(organisation, organisation)
