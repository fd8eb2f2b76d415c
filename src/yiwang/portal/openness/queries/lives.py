"""The lives of policy files, from confirmed acts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import LiteralString

from yiwang.kernel.text import Text, text_from
from yiwang.platform import sql
from yiwang.portal.openness.contracts import ActView
from yiwang.portal.openness.models import FileAct, Item
from yiwang.portal.openness.rules.life import ActKind, File, LifeAct, State, last_day, state_on

_LOCK: LiteralString = "SELECT count(pg_advisory_xact_lock(hashtextextended('openness.lives', 0)))"


def lock_lives() -> None:
    """Whoever changes a life waits for whoever else does: acts on two files judge each other."""
    sql.fetch_number(_LOCK)


def life_file_of(row: Item) -> File:
    """A policy file for the rules."""
    return File(id=row.pk, from_day=row.from_day or row.made_on, until=row.until)


def life_act_of(row: FileAct, *, last: int = 0) -> LifeAct:
    """An act for the rules; one that was never saved has the number ``last``."""
    return LifeAct(
        id=row.pk or last, kind=ActKind(row.kind), target=row.target_id, by=row.by_id, on=row.on,
        until=row.until,
    )  # fmt: skip


def states_of(rows: Iterable[Item], *, on: date) -> dict[int, tuple[State, date | None]]:
    """Where each policy file stands on a day, and its last day by its own words and by prolongations."""
    files = [life_file_of(row) for row in rows]
    acts = _confirmed({file.id for file in files})
    return {file.id: (state_on(file, acts, on), last_day(file, acts)) for file in files}


def acts_of(item: int, *, also_waiting: bool = False) -> tuple[ActView, ...]:
    """What was done to a file and what it did, by day; unconfirmed acts only for the desk."""
    suffered = FileAct.objects.filter(target_id=item)
    done = FileAct.objects.filter(by_id=item)
    if not also_waiting:
        suffered, done = (rows.filter(confirmed_at__isnull=False) for rows in (suffered, done))
    views = [
        *(_seen(row, row.by, is_done=False) for row in suffered.select_related("by")),
        *(_seen(row, row.target, is_done=True) for row in done.select_related("target")),
    ]
    return tuple(sorted(views, key=lambda act: (act.on, act.id)))


def _confirmed(ids: Collection[int]) -> list[LifeAct]:
    rows = FileAct.objects.filter(target_id__in=list(ids), confirmed_at__isnull=False)
    return [life_act_of(row) for row in rows]


def _seen(row: FileAct, other: Item | None, *, is_done: bool) -> ActView:
    title = Text(row.by_title, row.by_title) if other is None else text_from(other.title)
    return ActView(
        id=row.pk,
        kind=ActKind(row.kind),
        done=is_done,
        on=row.on,
        until=row.until,
        other=other.pk if other is not None and other.published_at is not None else None,
        title=title,
        confirmed=row.confirmed_at is not None,
        entered_by=row.entered_by,
    )
