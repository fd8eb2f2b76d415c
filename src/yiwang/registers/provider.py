"""Registers answer requests of the exchange: the provider of resources of kind ``register``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from psycopg import sql

from yiwang.exchange.api import subject_reference
from yiwang.exchange.contracts import Found, Question, ResourceInfo, SubjectKind
from yiwang.exchange.definitions import ResourceDefinition
from yiwang.exchange.providers import SourceWords, StraightLookUp
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Known
from yiwang.platform.contracts import Json
from yiwang.registers.contracts import AsOf, RegisterNotFound, Seen
from yiwang.registers.definitions import FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.questions import holds, misfit
from yiwang.registers.rules.field_kinds import RULES, key_as_kept
from yiwang.registers.rules.item_shapes import item_shape
from yiwang.registers.rules.values import as_text
from yiwang.registers.tables import shown
from yiwang.registers.tables.columns import filled, history, table
from yiwang.registers.tables.running import Parameter, row
from yiwang.registers.tables.running import rows as every
from yiwang.registers.tables.sealing import equal as equal_to
from yiwang.registers.tables.sealing import plain

#: Whom a look-up asks for.
_KEY = sql.SQL("%(source_key)s::text")


class RegisterProvider:
    """Looks entries up by key, gives granted fields only, answers yes-or-no questions in the database."""

    def check(self, resource: ResourceDefinition, known: Known) -> list[tuple[tuple[str | int, ...], Text]]:
        """The register is declared, belongs to the resource's owner, and has the fields."""
        declared = known.get("registers", resource.source)
        if declared is None and not known.lacks("registers", resource.source):
            return []
        if declared is None:
            return [
                (
                    ("source",),
                    Text(f"没有登记簿“{resource.source}”", f"there is no register {resource.source!r}"),
                )
            ]
        register = RegisterDefinition.model_validate_json(json.dumps(declared.content))
        problems: list[tuple[tuple[str | int, ...], Text]] = []
        if register.owner != resource.owner:
            problems.append(
                (
                    ("owner",),
                    Text(f"该登记簿属于“{register.owner}”", f"the register belongs to {register.owner!r}"),
                )
            )
        for number, shared in enumerate(resource.fields):
            field = register.find(shared.name)
            if field is None:
                problems.append(
                    (
                        ("fields", number, "name"),
                        Text(f"登记簿没有字段“{shared.name}”", f"the register has no field {shared.name!r}"),
                    )
                )
            elif field.secrecy is not shared.secrecy:
                reason = Text(
                    f"登记簿声明的是“{field.secrecy.value}”", f"the register declares {field.secrecy.value!r}"
                )
                problems.append((("fields", number, "secrecy"), reason))
        for number, declared_question in enumerate(resource.questions):
            field = register.find(declared_question.field)
            wrong = misfit(declared_question.as_asked, field) if field is not None else None
            if wrong is not None:
                problems.append((("questions", number, "field"), wrong))
        return problems

    def describe(self, source: str) -> SourceWords | None:
        """The register's words."""
        try:
            definition = get_register(source)
        except RegisterNotFound:
            return None
        titles = {field.name: field.title for field in definition.fields}
        items = {field.name: item_shape(field) for field in definition.fields}
        return SourceWords(title=definition.title, fields=titles, items=items)

    def own_key_kind(self, source: str) -> SubjectKind | None:
        """A register whose key is the number of its subject."""
        definition = get_register(source)
        subject = definition.subject
        return subject.kind if subject is not None and subject.field == definition.key else None

    def look_up(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
        valid_on: date | None = None,
    ) -> Found:
        """Give the values of the fields asked for: the present ones, or those of a day."""
        definition = get_register(resource.source)
        as_of = None if valid_on is None else AsOf(valid=valid_on, known=at)
        shape = shape_of(definition, fields)
        return _find(definition, shape, key=key, rows=rows, parameters={}, as_of=as_of)

    def straight(
        self,
        resource: ResourceInfo,
        *,
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        of_a_day: bool,
    ) -> StraightLookUp | None:
        """The same look-up as a part of a statement, where the key is the number of whom it concerns."""
        definition = get_register(resource.source)
        subject = definition.subject
        if subject is not None and (subject.kind is None or subject.field != definition.key):
            return None
        conditions, parameters = row_conditions(definition, rows)
        one = shown.one_as_of if of_a_day else shown.one_present
        text = sql.SQL(
            "SELECT {shape}::text AS body, t._version AS version FROM {one} AND {conditions}"
        ).format(
            shape=shape_of(definition, fields),
            one=one(definition, definition.key, _KEY),
            conditions=conditions,
        )
        field = definition.key_field
        return StraightLookUp(
            text=text.as_string(),
            params=parameters,
            key_as_kept=lambda key: key_as_kept(field, key),
            subject_of=lambda kept: _subject_of_key(definition, kept),
        )

    def look_up_many(
        self,
        resource: ResourceInfo,
        *,
        keys: Sequence[str],
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
    ) -> list[Found]:
        """Give the entries of keys in their order, in one statement."""
        definition = get_register(resource.source)
        wanted = [key_as_kept(definition.key_field, key) for key in keys]
        where, parameters = row_conditions(definition, rows)
        statement = sql.SQL(
            "SELECT CASE WHEN t._entry IS NOT NULL THEN {shape}::text END, t._version, {subject} "
            "FROM jsonb_array_elements_text(%(source_keys)s::jsonb) WITH ORDINALITY k (key, place) "
            "LEFT JOIN {table} t ON t.{key} = k.key AND {where} ORDER BY k.place"
        ).format(
            shape=shape_of(definition, fields),
            subject=subject_columns(definition),
            table=table(definition.code),
            key=sql.Identifier(definition.key),
            where=where,
        )
        found = every(statement, {**parameters, "source_keys": json.dumps(wanted, ensure_ascii=False)})
        return [
            Found(values=None, subject=_subject_of_key(definition, key))
            if body is None
            else Found(values=json.loads(body), subject=blind_subject(kind, number), version=version)
            for key, (body, version, kind, number) in zip(wanted, found, strict=True)
        ]

    def search(
        self,
        resource: ResourceInfo,
        *,
        equal: Mapping[str, str],
        fields: Sequence[str],
        rows: Mapping[str, Sequence[str]],
        limit: int,
    ) -> list[Found] | None:
        """Give entries whose fields have these values, by entry number; None if one is not searchable."""
        definition = get_register(resource.source)
        conditions, parameters = row_conditions(definition, rows)
        parts: list[sql.Composable] = [conditions]
        for place, (name, value) in enumerate(sorted(equal.items())):
            field = definition.find(name)
            if field is None or not (field.searchable or field.unique) or not value.strip():
                return None
            rule, slot = RULES[field.kind], f"source_equal{place}"
            given = sql.SQL("{}::text").format(sql.Placeholder(slot))
            wanted = sql.SQL("CASE WHEN {} THEN {} END").format(
                filled(rule.check, given, field), filled(rule.cast, given, field)
            )
            parts.append(equal_to(definition, field, wanted))
            parameters[slot] = key_as_kept(field, value)
        statement = sql.SQL(
            "SELECT {shape}::text, t._version, {subject} FROM {table} t WHERE {where} "
            "ORDER BY t._entry LIMIT {limit}"
        ).format(
            shape=shape_of(definition, fields),
            subject=subject_columns(definition),
            table=table(definition.code),
            where=sql.SQL(" AND ").join(parts),
            limit=sql.Literal(limit),
        )
        return [
            Found(values=json.loads(body), subject=blind_subject(kind, number), version=version)
            for body, version, kind, number in every(statement, parameters)
        ]

    def verify(
        self,
        resource: ResourceInfo,
        *,
        key: str,
        claims: Mapping[str, Json],
        rows: Mapping[str, Sequence[str]],
        at: datetime,
    ) -> Found:
        """Compare in the database; a claim that is no value of the field is simply not true."""
        definition = get_register(resource.source)
        answers: list[sql.Composed] = []
        parameters: dict[str, Parameter] = {}
        for place, (name, claim) in enumerate(claims.items()):
            question = resource.find_question(name)
            if question is not None:
                answers.append(_answer(definition, question, claim, at=at))
                continue
            field = definition.get(name)
            rule = RULES[field.kind]
            text = as_text(claim)
            parameters[f"c{place}"] = text.upper() if text is not None and rule.capitals else text
            given = sql.SQL("{}::text").format(sql.Placeholder(f"c{place}"))
            answers.append(
                sql.SQL(
                    "coalesce(CASE WHEN {given} IS NULL THEN {column} IS NULL "
                    "WHEN {check} THEN {column} = {cast} END, false) AS {name}"
                ).format(
                    given=given,
                    column=plain(definition, name),
                    check=filled(rule.check, given, field),
                    cast=filled(rule.cast, given, field),
                    name=sql.Identifier(name),
                )
            )
        shape = sql.SQL("(SELECT row_to_json(v) FROM (SELECT {}) v)").format(sql.SQL(", ").join(answers))
        return _find(definition, shape, key=key, rows=rows, parameters=parameters)


def _answer(definition: RegisterDefinition, question: Question, claim: Json, *, at: datetime) -> sql.Composed:
    """Whether the claimed answer is right; neither is, where the entry has no value or the claim is none."""
    said = "{}" if claim is True else "NOT {}" if claim is False else "false AND {}"
    return sql.SQL("coalesce({}, false) AS {}").format(
        sql.SQL(said).format(holds(definition, question, at=at)), sql.Identifier(question.name)
    )


def _find(
    definition: RegisterDefinition,
    shape: sql.Composed,
    *,
    key: str,
    rows: Mapping[str, Sequence[str]],
    parameters: Mapping[str, Parameter],
    as_of: AsOf | None = None,
) -> Found:
    one = shown.one_present
    if as_of is not None:
        one, parameters = shown.one_as_of, {"valid": as_of.valid, "known": as_of.known}
    wanted = key_as_kept(definition.key_field, key)
    conditions, filtered = row_conditions(definition, rows)
    statement = sql.SQL("SELECT {shape}::text, t._version, {subject} FROM {one} AND {conditions}").format(
        shape=shape,
        subject=subject_columns(definition),
        one=one(definition, definition.key, _KEY),
        conditions=conditions,
    )
    found = row(statement, {**parameters, **filtered, "source_key": wanted})
    if found is None:
        return Found(values=None, subject=_subject_of_key(definition, wanted))
    body, version, kind, number = found
    return Found(values=json.loads(body), subject=blind_subject(kind, number), version=version)


def shape_of(definition: RegisterDefinition, fields: Sequence[str]) -> sql.Composed:
    """The row as JSON, of these fields alone."""
    cells = sql.SQL(", ").join(
        sql.SQL("{} AS {}").format(
            shown.shown(definition, definition.get(name), Seen.CLEAR), sql.Identifier(name)
        )
        for name in dict.fromkeys(fields)
    )
    return sql.SQL("(SELECT row_to_json(v) FROM (SELECT {}) v)").format(cells)


def row_conditions(
    definition: RegisterDefinition, rows: Mapping[str, Sequence[str]]
) -> tuple[sql.Composed, dict[str, Parameter]]:
    """The rows granted; all of them where the grant has no row filter."""
    conditions: list[sql.Composable] = [sql.SQL("TRUE")] if not rows else []
    parameters: dict[str, Parameter] = {}
    for place, (name, allowed) in enumerate(sorted(rows.items())):
        slot = f"source_row{place}"
        conditions.append(row_condition(definition, name, sql.Placeholder(slot)))
        parameters[slot] = json.dumps(list(allowed), ensure_ascii=False)
    return sql.SQL(" AND ").join(conditions), parameters


def row_condition(definition: RegisterDefinition, name: str, slot: sql.Composable) -> sql.Composed:
    """A division grants everything within it; other fields are compared as they are."""
    column = plain(definition, name)
    is_one = "starts_with({}, w)" if definition.get(name).kind is FieldKind.DIVISION else "{}::text = w"
    return sql.SQL("EXISTS (SELECT FROM jsonb_array_elements_text({}::jsonb) w WHERE {})").format(
        slot, sql.SQL(is_one).format(column)
    )


def subject_columns(definition: RegisterDefinition) -> sql.Composed:
    """Kind and number of the person or firm whose data an entry is."""
    subject = definition.subject
    if subject is None:
        return sql.SQL("NULL::text, NULL::text").format()
    kind: sql.Composable = sql.Literal(subject.kind)
    if subject.kind_field is not None:
        kind = sql.SQL("{}::text").format(sql.Identifier("t", subject.kind_field))
    return sql.SQL("{}, {}::text").format(kind, sql.Identifier("t", subject.field))


def _subject_of_key(definition: RegisterDefinition, key: str) -> str:
    """Whose data were looked for in vain, if the key itself is the person's number."""
    subject = definition.subject
    if subject is None or subject.kind is None or subject.field != definition.key:
        return ""
    return blind_subject(subject.kind, key)


def blind_subject(kind: str | None, number: str | None) -> str:
    """The blind reference of an entry's subject; empty when it has none."""
    if not number or kind not in ("person", "entity"):
        return ""
    return subject_reference("person" if kind == "person" else "entity", number)


def whose(definition: RegisterDefinition, entry: int) -> tuple[str, str] | None:
    """Source and blind subject of an entry, a retired one too; None if there never was one."""
    statement = sql.SQL(
        "(SELECT t._source, {subject} FROM {table} t WHERE t._entry = %(entry)s) UNION ALL "
        "(SELECT t._source, {subject} FROM {history} t WHERE t._entry = %(entry)s "
        "ORDER BY t._version DESC LIMIT 1) LIMIT 1"
    ).format(
        subject=subject_columns(definition), table=table(definition.code), history=history(definition.code)
    )
    found = row(statement, {"entry": entry})
    return (found[0], blind_subject(found[1], found[2])) if found else None
