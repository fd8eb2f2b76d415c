"""What requests for a change of an entry need to know of it. Whoever calls has asked for the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from psycopg import sql

from yiwang.exchange.api import subject_reference
from yiwang.exchange.contracts import SubjectKind
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.registers.contracts import ChangeGround, EntryNotFound, Seen
from yiwang.registers.definitions import SHAPES, FieldKind, RegisterDefinition
from yiwang.registers.provider import whose
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.faults import refuse_faults, texts_of
from yiwang.registers.queries.versions import find_entry
from yiwang.registers.rules.days import civil_day
from yiwang.registers.rules.shapes import shape_in_words
from yiwang.registers.rules.standard_codes import codes_of
from yiwang.registers.rules.values import Value
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows

_NOTHING = Text("（空）", "(nothing)")
_TRUTH = {True: Text("是", "Yes"), False: Text("否", "No")}


def ground_of_change(register: str, entry: int, names: Iterable[str]) -> ChangeGround:
    """Give the present version and values of an entry.

    Raises:
        RegisterNotFound, EntryNotFound: there is no such entry now.
    """
    definition = get_register(register)
    wanted = frozenset(names)
    view = {name: Seen.CLEAR if name in wanted else Seen.HIDDEN for name in definition.names}
    found = find_entry(definition, view, entry=entry)
    if found is None:
        raise EntryNotFound(register=register)
    return ChangeGround(
        register=register,
        entry=entry,
        version=found.version,
        owner=definition.owner,
        source=found.source,
        values={name: found.values[name] for name in definition.names if name in wanted},
    )


def judge_change(
    register: str, entry: int, values: Mapping[str, Value], *, at: datetime
) -> dict[str, str | None]:
    """Give wanted values as texts, judged as the register would judge them today.

    Raises:
        EntryRefused: values break the register's rules, each with its field.
    """
    definition = get_register(register)
    texts = texts_of(definition, values)
    fields = [field for field in definition.fields if field.name in texts]
    if fields:
        refuse_faults(definition, fields, texts, valid_from=civil_day(at), but_entry=entry)
    return _as_drawn(definition, texts)


def judge_new(register: str, values: Mapping[str, Value], *, at: datetime) -> dict[str, str | None]:
    """Give the values of an entry that is to be added as texts, judged as if it were entered today.

    Raises:
        EntryRefused: values break the register's rules, or a required one is missing; each with its field.
    """
    definition = get_register(register)
    texts = texts_of(definition, values)
    full = {name: texts.get(name) for name in definition.names}
    refuse_faults(definition, definition.fields, full, valid_from=civil_day(at))
    return _as_drawn(definition, {name: text for name, text in texts.items() if text})


def _as_drawn(definition: RegisterDefinition, texts: Mapping[str, str | None]) -> dict[str, str | None]:
    drawn = SHAPES - {FieldKind.POINT}
    return {
        name: _drawable(text) if text and definition.get(name).kind in drawn else text
        for name, text in texts.items()
    }


def _drawable(shape: str) -> str:
    """A shape that was judged, in the form in which pages draw it: GeoJSON."""
    [(found,)] = rows(sql.SQL("SELECT ST_AsGeoJSON(reg.shape(%(shape)s), 9, 0)").format(), {"shape": shape})
    return str(found)


def is_about(register: str, entry: int, kind: SubjectKind, number: str) -> bool:
    """Whether an entry, present or retired, holds the data of the person or firm of a number."""
    found = whose(get_register(register), entry)
    return bool(number) and found is not None and found[1] == subject_reference(kind, number)


def subject_of(register: str, entry: int) -> str:
    """The blind reference of whose data an entry holds; empty when nobody's."""
    found = whose(get_register(register), entry)
    return "" if found is None else found[1]


def entries_about(register: str, kind: SubjectKind, number: str, *, most: int = 100) -> list[int]:
    """Present entries of a register that hold the data of the person or firm of a number."""
    definition = get_register(register)
    subject = definition.subject
    if subject is None or not number or (subject.kind is not None and subject.kind != kind):
        return []
    statement = sql.SQL("SELECT _entry FROM {} t WHERE t.{}::text = %(number)s{} ORDER BY 1 LIMIT {}").format(
        table(definition.code),
        sql.Identifier(subject.field),
        sql.SQL(" AND t.{}::text = {}").format(sql.Identifier(subject.kind_field), sql.Literal(kind))
        if subject.kind_field is not None
        else sql.SQL(""),
        sql.Literal(most),
    )
    return [int(entry) for (entry,) in rows(statement, {"number": number})]


def worded(definition: RegisterDefinition, name: str, value: Json) -> Text:
    """A value as people read it: the words of a code, yes or no, nothing."""
    if value is None:
        return _NOTHING
    field = definition.get(name)
    if field.kind in SHAPES and (drawn := shape_in_words(value)) is not None:
        return drawn
    if field.kind is FieldKind.YES_NO:
        return _TRUTH[value in (True, "true", "1", "是")]
    said = codes_of(field).get(str(value))
    return said if said is not None else Text(str(value), str(value))
