"""Lists of entries: keyset pages as JSON made by the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from psycopg import sql

from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import AsOf, CountPolicy, FilterRefused, OpenedEntry, Page, Seen
from yiwang.registers.definitions import TEXTUAL, RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.rights import ListRight, list_right
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.rules.reading import view_of_public
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import filled, table
from yiwang.registers.tables.running import Parameter, Parameters, rows, rows_kept

#: A bounded count stops here; a list of more says "10,000+".
MOST_COUNTED = 10_001
MOST_A_PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list asks for: equal values (clear texts: beginning with), a district, a page, an instant."""

    equal: Mapping[str, str] = field(default_factory=dict)
    district: str = ""
    after: int | None = None
    limit: int = 100
    count: CountPolicy = "none"
    as_of: AsOf | None = None


def list_entries(*, actor: Actor | None, register: str, asked: Asked, at: datetime) -> Page:
    """Give a page in the order of entry numbers, masked for the reader.

    Raises:
        OperationNotAllowed: neither an open register nor the reader's.
        FilterRefused: a filter on a field that is not searchable, unknown, or not seen by this reader.
    """
    definition = get_register(register)
    return page_of(definition, list_right(definition, actor, at=at), asked)


def preview_entry(*, actor: Actor, register: str, entry: int, at: datetime) -> OpenedEntry | None:
    """Give a present entry as a list shows it, to the officers who see the list.

    Raises:
        OperationNotAllowed: neither an open register nor the reader's; journalled.
    """
    definition = get_register(register)
    right = list_right(definition, actor, at=at)
    found = find_entry(definition, right.view, entry=entry)
    return None if found is None or right.only_source not in ("", found.source) else found


def find_public_entry(*, register: str, entry: int) -> OpenedEntry | None:
    """Give the public part of an entry of an open register; None if there is none or it is not open."""
    definition = get_register(register)
    if not definition.open:
        return None
    return find_entry(definition, view_of_public(definition), entry=entry)


def page_of(definition: RegisterDefinition, right: ListRight, asked: Asked) -> Page:
    """Give a page under a right that was decided before."""
    where, parameters = _conditions(definition, right, asked)
    limit = max(1, min(asked.limit, MOST_A_PAGE))
    source = shown.as_of(definition) if asked.as_of else shown.present(definition)
    if asked.as_of:
        parameters |= {"valid": asked.as_of.valid, "known": asked.as_of.known}
    statement = sql.SQL(
        "SELECT coalesce(json_agg({entry} ORDER BY t._entry), '[]')::text, count(*), max(t._entry) FROM "
        "(SELECT * FROM {source} t WHERE {where} AND t._entry > %(after)s "
        "ORDER BY t._entry LIMIT %(limit)s) t"
    ).format(entry=shown.entry(definition, right.view), source=source, where=where)
    ((body, size, last),) = rows_kept(statement, {**parameters, "after": asked.after or 0, "limit": limit})
    count, exact = _count(definition, source, where, parameters, asked)
    return Page(
        body=body,
        size=size,
        after=last if size == limit else None,
        count=count,
        count_policy=asked.count,
        count_is_exact=exact,
    )


def _conditions(
    definition: RegisterDefinition, right: ListRight, asked: Asked
) -> tuple[sql.Composed, dict[str, Parameter]]:
    conditions: list[sql.Composable] = [sql.SQL("TRUE")]
    parameters: dict[str, Parameter] = {}
    if right.only_source:
        conditions.append(sql.SQL("t._source = %(only_source)s"))
        parameters["only_source"] = right.only_source
    if asked.district:
        conditions.append(sql.SQL("t._district = %(district)s"))
        parameters["district"] = asked.district
    for place, (name, value) in enumerate(sorted(asked.equal.items())):
        found = definition.find(name)
        # a hidden field must not be guessed by asking for it
        if found is None or not (found.searchable or found.unique) or right.view[name] is Seen.HIDDEN:
            raise FilterRefused(field=name[:60])
        column, slot = sql.Identifier("t", name), f"f{place}"
        # a hint stays one: what is hidden behind it can't be spelled out letter by letter
        if found.kind in TEXTUAL and not found.unique and right.view[name] is Seen.CLEAR:
            conditions.append(sql.SQL("{} LIKE {}").format(column, sql.Placeholder(slot)))
            parameters[slot] = _escaped(value) + "%"
            continue
        rule = RULES[found.kind]
        given = sql.SQL("{}::text").format(sql.Placeholder(slot))
        checked = sql.SQL("CASE WHEN {} THEN {} END").format(
            filled(rule.check, given, found), filled(rule.cast, given, found)
        )
        conditions.append(sql.SQL("{} = ({})").format(column, checked))
        parameters[slot] = value.strip().upper() if rule.capitals else value.strip()
    return sql.SQL(" AND ").join(conditions), parameters


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _count(
    definition: RegisterDefinition,
    source: sql.Composable,
    where: sql.Composable,
    parameters: Parameters,
    asked: Asked,
) -> tuple[int | None, bool]:
    """Count by the policy that was asked for; an estimate is the planner's, for the whole register only."""
    if asked.count == "none":
        return None, False
    if asked.count == "estimated" and not parameters and not asked.as_of:
        statement = sql.SQL(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = {}::regclass"
        ).format(sql.Literal(table(definition.code).as_string()))
        ((estimate,),) = rows(statement)
        return int(estimate), False
    bound = sql.SQL("") if asked.count == "exact" else sql.SQL(" LIMIT {}").format(sql.Literal(MOST_COUNTED))
    statement_of_all = sql.SQL("SELECT count(*) FROM (SELECT FROM {} t WHERE {}{}) c").format(
        source, where, bound
    )
    ((number,),) = rows_kept(statement_of_all, parameters)
    return int(number), asked.count == "exact" or number < MOST_COUNTED
