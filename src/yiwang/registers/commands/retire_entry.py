"""Retire an entry: it ends on a day and stays in the history."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import EntryChanged, StillReferred, Written, WrongEffectiveDay
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.present import find_present, locked
from yiwang.registers.queries.referring import Referrer, key_of, reference_fields, referrers
from yiwang.registers.rules.days import civil_day
from yiwang.registers.tables.running import Parameter, row
from yiwang.registers.tables.writing import retire

OPERATION = "registers.entry.retire"
#: More entries than these do not follow in one act.
MOST_LINKS = 5_000


@command(operation=OPERATION)
def retire_entry(
    *, actor: Actor, at: datetime, register: str, entry: int, version: int, valid_to: date | None = None
) -> Written:
    """End an entry; ``valid_to`` is the first day on which it no longer holds (today unless said).

    Raises:
        EntryChanged: somebody else wrote first.
        WrongEffectiveDay: the end lies before the present version began, or in the future.
        StillReferred: an entry that refers to it doesn't let it end.
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
    following = _following(definition, entry)
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
    for referrer in following:
        _follow(referrer, at=at, day=day)
    return Written(register=register, entry=entry, version=0)


def _following(definition: RegisterDefinition, entry: int) -> list[Referrer]:
    """Entries of other registers that end with this one, as their owners declare.

    Raises:
        StillReferred: an entry refers to this one and its register doesn't let it end.
    """
    key = key_of(definition, entry)
    found: list[Referrer] = []
    for other, field in reference_fields(definition.code):
        if key is None or field.on_retire == "flag":
            continue
        referring = [
            referrer
            for referrer in referrers(other, field, key, most=MOST_LINKS + 1, lock=True)
            if (other.code, referrer.entry) != (definition.code, entry)
        ]
        if referring and (field.on_retire == "refuse" or len(referring) > MOST_LINKS):
            raise StillReferred(register=other.code, title=other.title)
        found += referring
    return found


def _follow(referrer: Referrer, *, at: datetime, day: date) -> None:
    """End an entry that refers to one that ended, unless it ended with another of its references."""
    standing = find_present(referrer.register, referrer.entry)
    if standing is None:
        return
    record_retirement(
        at=max(at, standing.known_from),
        register=referrer.register.code,
        entry=referrer.entry,
        version=standing.version,
        valid_to=max(day, standing.valid_from),
    )
