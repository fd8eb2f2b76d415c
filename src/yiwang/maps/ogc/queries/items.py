"""Features in one statement: the law, the rows, their JSON; made by the database, passed on as text.

As with tiles (:mod:`yiwang.maps.queries.tiles`) what a reader sees is decided once, remembered with the mark
of the law, and a statement gives rows only while that mark is the same.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import DataError, InternalError
from psycopg import sql

from yiwang.exchange.api import LAWFUL, SAME_LAW, Caller, law_mark
from yiwang.kernel.memory import Memory
from yiwang.kernel.text import Text
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.ogc.contracts import FeatureNotFound, FilterWrong
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.bounds import Params
from yiwang.maps.ogc.queries.selecting import Written, count_of, one_of, page_of
from yiwang.maps.ogc.queries.straight_pages import (
    StraightPage,
    straight_page,
    straight_params,
    straight_text,
)
from yiwang.maps.ogc.rules.systems import System
from yiwang.maps.queries.layers import ReadLayer, is_seen_as_before, read_layers
from yiwang.platform.contracts import Actor, TimeLimitReached
from yiwang.platform.sql import Kept, fetch_kept, fetch_within, keep, unless_outdated
from yiwang.platform.sql import Params as Values

#: A page that takes longer is not given.
MOST_MILLISECONDS = 10_000
#: Entries that are counted; where there are more, nothing is said.
MOST_COUNTED = 10_000
_MOST_COUNT_MILLISECONDS = 2_000
_MOST_REMEMBERED = 1_000
#: A page is planned for its own box, and by one process: others take longer to start than a page takes.
_FRESH = (
    "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), "
    "set_config('max_parallel_workers_per_gather', '0', true)"
)
_FRAME = sql.SQL("WITH lawful AS MATERIALIZED ({}) SELECT p.* FROM lawful LEFT JOIN LATERAL ({}) p ON TRUE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Features as texts, in the order of their entries; ``after`` names the last where there are more."""

    read: ReadLayer
    features: tuple[str, ...]
    after: int | None
    matched: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided for a reader, and under which law."""

    law: uuid.UUID
    read: ReadLayer
    ones: dict[tuple[int, bool, Written], Kept]
    pages: dict[StraightPage, Kept]


Rows = list[tuple[object, ...]]
#: A statement that asks for a token with the law is another one than one that does not.
_Place = tuple[str, bool, bool, bool, str, str, frozenset[str]]
_memory: Memory[_Place, Decided] = Memory(_MOST_REMEMBERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who asks, at what time, and with which token if it is a system."""

    actor: Actor | None
    at: datetime
    caller: Caller | None = None

    @property
    def who(self) -> tuple[str, str, frozenset[str]]:
        """What of him decides what he sees."""
        actor = self.actor
        return ("", "", frozenset()) if actor is None else (actor.kind, actor.organisation, actor.roles)


def read_page(reader: Reader, code: str, asked: Asked, written: Written = "geojson") -> Page | None:
    """A page; None only where the reader's token does not count any more.

    Raises:
        LayerNotFound, FilterWrong, TimeLimitReached
    """
    then, during = times_of(asked)
    for _ in range(3):
        decided = decide(reader, code, then=then, during=during)
        try:
            rows = _straight(reader, decided, asked, written)
            if rows is None:
                rows = unless_outdated(partial(_planned, reader, decided, asked, written))
        except (DataError, InternalError):
            raise not_computed() from None
        if rows:
            shown: Rows = [(entry, said) for entry, said in rows if entry is not None]
            try:
                return _page(decided.read, asked, shown, reader)
            except (DataError, InternalError):
                raise not_computed() from None
        forget(reader, code, then=then, during=during)
    not_lawful(reader, code)
    return None


def _straight(reader: Reader, decided: Decided, asked: Asked, written: Written) -> Rows | None:
    """Rows by a kept statement: none where the law is another one; None where no such statement does."""
    page = straight_page(decided.read, asked, written)
    if page is None:
        return None
    kept = decided.pages.get(page)
    if kept is None:
        kept = keep(framed(reader, straight_text(decided.read, page)).as_string())
        decided.pages[page] = kept
    rows = unless_outdated(partial(fetch_kept, kept, lawful(reader, decided) | straight_params(asked)))
    if rows and rows[0][0]:
        return None
    return [(entry, said) for _, entry, said in rows]


def _planned(reader: Reader, decided: Decided, asked: Asked, written: Written) -> Rows:
    """Rows by a statement that is planned for what is asked, within a time."""
    params = lawful(reader, decided)
    text = page_of(decided.read, asked, params, written)
    statements: list[tuple[str, Values]] = [(_FRESH, ()), (framed(reader, text).as_string(), params)]
    return fetch_within(MOST_MILLISECONDS, statements)[-1]


def read_one(
    reader: Reader, code: str, entry: int, system: System, written: Written = "geojson"
) -> tuple[ReadLayer, str] | None:
    """One feature; None only where the reader's token does not count any more.

    Raises:
        LayerNotFound, FeatureNotFound
    """
    for _ in range(3):
        decided = decide(reader, code, then=False, during=False)
        place = (system.srid, system.is_north_first, written)
        kept = decided.ones.get(place)
        if kept is None:
            kept = keep(framed(reader, one_of(decided.read, system, written)).as_string())
            decided.ones[place] = kept
        rows = unless_outdated(partial(fetch_kept, kept, lawful(reader, decided) | {"entry": entry}))
        if rows:
            if rows[0][1] is None:
                raise FeatureNotFound(layer=code, feature=str(entry))
            return decided.read, str(rows[0][1])
        forget(reader, code, then=False, during=False)
    not_lawful(reader, code)
    return None


def _page(read: ReadLayer, asked: Asked, rows: Rows, reader: Reader) -> Page:
    shown, matched = rows[: asked.limit], None
    has_more = len(rows) > asked.limit
    if asked.after == 0 and not has_more and (shown or not asked.skip):
        matched = asked.skip + len(shown)
    elif asked.is_counted:
        matched = _counted(read, asked, reader)
    return Page(
        read=read,
        features=tuple(str(said) for _, said in shown),
        after=int(str(shown[-1][0])) if has_more else None,
        matched=matched,
    )


def _counted(read: ReadLayer, asked: Asked, reader: Reader) -> int | None:
    params: Params = {"known": reader.at}
    statement = count_of(read, asked, params, MOST_COUNTED + 1)
    try:
        _, ((number,),) = fetch_within(
            _MOST_COUNT_MILLISECONDS, [(_FRESH, ()), (statement.as_string(), params)]
        )
    except TimeLimitReached:  # the page was read: it goes out without a word on how many there are
        return None
    found = int(str(number))
    return found if found <= MOST_COUNTED else None


def times_of(asked: Asked) -> tuple[bool, bool]:
    """Whether one day is asked for, and whether a span of days."""
    if asked.span is None:
        return False, False
    return asked.span.is_one_day, not asked.span.is_one_day


def decide(reader: Reader, code: str, *, then: bool, during: bool) -> Decided:
    """What a reader sees of a layer, remembered while the law is the same.

    Raises:
        LayerNotFound
    """
    place = (code, then, during, reader.caller is not None, *reader.who)
    decided = _memory.get(place)
    if decided is not None and is_seen_as_before(reader.actor, decided.read):
        return decided
    law = law_mark()
    (read,) = read_layers(reader.actor, (code,), then=then, during=during)
    if law is None:
        raise LayerNotFound(layer=code)
    return _memory.keep(place, Decided(law=law, read=read, ones={}, pages={}))


def forget(reader: Reader, code: str, *, then: bool, during: bool) -> None:
    """Decide anew the next time."""
    _memory.forget((code, then, during, reader.caller is not None, *reader.who))


def lawful(reader: Reader, decided: Decided) -> Params:
    """What the statement asks the law by."""
    params: Params = {"mark": decided.law, "at": reader.at, "known": reader.at}
    if reader.caller is not None:
        params["token"] = reader.caller.token_hash
    return params


def framed(reader: Reader, text: sql.Composable) -> sql.Composed:
    """The statement: no row at all where the law is another one by now."""
    return _FRAME.format(sql.SQL(LAWFUL if reader.caller is not None else SAME_LAW), text)


def not_lawful(reader: Reader, code: str) -> None:
    """The law changed three times meanwhile, or the token ended.

    Raises:
        LayerNotFound: the former.
    """
    if reader.caller is None:
        raise LayerNotFound(layer=code)


def not_computed() -> FilterWrong:
    """The database can't compute with what was asked."""
    return FilterWrong(
        where="geometry", why=Text("数据库不能按此条件计算", "the database can't compute with this")
    )
