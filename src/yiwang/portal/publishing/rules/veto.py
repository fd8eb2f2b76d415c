"""The single-veto items of site inspections: any one of them fails the whole site.

After the inspection indicators of 2019 (国办秘函〔2019〕19号); the thresholds in ``FreshnessRules`` are
unchecked. That a letter counts as long as it has no answer when one looks is our reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.text import Text
from yiwang.portal.publishing.definitions import ColumnKind, FreshnessRules
from yiwang.portal.publishing.rules.freshness import Column, Freshness, State, freshness, months_later

#: Days before a letter's last day on which its site is warned.
LETTER_WARNING = timedelta(days=14)


class Veto(StrEnum):
    """The items, in the order of the indicators."""

    SITE_DOWN = "site_down"
    HOME_NOT_UPDATED = "home_not_updated"
    COLUMNS_NOT_UPDATED = "columns_not_updated"
    COLUMNS_EMPTY = "columns_empty"
    SERIOUS_ERRORS = "serious_errors"
    NOT_ANSWERED = "not_answered"


VETO_TEXTS: dict[Veto, Text] = {
    Veto.SITE_DOWN: Text("站点无法访问", "Site down"),
    Veto.HOME_NOT_UPDATED: Text("首页不更新", "Home page not updated"),
    Veto.COLUMNS_NOT_UPDATED: Text("栏目不更新", "Columns not updated"),
    Veto.COLUMNS_EMPTY: Text("空白栏目", "Empty columns"),
    Veto.SERIOUS_ERRORS: Text("严重错误", "Serious errors"),
    Veto.NOT_ANSWERED: Text("互动回应差", "Letters not answered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLetter:
    """A valid question or suggestion through the site."""

    key: str
    received_on: date
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """What is known of a site: tries of its home page, columns, open serious errors by key, letters.

    ``excused`` are the keys of errors and empty columns that are still in their days of grace: they warn,
    and don't count yet.
    """

    probes: int
    failed_probes: int
    columns: tuple[Column, ...]
    serious_errors: tuple[str, ...]
    letters: tuple[OpenLetter, ...]
    excused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoItem:
    """One item: its state, the count and the threshold that it fails at, and the keys of what was counted.

    For ``SITE_DOWN`` count and threshold are percent, cut to a whole number.
    """

    item: Veto
    state: State
    count: int
    threshold: int
    keys: tuple[str, ...] = ()


def veto_items(
    site: SiteState, *, rules: FreshnessRules, on: date, calendar: WorkCalendar
) -> tuple[VetoItem, ...]:
    """All items of a site on a day, in the order of the indicators."""
    fresh = [freshness(column, rules=rules, on=on, calendar=calendar) for column in site.columns]
    return (
        _down(site, rules),
        _counted(Veto.HOME_NOT_UPDATED, [one for one in fresh if _is_home(one)], 1),
        _counted(
            Veto.COLUMNS_NOT_UPDATED,
            [one for one in fresh if not _is_home(one) and one.column.changed_on is not None],
            rules.stale_columns,
        ),
        _found(
            Veto.COLUMNS_EMPTY,
            [one.key for one in site.columns if one.changed_on is None and one.kind is not ColumnKind.HOME],
            rules.empty_columns,
            site.excused,
        ),
        _found(Veto.SERIOUS_ERRORS, list(site.serious_errors), rules.serious_errors, site.excused),
        _letters(site.letters, rules, on),
    )


def _down(site: SiteState, rules: FreshnessRules) -> VetoItem:
    percent = 100 * site.failed_probes // site.probes if site.probes else 0
    state = State.WARN if site.failed_probes else State.OK
    if site.probes >= rules.least_probes and 100 * site.failed_probes >= rules.down_percent * site.probes:
        state = State.OVERDUE
    return VetoItem(item=Veto.SITE_DOWN, state=state, count=percent, threshold=rules.down_percent)


def _is_home(one: Freshness) -> bool:
    return one.column.kind is ColumnKind.HOME


def _counted(item: Veto, fresh: list[Freshness], threshold: int) -> VetoItem:
    """Columns over their grace count; with fewer than the threshold, or some near their term, a warning."""
    over = tuple(one.column.key for one in fresh if one.state is State.OVERDUE)
    is_near = any(one.state is not State.OK for one in fresh)
    state = State.OVERDUE if len(over) >= threshold else State.WARN if is_near else State.OK
    return VetoItem(item=item, state=state, count=len(over), threshold=threshold, keys=over)


def _found(item: Veto, keys: list[str], threshold: int, excused: frozenset[str]) -> VetoItem:
    over = tuple(key for key in keys if key not in excused)
    state = State.OVERDUE if len(over) >= threshold else State.WARN if keys else State.OK
    return VetoItem(item=item, state=state, count=len(over), threshold=threshold, keys=over)


def _letters(letters: tuple[OpenLetter, ...], rules: FreshnessRules, on: date) -> VetoItem:
    since = months_later(on, -rules.look_back_months)
    waiting = [
        (one.key, months_later(one.received_on, rules.answer_months))
        for one in letters
        if since <= one.received_on <= on and (one.answered_on is None or one.answered_on > on)
    ]
    over = tuple(key for key, last_day in waiting if on > last_day)
    is_near = any(on > last_day - LETTER_WARNING for _, last_day in waiting)
    threshold = rules.unanswered_letters
    state = State.OVERDUE if len(over) >= threshold else State.WARN if is_near else State.OK
    return VetoItem(item=Veto.NOT_ANSWERED, state=state, count=len(over), threshold=threshold, keys=over)
