"""What is wrong on a site on a day, with the last day for mending each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from yiwang.kernel.calendar import WorkCalendar
from yiwang.kernel.text import Text
from yiwang.portal.publishing.definitions import ColumnKind, FreshnessRules
from yiwang.portal.publishing.rules.freshness import (
    Column,
    Freshness,
    State,
    after_working_days,
    freshness,
    months_later,
)
from yiwang.portal.publishing.rules.veto import LETTER_WARNING, OpenLetter, SiteState, VetoItem, veto_items
from yiwang.portal.watching.contracts import Item, Wrong

_HOME = Text("首页", "First page")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A serious error or a dead link on a published page: where it stands and what it is."""

    key: str
    page: int
    place: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that was seen of a site on a day; ``names`` and ``pages`` are those of its columns by key."""

    probes: int
    failed_probes: int
    columns: tuple[Column, ...]
    names: Mapping[str, Text]
    pages: Mapping[str, int]
    errors: tuple[Fault, ...]
    links: tuple[Fault, ...]
    letters: tuple[OpenLetter, ...]


#: The day on which something was found that is still open, by item and key.
Found = Mapping[tuple[Item, str], date]


def wrongs(
    seen: Seen, found: Found, *, rules: FreshnessRules, on: date, calendar: WorkCalendar
) -> Iterator[Wrong]:
    """Everything that is wrong; days of grace begin on the day after something was found."""

    def mend(item: Item, key: str, days: int) -> date:
        return after_working_days(found.get((item, key), on), days, calendar)

    yield from _down(seen, rules, on)
    for column in seen.columns:
        if column.changed_on is None and column.kind is not ColumnKind.HOME:
            until = mend(Item.COLUMNS_EMPTY, column.key, rules.empty_days)
            text = Text("栏目下没有内容", "there is nothing in this column")
            yield _of_column(seen, column, Item.COLUMNS_EMPTY, text, until)
            continue
        stands = freshness(column, rules=rules, on=on, calendar=calendar)
        if stands.state is not State.OK:
            yield _stale(seen, stands)
    for item, faults, days in (
        (Item.SERIOUS_ERRORS, seen.errors, rules.error_days),
        (Item.DEAD_LINKS, seen.links, rules.link_days),
    ):
        for fault in faults:
            until = mend(item, fault.key, days)
            yield Wrong(
                item=item, key=fault.key, place=fault.place, text=fault.text, until=until, page=fault.page
            )
    yield from _letters(seen.letters, rules, on)


def items(
    seen: Seen, open_now: Iterable[Wrong], *, rules: FreshnessRules, on: date, calendar: WorkCalendar
) -> tuple[VetoItem, ...]:
    """The single-veto items; what is still in its days of grace warns and does not count."""
    state = SiteState(
        probes=seen.probes,
        failed_probes=seen.failed_probes,
        columns=seen.columns,
        serious_errors=tuple(fault.key for fault in seen.errors),
        letters=seen.letters,
        excused=frozenset(wrong.key for wrong in open_now if on <= wrong.until),
    )
    return veto_items(state, rules=rules, on=on, calendar=calendar)


def state_of_links(open_now: Iterable[Wrong], on: date) -> tuple[State, int]:
    """How the dead links of a site stand, and how many there are."""
    untils = [wrong.until for wrong in open_now if wrong.item is Item.DEAD_LINKS]
    if not untils:
        return State.OK, 0
    return (State.OVERDUE if on > min(untils) else State.WARN), len(untils)


def state_of_site(found: Iterable[VetoItem], links: State) -> State:
    """Red by any single-veto item; yellow by any warning, also of links."""
    states = [one.state for one in found]
    if State.OVERDUE in states:
        return State.OVERDUE
    return State.WARN if State.WARN in states or links is not State.OK else State.OK


def _down(seen: Seen, rules: FreshnessRules, on: date) -> Iterator[Wrong]:
    if seen.failed_probes:
        days, failed, tries = rules.probe_days, seen.failed_probes, seen.probes
        text = Text(
            f"{days}日内访问{tries}次，失败{failed}次",
            f"{failed} of {tries} tries failed within {days} days",
        )
        yield Wrong(item=Item.SITE_DOWN, key="home", place=_HOME, text=text, until=on)


def _stale(seen: Seen, stands: Freshness) -> Wrong:
    column, last_day, overdue_from = stands.column, stands.last_day, stands.overdue_from
    if last_day is None or overdue_from is None:
        raise ValueError("a column without a term is never stale")
    changed = column.changed_on or column.opened_on
    is_home = column.kind is ColumnKind.HOME
    text = Text(
        f"最近更新于{changed}，更新期限到{last_day}",
        f"last changed on {changed}, its term ends on {last_day}",
    )
    item = Item.HOME_NOT_UPDATED if is_home else Item.COLUMNS_NOT_UPDATED
    return _of_column(seen, column, item, text, overdue_from - _DAY)


def _of_column(seen: Seen, column: Column, item: Item, text: Text, until: date) -> Wrong:
    key = column.key
    return Wrong(
        item=item,
        key=key,
        place=seen.names.get(key, _HOME),
        text=text,
        until=until,
        page=seen.pages.get(key, 0),
    )


def _letters(letters: Iterable[OpenLetter], rules: FreshnessRules, on: date) -> Iterator[Wrong]:
    since = months_later(on, -rules.look_back_months)
    for letter in letters:
        if not since <= letter.received_on <= on or (letter.answered_on and letter.answered_on <= on):
            continue
        until = months_later(letter.received_on, rules.answer_months)
        if on > until - LETTER_WARNING:
            place = Text(f"来信{letter.key}", f"Letter {letter.key}")
            text = Text(
                f"收到于{letter.received_on}，尚未答复", f"came on {letter.received_on}, not answered"
            )
            yield Wrong(item=Item.NOT_ANSWERED, key=letter.key, place=place, text=text, until=until)
