"""The feed of a register's changes: marks in the order of commits, values from the register and its history.

A load of a million rows is one mark, whoever listens; its entries are read by pages of their numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from psycopg import sql

from yiwang.exchange.api import Change, Place, Watched, is_listened_to
from yiwang.exchange.contracts import ResourceInfo
from yiwang.platform import sql as statements
from yiwang.platform.contracts import Fact
from yiwang.platform.outbox import subscribe
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.feed_keeping import KINDS, LOCK, refuse_trimmed
from yiwang.registers.models import FeedMark, FileLoad
from yiwang.registers.provider import blind_subject, row_conditions, shape_of, subject_columns
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.field_kinds import key_as_kept
from yiwang.registers.tables.columns import all_columns, history, names, table
from yiwang.registers.tables.running import Parameter, row, rows

_WRITES = {"EntryEntered": "entered", "EntryAmended": "amended", "EntryRetired": "retired"}
#: Marks looked through in one statement.
_MARKS = 500


def listen() -> None:
    """Take every write of a register, at start."""
    for fact in (*_WRITES, "RegisterFileLoaded"):
        subscribe(fact, "registers.feed", note_write)


def note_write(fact: Fact, *, at: datetime) -> None:
    """Mark a write if somebody listens to the register; the outbox hands each over once, when committed."""
    _, register, *entry = fact.subject.split(":")
    if not is_listened_to(KINDS, register):
        return
    mark = _mark_of_entry(fact, register, int(entry[0])) if entry else _mark_of_load(fact, register)
    if mark is not None:
        statements.fetch(LOCK, [register])
        mark.save(force_insert=True)


def _mark_of_entry(fact: Fact, register: str, entry: int) -> FeedMark | None:
    version = int(str(fact.payload["version"]))
    found = _known_from(get_register(register), entry, version)
    if found is None:
        return None
    kind = _WRITES[fact.name]
    return FeedMark(
        register=register, kind=kind, entry=entry, last_entry=entry, version=version, known_from=found
    )


def _known_from(definition: RegisterDefinition, entry: int, version: int) -> datetime | None:
    """When a version became known; of one that was retired, when that was."""
    statement = sql.SQL(
        "SELECT _known_from FROM {table} WHERE _entry = %(entry)s AND _version = %(version)s UNION ALL "
        "SELECT CASE WHEN _act = 'retired' THEN least(_ended_at, _known_to) ELSE _known_from END "
        "FROM {history} WHERE _entry = %(entry)s AND _version = %(version)s"
    ).format(table=table(definition.code), history=history(definition.code))
    found = row(statement, {"entry": entry, "version": version})
    return found[0] if found else None


def _mark_of_load(fact: Fact, register: str) -> FeedMark | None:
    load = FileLoad.objects.filter(pk=int(str(fact.payload["load"]))).first()
    if load is None or not load.loaded:
        return None
    definition = get_register(register)
    statement = sql.SQL(
        "SELECT min(_entry), max(_entry) FROM (SELECT _entry FROM {table} WHERE _known_from = %(at)s "
        "UNION ALL SELECT _entry FROM {history} WHERE _known_from = %(at)s) t"
    ).format(table=table(definition.code), history=history(definition.code))
    found = row(statement, {"at": load.at})
    if found is None or found[0] is None:
        return None
    return FeedMark(
        register=register, kind="loaded", entry=found[0], last_entry=found[1], version=1, known_from=load.at
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """A version to show beside the one before it; None where there is none."""

    mark: int
    entry: int
    version: int
    new: int | None
    old: int | None
    at: str


class RegisterFeed:
    """Reads changes of registers."""

    def end(self, resource: ResourceInfo) -> Place:
        """The last mark."""
        found = FeedMark.objects.filter(register=resource.source).order_by("-id").first()
        if found is None:
            # numbers are of all registers: none that comes is lower
            return Place(FeedMark.objects.aggregate(last=Max("id"))["last"] or 0, 0)
        return Place(found.pk, found.last_entry)

    def district_field(self, resource: ResourceInfo) -> str | None:
        """The field that says where an entry lies."""
        return get_register(resource.source).district

    def key_field(self, resource: ResourceInfo) -> str:
        """The key."""
        return get_register(resource.source).key

    def read(
        self, resource: ResourceInfo, watched: Watched, *, after: Place, limit: int, upto: Place | None = None
    ) -> tuple[list[Change], Place]:
        """Changes after a place, as far as one statement of single writes or one page of a load goes.

        Raises:
            FeedTrimmed: marks after the place are no longer kept.
        """
        definition = get_register(resource.source)
        refuse_trimmed(definition.code, after)
        marks = FeedMark.objects.filter(register=definition.code, id__gte=after.mark).order_by("id")
        if upto is not None:
            marks = marks.filter(id__lte=upto.mark)
        steps: list[_Step] = []
        place = after
        for mark in marks[: min(limit, _MARKS) + 1]:
            if Place(mark.pk, mark.last_entry) <= after:
                continue
            if mark.kind == "loaded":
                if steps:
                    break
                steps, place = _page_of_load(definition, watched, mark, after=place, limit=limit, upto=upto)
                if steps:
                    break
            elif len(steps) < limit:
                steps.append(_step_of(mark))
                place = Place(mark.pk, mark.entry)
        return (_changes(definition, watched, steps) if steps else []), place


def _step_of(mark: FeedMark) -> _Step:
    new = None if mark.kind == "retired" else mark.version
    old = {"entered": None, "amended": mark.version - 1, "retired": mark.version}[mark.kind]
    return _Step(mark.pk, mark.entry, mark.version, new, old, mark.known_from.isoformat())


def _page_of_load(
    definition: RegisterDefinition,
    watched: Watched,
    mark: FeedMark,
    *,
    after: Place,
    limit: int,
    upto: Place | None,
) -> tuple[list[_Step], Place]:
    """Entries of a load that are watched, by number; the place behind the load when there are no more."""
    begin = after.entry if after.mark == mark.pk else 0
    last = upto.entry if upto is not None and upto.mark == mark.pk else mark.last_entry
    inside, parameters = _watched(definition, watched)
    statement = sql.SQL(
        "SELECT t._entry FROM ({versions}) t WHERE t._entry > %(begin)s "
        "AND t._entry BETWEEN %(first)s AND %(last)s AND t._known_from = %(at)s AND t._version = 1 "
        "AND {inside} ORDER BY t._entry LIMIT %(limit)s"
    ).format(versions=_versions(definition), inside=inside)
    found = rows(
        statement,
        {
            **parameters,
            "begin": begin,
            "first": mark.entry,
            "last": last,
            "at": mark.known_from,
            "limit": limit,
        },
    )
    at = mark.known_from.isoformat()
    steps = [_Step(mark.pk, entry, 1, 1, None, at) for (entry,) in found]
    return steps, Place(mark.pk, steps[-1].entry if len(steps) == limit else last)


def _versions(definition: RegisterDefinition) -> sql.Composed:
    columns = names(all_columns(definition))
    return sql.SQL("SELECT {columns} FROM {table} UNION ALL SELECT {columns} FROM {history}").format(
        columns=columns, table=table(definition.code), history=history(definition.code)
    )


def _watched(definition: RegisterDefinition, watched: Watched) -> tuple[sql.Composed, dict[str, Parameter]]:
    """The rows granted, and of these the keys and the district of interest."""
    granted, parameters = row_conditions(definition, watched.rows)
    parts: list[sql.Composable] = [granted]
    if watched.keys:
        kept = [key_as_kept(definition.key_field, key) for key in watched.keys]
        parameters["watched_keys"] = json.dumps(kept, ensure_ascii=False)
        parts.append(
            sql.SQL("t.{} IN (SELECT jsonb_array_elements_text(%(watched_keys)s::jsonb))").format(
                sql.Identifier(definition.key)
            )
        )
    if watched.district and definition.district is not None:
        parameters["watched_district"] = watched.district
        parts.append(
            sql.SQL("starts_with(t.{}, %(watched_district)s)").format(sql.Identifier(definition.district))
        )
    return sql.SQL("({})").format(sql.SQL(" AND ").join(parts)), parameters


def _changes(definition: RegisterDefinition, watched: Watched, steps: list[_Step]) -> list[Change]:
    inside, parameters = _watched(definition, watched)
    version = sql.SQL(
        "SELECT CASE WHEN {inside} THEN {shape}::text END AS body, t.{key}::text AS key, {subject} "
        "FROM ({versions}) t WHERE t._entry = m.entry AND t._version = "
    ).format(
        inside=inside,
        shape=shape_of(definition, watched.fields),
        key=sql.Identifier(definition.key),
        subject=subject_columns(definition),
        versions=_versions(definition),
    )
    statement = sql.SQL(
        "SELECT m.mark, m.entry, m.version, m.at, o.*, n.* FROM jsonb_to_recordset(%(steps)s::jsonb) "
        "AS m (mark bigint, entry bigint, version integer, new integer, old integer, at timestamptz) "
        "LEFT JOIN LATERAL ({version} m.old) o (body, key, kind, number) ON true "
        "LEFT JOIN LATERAL ({version} m.new) n (body, key, kind, number) ON true ORDER BY m.mark, m.entry"
    ).format(version=version)
    asked = [
        {"mark": s.mark, "entry": s.entry, "version": s.version, "new": s.new, "old": s.old, "at": s.at}
        for s in steps
    ]
    found = rows(statement, {**parameters, "steps": json.dumps(asked)})
    return [
        Change(
            place=Place(line[0], line[1]),
            version=line[2],
            at=line[3],
            key=line[9] or line[5] or "",
            old=json.loads(line[4]) if line[4] else None,
            new=json.loads(line[8]) if line[8] else None,
            subjects=tuple(
                sorted({blind_subject(line[6], line[7]), blind_subject(line[10], line[11])} - {""})
            ),
        )
        for line in found
        if line[4] or line[8]
    ]
