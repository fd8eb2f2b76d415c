"""Registers as maps draw them: what is drawn beside the rows, and each column as a reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from psycopg import sql

from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import ListReach, RegisterNotFound, Seen
from yiwang.registers.definitions import NUMERIC, SHAPES, FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import get_marked, get_register
from yiwang.registers.queries.entries import page_mark
from yiwang.registers.queries.rights import ListRight, reach_of
from yiwang.registers.rules.reading import view_of_list, view_of_public
from yiwang.registers.tables import mapping, shown
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.sealing import plain
from yiwang.registers.tables.versions import so_during, so_on

_AS_TEXT = frozenset({FieldKind.DATE, FieldKind.MOMENT, FieldKind.JSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """How one reader draws a register; everything is SQL about ``t``, without parameters but those of a day.

    Same rows and fields as the register's list gives this reader; ``columns`` holds those that he sees.
    """

    definition: RegisterDefinition
    shape: FieldDefinition
    reach: ListReach
    relation: sql.Composed
    #: In EPSG:3857, with an index.
    drawn: sql.Composable
    #: As it was entered, in EPSG:4490, with an index of the present rows.
    kept: sql.Composable
    columns: Mapping[str, sql.Composed]
    #: Those of them that he sees as they are, not masked.
    clear: frozenset[str]
    #: Typed values, of the same fields: only these may choose or order rows for him.
    typed: Mapping[str, sql.Composable]
    condition: sql.Composed
    #: Under which definition and right it is drawn.
    mark: str


def keep_mapped(register: str, shape: str | None) -> None:
    """See that what is drawn of a register is kept beside its rows; only an apply comes here.

    Raises:
        RegisterNotFound: there is none, or nothing of it can be drawn.
    """
    definition = get_register(register)
    mapping.keep_mapped(register, _shape(definition, shape))


def map_reach(actor: Actor | None, definition: RegisterDefinition) -> ListReach:
    """How much of a register a reader sees, asked anew each time; nothing is journalled."""
    return reach_of(definition, actor)


def mapped(
    actor: Actor | None, register: str, shape: str | None, *, then: bool = False, during: bool = False
) -> Mapped | None:
    """Give how a reader draws a register, or None where he may not list it or not see the shape.

    ``then`` draws what was so on ``%(valid)s`` as the city knew it at ``%(known)s``; ``during`` the last that
    was so between ``%(since)s`` and ``%(valid)s``, both included.

    Raises:
        RegisterNotFound: there is none.
    """
    definition, revision = get_marked(register)
    reach = reach_of(definition, actor)
    if reach == "none":
        return None
    view = view_of_public(definition) if reach == "public" else view_of_list(definition)
    own = actor.organisation if reach == "own" and actor is not None else ""
    field = _shape(definition, shape)
    if view[field.name] is not Seen.CLEAR or not field.searchable:
        return None
    condition = sql.SQL("t._source = {}").format(sql.Literal(own)) if own else sql.SQL("{}").format(_ALL)
    return Mapped(
        definition=definition,
        shape=field,
        reach=reach,
        relation=_relation(definition, field, then=then, during=during),
        drawn=sql.Identifier("t", mapping.map_column(field)),
        kept=sql.Identifier("t", field.name),
        columns={
            each.name: _property(definition, each, view[each.name])
            for each in definition.fields
            if view[each.name] is not Seen.HIDDEN and each.kind not in SHAPES
        },
        clear=frozenset(each.name for each in definition.fields if view[each.name] is Seen.CLEAR),
        typed={
            each.name: plain(definition, each.name)
            for each in definition.fields
            if view[each.name] is Seen.CLEAR
        },
        condition=condition,
        mark=page_mark(revision, ListRight(view, only_source=own)),
    )


def drawn_anew(drawn: Mapped) -> Mapped:
    """The same, where nothing is kept beside the rows yet: each shape is transformed as it is read."""
    if mapping.is_mapped(drawn.definition.code, drawn.shape):
        return drawn
    return replace(drawn, drawn=mapping.transformed(sql.Identifier("t", drawn.shape.name)))


_ALL = sql.SQL("TRUE")


def _shape(definition: RegisterDefinition, name: str | None) -> FieldDefinition:
    for field in definition.fields:
        if field.kind in SHAPES and name in (None, field.name):
            return field
    raise RegisterNotFound(register=definition.code)


def _property(definition: RegisterDefinition, field: FieldDefinition, seen: Seen) -> sql.Composed:
    """A value as a tile bears it: numbers as numbers, days and structures as text."""
    value = shown.shown(definition, field, seen)
    if seen is Seen.CLEAR and field.kind in NUMERIC:
        return sql.SQL("({})::float8").format(value)
    if seen is Seen.CLEAR and field.kind in _AS_TEXT:
        return sql.SQL("({})::text").format(value)
    return value


def _relation(
    definition: RegisterDefinition, field: FieldDefinition, *, then: bool, during: bool
) -> sql.Composed:
    """``t``: the rows with what is drawn."""
    columns = ["_entry", "_source", *definition.names, mapping.map_column(field)]
    rows: sql.Composable = table(definition.code)
    if during:
        rows = so_during(definition.code, columns)
    elif then:
        rows = so_on(definition.code, columns)
    return sql.SQL("{} t").format(rows)
