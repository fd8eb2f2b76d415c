"""Retire an entry: it ends on a day and stays in the history."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import EntryChanged, Written, WrongEffectiveDay
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.present import locked
from yiwang.registers.rules.days import civil_day
from yiwang.registers.tables.running import Parameter, row
from yiwang.registers.tables.writing import retire

OPERATION = "registers.entry.retire"


@command(operation=OPERATION)
def retire_entry(
    *, actor: Actor, at: datetime, register: str, entry: int, version: int, valid_to: date | None = None
) -> Written:
    """End an entry; ``valid_to`` is the first day on which it no longer holds (today unless said).

    Raises:
        EntryChanged: somebody else wrote first.
        WrongEffectiveDay: the end lies before the present version began, or in the future.
    """
    definition = get_register(register)
    present = locked(definition, entry, version=version, at=at)
    permit(Scope(organisations=(definition.owner, present.source)), subject=f"register:{register}:{entry}")
    return record_retirement(at=at, register=register, entry=entry, version=version, valid_to=valid_to)


def record_retirement(
    *, at: datetime, register: str, entry: int, version: int, valid_to: date | None = None
) -> Written:
    """The same as a consequence of another command, which has asked for its own act."""
    definition = get_register(register)
    present = locked(definition, entry, version=version, at=at)
    today = civil_day(at)
    day = valid_to or today
    if not present.valid_from <= day <= today:
        raise WrongEffectiveDay(earliest=present.valid_from, latest=today)
    parameters: dict[str, Parameter] = {
        "entry": entry,
        "version": version,
        "valid_from": day,
        "at": at,
        "act": "retired",
    }
    found = row(retire(definition), parameters)
    if found is None:
        raise EntryChanged(entry=entry)
    emit("EntryRetired", f"register:{register}:{entry}", version=found[0])
    return Written(register=register, entry=entry, version=0)
