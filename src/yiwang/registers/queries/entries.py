"""Lists of entries: keyset pages as JSON made by the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from psycopg import sql

from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import (
    AsOf,
    CountPolicy,
    FilterRefused,
    OpenedEntry,
    OperatorRefused,
    Page,
    Seen,
)
from yiwang.registers.definitions import SHAPES, FieldDefinition, RegisterDefinition
from yiwang.registers.queries.definitions import get_marked, get_register
from yiwang.registers.queries.rights import ListRight, list_right
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.field_kinds import RULES
from yiwang.registers.rules.operators import Condition, operators_of
from yiwang.registers.rules.reading import view_of_public
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import filled, table
from yiwang.registers.tables.running import Parameter, Parameters, rows_within
from yiwang.registers.tables.sealing import equal

#: Equal to the district, and after an entry, as a range of the index of both.
WITHIN_DISTRICT = sql.SQL(
    "(t._district, t._entry) > (%(district)s, %(after)s) AND t._district <= %(district)s"
)
#: A bounded count stops here; a list of more says "10,000+".
MOST_COUNTED = 10_001
MOST_A_PAGE = 1_000
#: A page or count that takes longer is stopped: somebody asked for what no index serves.
_MOST_MILLISECONDS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list asks for: equal values (clear texts: beginning with), a district, a page, an instant."""

    equal: Mapping[str, str] = field(default_factory=dict)
    district: str = ""
    after: int | None = None
    limit: int = 100
    count: CountPolicy = "none"
    as_of: AsOf | None = None
    #: Beside ``equal``: fields by their declared operators.
    where: Sequence[Condition] = ()
    #: West, south, east, north in degrees: entries whose place or area meets it.
    within: tuple[float, float, float, float] | None = None


def list_entries(*, actor: Actor | None, register: str, asked: Asked, at: datetime) -> Page:
    """Give a page in the order of entry numbers, masked for the reader.

    Raises:
        OperationNotAllowed: neither an open register nor the reader's.
        FilterRefused: a filter on a field that is not searchable, unknown, or not seen by this reader.
        OperatorRefused: an operator that the field doesn't have.
        TimeLimitReached: the database took too long.
    """
    definition, revision = get_marked(register)
    right = list_right(definition, actor, at=at)
    return replace(page_of(definition, right, asked), mark=page_mark(revision, right))


def page_mark(revision: str, right: ListRight) -> str:
    """What, beside its content, makes a page another one for a client that keeps it."""
    seen = ",".join(f"{name}={how.value}" for name, how in right.view.items())
    return f"{revision} {seen} {right.only_source}"


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
    begun, order, beside = sql.SQL("t._entry > %(after)s"), sql.SQL("t._entry"), where
    if _goes_within_district(asked):
        begun, order = WITHIN_DISTRICT, sql.SQL("t._district, t._entry")
        beside, _ = _conditions(definition, right, replace(asked, district=""))
    statement = shown.entries(
        definition,
        right.view,
        sql.SQL("{} t WHERE {} AND {} ORDER BY {} LIMIT %(limit)s").format(source, beside, begun, order),
    )
    page = (statement, {**parameters, "after": asked.after or 0, "limit": limit})
    counting = _counting(definition, source, where, parameters, asked)
    ((body, size, last),), *counts = rows_within(_MOST_MILLISECONDS, [page, *counting])
    count = int(counts[0][0][0]) if counts else None
    exact = _is_exact(count, parameters, asked)
    return Page(
        body=body,
        size=size,
        after=last if size == limit else None,
        count=count,
        count_policy=asked.count,
        count_is_exact=exact,
    )


def _goes_within_district(asked: Asked) -> bool:
    """Whether the index of district and entry alone gives the page.

    The order is the same, but no other index gives it: with an equal district the planner may walk the whole
    register by entry number until it has met a hundred of the district.
    """
    return bool(asked.district) and asked.as_of is None and not asked.equal and not asked.where


def _conditions(
    definition: RegisterDefinition, right: ListRight, asked: Asked
) -> tuple[sql.Composed, dict[str, Parameter]]:
    conditions: list[sql.Composable] = [sql.SQL("TRUE")]
    parameters: dict[str, Parameter] = {}
    if right.only_source:
        conditions.append(sql.SQL("t._source = %(only_source)s"))
        parameters["only_source"] = right.only_source
    if asked.district:
        if not has_district(definition, right):
            raise FilterRefused(field="district")
        conditions.append(sql.SQL("t._district = %(district)s"))
        parameters["district"] = asked.district
    wanted = [Condition(name, "", value) for name, value in sorted(asked.equal.items())]
    for place, each in enumerate([*wanted, *asked.where]):
        found = _field_asked(definition, right, each)
        condition, value = _condition(definition, found, each, right.view[found.name], f"f{place}")
        conditions.append(condition)
        parameters[f"f{place}"] = value
    if asked.within is not None:
        conditions.append(_meets(definition, right))
        parameters |= dict(zip(("west", "south", "east", "north"), asked.within, strict=True))
    return sql.SQL(" AND ").join(conditions), parameters


def has_district(definition: RegisterDefinition, right: ListRight) -> bool:
    """Whether entries can be asked for by district: each one given lies there, so the field must be seen."""
    return definition.district is not None and right.view[definition.district] is not Seen.HIDDEN


def _meets(definition: RegisterDefinition, right: ListRight) -> sql.Composed:
    shape = next((field for field in definition.fields if field.kind in SHAPES), None)
    if shape is None or not shape.searchable or right.view[shape.name] is not Seen.CLEAR:
        raise FilterRefused(field="bbox")
    return sql.SQL(
        "ST_Intersects(t.{}, ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4490))"
    ).format(sql.Identifier(shape.name))


def _field_asked(definition: RegisterDefinition, right: ListRight, asked: Condition) -> FieldDefinition:
    found = definition.find(asked.field)
    # a hidden field must not be guessed by asking for it
    if found is None or not (found.searchable or found.unique) or right.view[found.name] is Seen.HIDDEN:
        raise FilterRefused(field=asked.field[:60])
    allowed = operators_of(found)
    # a hint stays one: what is hidden behind it can't be spelled out letter by letter, nor by halving a range
    if right.view[found.name] is not Seen.CLEAR:
        allowed = tuple(each for each in allowed if each == "eq")
    if asked.operator and asked.operator not in allowed:
        raise OperatorRefused(
            field=found.name, operator=asked.operator[:20], allowed=", ".join(allowed) or "-"
        )
    return found


def _condition(
    definition: RegisterDefinition, field_asked: FieldDefinition, asked: Condition, seen: Seen, slot: str
) -> tuple[sql.Composed, str]:
    column, given = sql.Identifier("t", field_asked.name), sql.SQL("{}::text").format(sql.Placeholder(slot))
    own = operators_of(field_asked)[:1]
    operator = asked.operator or ("prefix" if own == ("prefix",) and seen is Seen.CLEAR else "eq")
    if operator == "prefix":
        return sql.SQL("{} LIKE {}").format(column, given), _escaped(asked.value) + "%"
    rule = RULES[field_asked.kind]
    checked = sql.SQL("CASE WHEN {} THEN {} END").format(
        filled(rule.check, given, field_asked), filled(rule.cast, given, field_asked)
    )
    value = asked.value.strip().upper() if rule.capitals else asked.value.strip()
    if field_asked.encrypted:
        return equal(definition, field_asked, checked), value
    return sql.SQL("{} {} ({})").format(column, _COMPARED[operator], checked), value


_COMPARED = {"eq": sql.SQL("="), "from": sql.SQL(">="), "to": sql.SQL("<=")}


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _counting(
    definition: RegisterDefinition,
    source: sql.Composable,
    where: sql.Composable,
    parameters: dict[str, Parameter],
    asked: Asked,
) -> list[tuple[sql.Composed, dict[str, Parameter]]]:
    """The count by the policy that was asked for; an estimate is the planner's, for a whole register only."""
    if asked.count == "none":
        return []
    if _is_estimated(parameters, asked):
        statement = sql.SQL(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = {}::regclass"
        ).format(sql.Literal(table(definition.code).as_string()))
        return [(statement, {})]
    bound = sql.SQL("") if asked.count == "exact" else sql.SQL(" LIMIT {}").format(sql.Literal(MOST_COUNTED))
    statement = sql.SQL("SELECT count(*) FROM (SELECT FROM {} t WHERE {}{}) c").format(source, where, bound)
    return [(statement, parameters)]


def _is_estimated(parameters: Parameters, asked: Asked) -> bool:
    return asked.count == "estimated" and not parameters and asked.as_of is None


def _is_exact(count: int | None, parameters: Parameters, asked: Asked) -> bool:
    if count is None or _is_estimated(parameters, asked):
        return False
    return asked.count == "exact" or count < MOST_COUNTED
