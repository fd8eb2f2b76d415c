"""Enter an entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from psycopg import sql

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.contracts import KeyTaken, SourceNotAllowed, Written, WrongEffectiveDay
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.faults import refuse_faults, texts_of
from yiwang.registers.rules.days import FIRST_DAY, civil_day
from yiwang.registers.rules.values import Value
from yiwang.registers.tables.running import Parameter, rows
from yiwang.registers.tables.writing import insert, one_row, row_parameters

OPERATION = "registers.entry.enter"


@command(operation=OPERATION)
def enter_entry(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    values: Mapping[str, Value],
    valid_from: date | None = None,
    source: str | None = None,
) -> Written:
    """Enter an entry that holds from a day on (today unless said).

    Raises:
        EntryRefused: values break the register's rules; every one is listed.
        SourceNotAllowed: the organisation doesn't write to this register.
        WrongEffectiveDay: the day lies in the future.
    """
    writer = writing_source(get_register(register), actor, source)
    permit(Scope(organisations=(writer,)), subject=f"register:{register}")
    written = record_entry(
        by=actor.account_id, at=at, register=register, values=values, valid_from=valid_from, source=writer
    )
    permit(Scope(organisations=(writer,)), subject=f"register:{register}:{written.entry}")
    return written


def record_entry(
    *,
    by: int | None,
    at: datetime,
    register: str,
    values: Mapping[str, Value],
    source: str,
    valid_from: date | None = None,
    basis: str = "",
) -> Written:
    """The same as a consequence of another command, such as the decision that grants a licence.

    Asks nobody: the command has asked for its own act. ``by`` is the account that acted, ``basis`` the
    case number on which it is written.
    """
    definition = get_register(register)
    refuse_strange_source(definition, source)
    today = civil_day(at)
    day = valid_from or today
    if not FIRST_DAY <= day <= today:
        raise WrongEffectiveDay(earliest=FIRST_DAY, latest=today)
    texts = texts_of(definition, values)
    full = {name: texts.get(name) for name in definition.names}
    refuse_faults(definition, definition.fields, full, valid_from=day)
    written: dict[str, Parameter] = {
        "source": source, "valid_from": day, "at": at, "by": by, "basis": basis,
    }  # fmt: skip
    entry = _insert(definition, full, written)
    emit("EntryEntered", f"register:{register}:{entry}", version=1)
    return Written(register=register, entry=entry, version=1)


def refuse_strange_source(definition: RegisterDefinition, source: str) -> None:
    """Only the owner and the declared sources write.

    Raises:
        SourceNotAllowed: another organisation.
    """
    if source not in (definition.owner, *definition.sources):
        raise SourceNotAllowed(register=definition.code, organisation=source)


def writing_source(definition: RegisterDefinition, actor: Actor, source: str | None) -> str:
    """The organisation in whose name is written: the actor's own unless an own one can't be meant."""
    writer = source or actor.organisation
    refuse_strange_source(definition, writer)
    return writer


def _insert(
    definition: RegisterDefinition,
    texts: Mapping[str, str | None],
    written: Mapping[str, Parameter],
) -> int:
    statement = insert(definition, definition.fields, one_row(texts)) + sql.SQL(" RETURNING _entry")
    try:
        with transaction.atomic():
            ((entry,),) = rows(statement, {**row_parameters(texts), **written})
    except IntegrityError as problem:  # the same key was entered between the check and the insert
        raise KeyTaken(register=definition.code) from problem
    return int(entry)
