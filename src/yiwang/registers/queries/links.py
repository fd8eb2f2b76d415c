"""What an entry refers to and what refers to it, across owners; each reader sees what his right reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from psycopg import sql

from yiwang.exchange.api import grant_counts, list_grants, list_resources
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.registers.definitions import FieldDefinition, RegisterDefinition
from yiwang.registers.queries.definitions import get_register, list_registers
from yiwang.registers.queries.duplicates import values_now
from yiwang.registers.queries.referring import leading_fields
from yiwang.registers.queries.rights import list_reach, masked_when_opened
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import Parameter, rows

#: Entries shown of each relation.
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation: ``entries`` where the reader's right reaches them, else the resources granted to him.

    Without either nothing is said of it, not even whether there is something. ``missing``: the entry
    refers to one that is not there.
    """

    direction: Literal["to", "from"]
    register: RegisterDefinition
    field: Text
    entries: tuple[int, ...]
    more: bool = False
    missing: bool = False
    is_closed: bool = False
    #: Resources of the exchange by which the reader's organisation may look it up, by code.
    granted: tuple[str, ...] = ()


def links_of(*, actor: Actor, register: str, entry: int, at: datetime) -> list[Link]:
    """Give every relation of a present entry that the reader has opened."""
    definition = get_register(register)
    values = values_now(definition, entry)
    if not values:
        return []
    hidden = masked_when_opened(actor, register)
    found: list[Link] = []
    for field in definition.fields:
        value = values[field.name]
        leads_to = definition.leads_to(field.name)
        if leads_to and value is not None and field.name not in hidden:
            other = next((known for known in list_registers() if known.code == leads_to), None)
            if other is None:  # a link may lead to a register that this city doesn't keep
                continue
            found.append(_link("to", actor, other, other.key_field, str(value), title=field.title, at=at))
    for other, field in leading_fields(register):
        key = str(values[definition.key])
        found.append(_link("from", actor, other, field, key, title=field.title, at=at))
    return found


def _link(
    direction: Literal["to", "from"],
    actor: Actor,
    other: RegisterDefinition,
    column: FieldDefinition,
    key: str,
    *,
    title: Text,
    at: datetime,
) -> Link:
    reach = list_reach(actor, other.code)
    # the public part of an open register says who refers only if that field is public
    if reach == "none" or (reach == "public" and column.secrecy.value != "public"):
        granted = _granted(actor, other.code, at=at)
        return Link(
            direction=direction, register=other, field=title, entries=(), is_closed=True, granted=granted
        )
    entries = _entries(other, column, key, source=actor.organisation if reach == "own" else "")
    return Link(
        direction=direction,
        register=other,
        field=title,
        entries=tuple(entries[:MOST_SHOWN]),
        more=len(entries) > MOST_SHOWN,
        missing=direction == "to" and not entries and reach != "own",
    )


def _entries(other: RegisterDefinition, column: FieldDefinition, key: str, *, source: str) -> list[int]:
    only = sql.SQL(" AND _source = %(source)s") if source else sql.SQL("")
    statement = sql.SQL("SELECT _entry FROM {} WHERE {} = %(key)s{} ORDER BY 1 LIMIT {}").format(
        table(other.code), sql.Identifier(column.name), only, sql.Literal(MOST_SHOWN + 1)
    )
    parameters: dict[str, Parameter] = {"key": key_as_kept(column, key), "source": source}
    return [int(entry) for (entry,) in rows(statement, parameters)]


def _granted(actor: Actor, register: str, *, at: datetime) -> tuple[str, ...]:
    """Resources over a register for which a grant of the reader's organisation counts now."""
    of_register = {
        resource.code
        for resource in list_resources()
        if resource.kind == "register" and resource.source == register
    }
    grants = list_grants(grantee=actor.organisation) if actor.organisation and of_register else []
    return tuple(sorted({g.resource for g in grants if g.resource in of_register and grant_counts(g, at=at)}))
