"""Amend an entry: a change of the world from a day on, or a correction of an error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.contracts import AmendKind, EntryChanged, KeyTaken, Written, WrongEffectiveDay
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.faults import refuse_faults, texts_of
from yiwang.registers.queries.present import locked
from yiwang.registers.queries.referring import key_of, reference_fields, referrers
from yiwang.registers.rules.days import civil_day
from yiwang.registers.rules.values import Value
from yiwang.registers.tables.running import Parameter, row
from yiwang.registers.tables.writing import amend, one_row, row_parameters

OPERATION = "registers.entry.amend"
#: More entries than these are not re-pointed in one act.
MOST_LINKS = 5_000


@command(operation=OPERATION)
def amend_entry(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    entry: int,
    version: int,
    values: Mapping[str, Value],
    kind: AmendKind,
    valid_from: date | None = None,
) -> Written:
    """Write a new version over the expected one; only the given fields differ.

    A *change* holds from ``valid_from`` (today unless said) and leaves what was so before; a *correction*
    replaces what was wrongly recorded for its whole time.

    Raises:
        EntryChanged: somebody else wrote first.
        EntryRefused: values break the register's rules.
        WrongEffectiveDay: a change must not begin before the present version did, nor in the future.
    """
    definition = get_register(register)
    present = locked(definition, entry, version=version, at=at)
    permit(Scope(organisations=(definition.owner, present.source)), subject=f"register:{register}:{entry}")
    return record_amendment(
        by=actor.account_id,
        at=at,
        register=register,
        entry=entry,
        version=version,
        values=values,
        kind=kind,
        valid_from=valid_from,
    )


def record_amendment(
    *,
    by: int | None,
    at: datetime,
    register: str,
    entry: int,
    version: int,
    values: Mapping[str, Value],
    kind: AmendKind,
    valid_from: date | None = None,
    basis: str = "",
) -> Written:
    """The same as a consequence of another command, which has asked for its own act.

    ``basis`` is the case number on which it is written.
    """
    definition = get_register(register)
    present = locked(definition, entry, version=version, at=at)
    key = key_of(definition, entry) if definition.key in values else None
    day = _effective_day(kind, present.valid_from, valid_from, today=civil_day(at))
    texts = texts_of(definition, values)
    if not texts:
        return Written(register=register, entry=entry, version=version)
    fields = [field for field in definition.fields if field.name in texts]
    refuse_faults(definition, fields, texts, valid_from=day, but_entry=entry)
    parameters: dict[str, Parameter] = {
        **row_parameters(texts),
        "entry": entry, "version": version, "valid_from": day, "at": at, "by": by, "basis": basis,
        "act": kind,
    }  # fmt: skip
    statement = amend(definition, fields, one_row(texts), correction=kind == "correction")
    try:
        with transaction.atomic():
            found = row(statement, parameters)
    except IntegrityError as problem:
        raise KeyTaken(register=register) from problem
    if found is None:
        raise EntryChanged(entry=entry)
    changed: list[Json] = [field.name for field in fields]
    note(act=kind, fields=changed)
    emit("EntryAmended", f"register:{register}:{entry}", version=found[0], act=kind, fields=changed)
    if key is not None and (renamed := key_of(definition, entry)) != key:
        repoint(register, key, str(renamed), by=by, at=at, basis=basis or f"{register}:{entry}")
    return Written(register=register, entry=entry, version=found[0])


def repoint(
    register: str, old: str, new: str, *, by: int | None, at: datetime, basis: str
) -> list[dict[str, Json]]:
    """Let references of all registers follow a key; gives ``{"register", "entry", "field"}`` of each.

    Whoever owns those registers: what they refer to is the same as before, under another key.
    """
    found: list[dict[str, Json]] = []
    for definition, field in reference_fields(register):
        for referrer in referrers(definition, field, old, most=MOST_LINKS, lock=True):
            record_amendment(
                by=by,
                at=at,
                register=definition.code,
                entry=referrer.entry,
                version=referrer.version,
                values={field.name: new},
                kind="correction",
                basis=basis,
            )
            found.append({"register": definition.code, "entry": referrer.entry, "field": field.name})
    return found


def _effective_day(kind: AmendKind, began: date, wanted: date | None, *, today: date) -> date:
    if kind == "correction":
        return began
    # on the day on which the present version began: it held for no whole day, but is kept as once believed
    day = wanted or today
    if not began <= day <= today:
        raise WrongEffectiveDay(earliest=began, latest=today)
    return day
