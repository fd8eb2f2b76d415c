"""Look through a register for likely duplicates: what is new since the last look, or all of it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from psycopg import sql

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Fact, Scope
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import DuplicateRun, FileLoad
from yiwang.registers.queries.definitions import get_register, list_registers
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.pairs import drop_gone, find_pairs
from yiwang.registers.tables.running import row, run

_BEGINNING = datetime(1800, 1, 1, tzinfo=UTC)


@command(operation="registers.duplicate.find")
def find_duplicates(*, actor: Actor, at: datetime, register: str) -> int:
    """Find and score pairs of what became known since the last look; gives how many are new."""
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    DuplicateRun.objects.get_or_create(register=register)
    last = DuplicateRun.objects.select_for_update().get(register=register)
    rules = _digest(definition)
    since = last.wanted_since if last.rules == rules else _BEGINNING
    new = left_out = 0
    if since is not None:
        for declared in definition.duplicates:
            found = row(find_pairs(definition, declared), {"since": since, "at": at})
            new += found[0] if found else 0
            left_out += found[1] if found else 0
        last.found, last.left_out = new, left_out
    run(drop_gone(definition))
    last.rules, last.wanted_since, last.last_at = rules, None, at
    last.save()
    note(found=new, left_out=left_out)
    return new


def registers_to_look_through() -> list[str]:
    """Registers that declare duplicates and have something new, or new rules."""
    looked = {run.register: run for run in DuplicateRun.objects.all()}
    return [
        definition.code
        for definition in list_registers()
        if definition.duplicates
        and (
            (known := looked.get(definition.code)) is None
            or known.wanted_since is not None
            or known.rules != _digest(definition)
        )
    ]


def note_new_entries(fact: Fact, *, at: datetime) -> None:
    """A fact of registers says what became known, and since when a register is to be looked through."""
    code, _, entry = fact.subject.removeprefix("register:").partition(":")
    since = _load_began(fact) if not entry else _known_from(code, int(entry))
    waiting = DuplicateRun.objects.select_for_update().filter(register=code).first()
    if since is None or waiting is None:
        return  # what was never looked through will be looked through whole
    if waiting.wanted_since is None or since < waiting.wanted_since:
        waiting.wanted_since = since
        waiting.save(update_fields=["wanted_since"])


def _load_began(fact: Fact) -> datetime | None:
    load = fact.payload.get("load")
    if not isinstance(load, int):
        return None
    return FileLoad.objects.filter(pk=load).values_list("at", flat=True).first()


def _known_from(code: str, entry: int) -> datetime | None:
    statement = sql.SQL("SELECT _known_from FROM {} WHERE _entry = %(entry)s").format(table(code))
    found = row(statement, {"entry": entry})
    return None if found is None else found[0]


def _digest(definition: RegisterDefinition) -> str:
    declared = "\n".join(each.model_dump_json() for each in definition.duplicates)
    return hashlib.sha256(declared.encode()).hexdigest()
