"""Merge two entries that are the same: one survives, the other ends and points to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Q

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.commands.amend_entry import record_amendment, repoint
from yiwang.registers.contracts import (
    EntryChanged,
    KeyNotMerged,
    MergeView,
    PairDecided,
    PairNotFound,
    PairState,
    Seen,
)
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import DuplicatePair, Merge
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.duplicates import (
    find_pair,
    merge_view,
    values_now,
    visible_fields,
)
from yiwang.registers.queries.present import locked
from yiwang.registers.tables.running import row
from yiwang.registers.tables.writing import disbelieve

OPERATION = "registers.duplicate.merge"


@command(operation=OPERATION)
def merge_entries(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    pair: int,
    survivor: int,
    versions: tuple[int, int],
    take: Collection[str] = (),
) -> MergeView:
    """Let ``survivor`` stand, with the values of the fields ``take`` from the other entry.

    ``versions`` are those of the entry with the lower and the higher number that were compared. The other
    entry ends as one that never was another; entries of all registers that refer to it refer to the
    survivor from now on. All of it stays in the history and can be undone.

    Raises:
        PairDecided, EntryChanged: somebody else was first; nothing was changed.
        KeyNotMerged: the key of the survivor stays, and what the officer doesn't see can't be taken.
    """
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    decided = find_pair(definition, pair, lock=True)
    if decided.state != PairState.OPEN:
        raise PairDecided(register=register)
    if survivor not in (decided.low, decided.high):
        raise PairNotFound(register=register)
    _refuse_fields(definition, actor, take)
    lasting = dict(zip((decided.low, decided.high), versions, strict=True))
    for entry, version in lasting.items():  # by number, so that two merges never wait for each other
        locked(definition, entry, version=version, at=at)
    retired = decided.high if survivor == decided.low else decided.low
    given = values_now(definition, retired)
    kept = values_now(definition, survivor)
    merge = Merge(
        pair=decided,
        register=register,
        survivor=survivor,
        survivor_before=lasting[survivor],
        survivor_after=lasting[survivor],
        retired=retired,
        retired_version=lasting[retired],
        at=at,
        by=actor.account_id,
    )
    merge.save(force_insert=True)
    _end(definition, retired, lasting[retired], at=at)
    merge.fields = [name for name in definition.names if name in take and given[name] != kept[name]]
    _take_over(merge, {name: given[name] for name in merge.fields}, at=at)
    key = definition.key
    merge.links = repoint(
        register, str(given[key]), str(kept[key]), by=actor.account_id, at=at, basis=basis_of(merge)
    )
    merge.save(update_fields=["fields", "links", "survivor_after"])
    _settle(decided, retired, by=actor.account_id, at=at)
    note(merge=merge.pk, fields=list(merge.fields), links=len(merge.links))
    emit("EntriesMerged", f"register:{register}:{survivor}", merge=merge.pk, retired=retired)
    return merge_view(merge)


def basis_of(merge: Merge) -> str:
    """What versions that a merge writes are written on."""
    return f"merge:{merge.pk}"


def _refuse_fields(definition: RegisterDefinition, actor: Actor, take: Collection[str]) -> None:
    view = visible_fields(actor, definition)
    for name in take:
        if name == definition.key or view.get(name) is not Seen.CLEAR:
            raise KeyNotMerged(field=name[:40])


def _end(definition: RegisterDefinition, entry: int, version: int, *, at: datetime) -> None:
    ended = row(disbelieve(definition), {"entry": entry, "version": version, "at": at, "act": "merged"})
    if ended is None:
        raise EntryChanged(entry=entry)
    emit("EntryRetired", f"register:{definition.code}:{entry}", version=version)


def _take_over(merge: Merge, values: Mapping[str, Json], *, at: datetime) -> None:
    if values:
        merge.survivor_after = record_amendment(
            by=merge.by,
            at=at,
            register=merge.register,
            entry=merge.survivor,
            version=merge.survivor_before,
            values=values,
            kind="correction",
            basis=basis_of(merge),
        ).version


def _settle(decided: DuplicatePair, retired: int, *, by: int | None, at: datetime) -> None:
    decided.state, decided.decided_at, decided.decided_by = PairState.MERGED, at, by
    decided.save(update_fields=["state", "decided_at", "decided_by"])
    DuplicatePair.objects.filter(
        Q(low=retired) | Q(high=retired), register=decided.register, state=PairState.OPEN
    ).update(state=PairState.GONE)
