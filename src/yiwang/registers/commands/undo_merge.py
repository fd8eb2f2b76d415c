"""Undo a merge: both entries stand as they were, and references point back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.commands.amend_entry import record_amendment
from yiwang.registers.commands.merge_entries import OPERATION, basis_of
from yiwang.registers.contracts import (
    ChangedSinceMerge,
    EntryNotFound,
    KeyTaken,
    MergeView,
    PairDecided,
    PairNotFound,
    PairState,
)
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import DuplicatePair, Merge
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.duplicates import merge_view, values_now, values_of_version
from yiwang.registers.queries.present import find_standing
from yiwang.registers.rules.merging import Stand, way_back
from yiwang.registers.tables.running import Parameter, row
from yiwang.registers.tables.writing import revive


@command(operation=OPERATION)
def undo_merge(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    merge: int,
    choices: Mapping[str, Stand] | None = None,
) -> MergeView:
    """Give the merged fields of the survivor their values back and the other entry its place.

    The pair waits for a decision again. What was re-pointed points back, unless it was pointed elsewhere.

    Raises:
        PairDecided: it was undone already.
        EntryNotFound: the survivor has ended since.
        ChangedSinceMerge: merged fields were written again; ``choices`` says of each which value stands.
        KeyTaken: its key, or another unique value, was entered anew since.
    """
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    done = Merge.objects.select_for_update().filter(pk=merge, register=register).first()
    if done is None:
        raise PairNotFound(register=register)
    if done.undone_at is not None:
        raise PairDecided(register=register)
    standing = find_standing(register, entry=done.survivor)
    if standing is None:
        raise EntryNotFound(register=register)
    back = way_back(
        done.fields,
        before=values_of_version(definition, done.survivor, done.survivor_before),
        merged=_merged(definition, done, standing.version),
        present=values_now(definition, done.survivor),
        choices=choices or {},
    )
    if back.undecided:
        raise ChangedSinceMerge(fields=back.undecided)
    if back.restored:
        record_amendment(
            by=actor.account_id,
            at=at,
            register=register,
            entry=done.survivor,
            version=standing.version,
            values=back.restored,
            kind="correction",
            basis=basis_of(done),
        )
    _revive(definition, done, by=actor.account_id, at=at)
    _point_back(definition, done, by=actor.account_id, at=at)
    done.undone_at, done.undone_by = at, actor.account_id
    done.save(update_fields=["undone_at", "undone_by"])
    DuplicatePair.objects.filter(pk=done.pair_id).update(
        state=PairState.OPEN, decided_at=None, decided_by=None
    )
    emit("MergeUndone", f"register:{register}:{done.survivor}", merge=done.pk, retired=done.retired)
    return merge_view(done)


def _merged(definition: RegisterDefinition, done: Merge, now: int) -> Mapping[str, Json]:
    if done.survivor_after == now:
        return values_now(definition, done.survivor)
    return values_of_version(definition, done.survivor, done.survivor_after)


def _revive(definition: RegisterDefinition, done: Merge, *, by: int | None, at: datetime) -> None:
    parameters: dict[str, Parameter] = {
        "entry": done.retired, "version": done.retired_version, "at": at, "by": by, "basis": basis_of(done),
    }  # fmt: skip
    try:
        with transaction.atomic():
            revived = row(revive(definition), parameters)
    except IntegrityError as problem:
        raise KeyTaken(register=definition.code) from problem
    if revived is None:
        raise EntryNotFound(register=definition.code)
    emit("EntryEntered", f"register:{definition.code}:{done.retired}", version=revived[0])


def _point_back(definition: RegisterDefinition, done: Merge, *, by: int | None, at: datetime) -> None:
    old = str(values_now(definition, done.survivor)[definition.key])
    new = str(values_now(definition, done.retired)[definition.key])
    for link in done.links:
        code, entry, field = str(link["register"]), int(link["entry"]), str(link["field"])
        standing = find_standing(code, entry=entry)
        if standing is None or values_now(get_register(code), entry).get(field) != old:
            continue  # ended, or pointed elsewhere since: no longer the merge's doing
        record_amendment(
            by=by,
            at=at,
            register=code,
            entry=entry,
            version=standing.version,
            values={field: new},
            kind="correction",
            basis=basis_of(done),
        )
