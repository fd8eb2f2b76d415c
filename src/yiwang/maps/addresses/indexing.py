"""Makes the index from the registers, as far as it differs from them. Web processes don't import this."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from yiwang.maps.addresses.contracts import ADDRESSES, NAMES
from yiwang.maps.addresses.models import IndexState, Waiting
from yiwang.maps.addresses.rules.nearness import variants
from yiwang.maps.addresses.spelling import beginnings
from yiwang.registers.api import open_rows

#: Entries that are followed one by one; where more wait, the whole index is looked through.
_FEW = 500
_COLUMNS = (
    "version", "code", "full", "division", "line", "number", "last", "tail", "place", "building", "unit",
    "room", "level", "status", "point",
)  # fmt: skip
_DOORS = sql.SQL(
    """
    INSERT INTO addresses_door (entry, {columns})
    SELECT r._entry, r._version, r.code, r."full", r.division, concat(r.road, r.lane),
      coalesce(substring(r.plate FROM '[0-9]{{1,9}}')::int, 0),
      coalesce(substring(r.plate FROM '^[^0-9]*[0-9]+-([0-9]{{1,9}})')::int, 0),
      coalesce(regexp_replace(substring(r.plate FROM '号(.*)$'), '大院$', ''), ''),
      coalesce(r.place, ''), coalesce(regexp_replace(r.building, '(栋|幢|座|号楼)$', ''), ''),
      coalesce(regexp_replace(r.unit, '(单元|梯)$', ''), ''),
      coalesce(regexp_replace(r.room, '(房|室)$', ''), ''), r.level, r.status, r.point
    FROM {rows} r LEFT JOIN addresses_door d ON d.entry = r._entry
    WHERE d.version IS DISTINCT FROM r._version AND {wanted}
    ON CONFLICT (entry) DO UPDATE SET {updates}
    """
)
_GONE = sql.SQL(
    "DELETE FROM addresses_door d WHERE {wanted} "
    "AND NOT EXISTS (SELECT FROM {rows} r WHERE r._entry = d.entry)"
)
#: Names in the register of addresses, each with the number of its doors; ``{own}`` says of which doors.
_OWN = sql.SQL(
    """
    SELECT line, left(division, 6), 'road', line, NULL::date, NULL::date, count(*) FROM addresses_door
    WHERE line <> '' AND {own} GROUP BY 1, 2
    UNION ALL
    SELECT place, left(division, 6), 'place', place, NULL, NULL, count(*) FROM addresses_door
    WHERE place <> '' AND {own} GROUP BY 1, 2
    """
)
_OTHER = sql.SQL(
    """
    SELECT r.name, CASE r.kind WHEN 'division' THEN r.division ELSE left(r.division, 6) END, r.kind,
      r.stands_for, CASE WHEN bool_and(r.used_from IS NOT NULL) THEN min(r.used_from) END,
      CASE WHEN bool_and(r.used_to IS NOT NULL) THEN max(r.used_to) END, 0
    FROM {names} r WHERE r.name <> r.stands_for GROUP BY 1, 2, 3, 4
    """
)
#: Written over what is there; of the names that ``{ended}`` speaks of, those that don't stand any more go.
_MERGED = sql.SQL(
    """
    WITH standing (name, district, kind, stands_for, used_from, used_to, doors) AS MATERIALIZED ({standing}),
    gone AS (
      DELETE FROM addresses_placename p WHERE {ended} AND NOT EXISTS (
        SELECT FROM standing s WHERE (s.name, s.district, s.kind, s.stands_for)
          = (p.name, p.district, p.kind, p.stands_for)
      ) RETURNING id
    ),
    unspelt AS (DELETE FROM addresses_namebeginning WHERE name_id IN (SELECT id FROM gone)),
    unvaried AS (DELETE FROM addresses_namevariant WHERE name_id IN (SELECT id FROM gone))
    INSERT INTO addresses_placename (name, district, kind, stands_for, used_from, used_to, doors)
    SELECT * FROM standing
    ON CONFLICT (name, district, kind, stands_for) DO UPDATE
      SET used_from = excluded.used_from, used_to = excluded.used_to, doors = excluded.doors
      WHERE (addresses_placename.used_from, addresses_placename.used_to, addresses_placename.doors)
        IS DISTINCT FROM (excluded.used_from, excluded.used_to, excluded.doors)
    """
)
_UNSPELT = """
SELECT p.id, p.name FROM addresses_placename p
WHERE p.kind <> 'division' AND NOT EXISTS (SELECT FROM addresses_namebeginning b WHERE b.name_id = p.id)
"""
_ALL, _NONE = sql.SQL("TRUE"), sql.SQL("FALSE")
_HAS_NO_DOORS = sql.SQL("p.doors = 0")


def make_index(at: datetime) -> int:
    """Bring the whole index up to the registers; gives how many doors are new, other or gone."""
    with transaction.atomic():
        changed = _doors(_ALL, _ALL)
        _names(_OWN.format(own=_ALL), _other(), ended=_ALL, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE addresses_door, addresses_placename")
    return changed


@transaction.atomic
def index_waiting(at: datetime) -> int:
    """Follow what was written to the registers since the last round; gives how many entries waited."""
    rows = list(Waiting.objects.select_for_update(skip_locked=True).order_by("id"))
    if not rows:
        return 0
    if len(rows) > _FEW or any(row.entry is None for row in rows):
        make_index(at)
    else:
        for register, entry in sorted({(row.register, row.entry or 0) for row in rows}):
            index_entry(register, entry, at=at)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


@transaction.atomic
def index_entry(register: str, entry: int, *, at: datetime) -> None:
    """Bring the index up to one entry; the name of a road without doors stays until the next whole making."""
    if register == NAMES:
        _names(_other(), ended=_HAS_NO_DOORS, at=at)
        return
    number = sql.Literal(entry)
    its_door = sql.SQL("entry = {}").format(number)
    _doors(sql.SQL("r._entry = {}").format(number), sql.SQL("d.entry = {}").format(number))
    beside = sql.SQL("(line, place) IN (SELECT line, place FROM addresses_door WHERE {})").format(its_door)
    _names(_OWN.format(own=beside), ended=_NONE, at=at)


def _other() -> sql.Composed:
    return _OTHER.format(names=open_rows(NAMES))


def _doors(wanted: sql.Composable, ours: sql.Composable) -> int:
    rows = open_rows(ADDRESSES)
    updates = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in _COLUMNS
    )
    columns = sql.SQL(", ").join(map(sql.Identifier, _COLUMNS))
    written = _DOORS.format(columns=columns, rows=rows, wanted=wanted, updates=updates)
    with connection.cursor() as cursor:
        cursor.execute(_GONE.format(wanted=ours, rows=rows))
        gone: int = cursor.rowcount
        cursor.execute(written)
        changed: int = cursor.rowcount
    return gone + changed


def _names(*standing: sql.Composed, ended: sql.Composable, at: datetime) -> None:
    """Names with their beginnings and variants; a new mark, so that each process reads those of divisions."""
    with connection.cursor() as cursor:
        cursor.execute(_MERGED.format(standing=sql.SQL(" UNION ALL ").join(standing), ended=ended))
        cursor.execute(_UNSPELT)
        fresh: list[tuple[int, str]] = cursor.fetchall()
        _copy(cursor, "COPY addresses_namebeginning (name_id, letters) FROM STDIN", _each(fresh, beginnings))
        _copy(cursor, "COPY addresses_namevariant (name_id, variant) FROM STDIN", _each(fresh, variants))
    IndexState.objects.update_or_create(pk=1, defaults={"mark": uuid.uuid4(), "made_at": at})


def _each(
    names: Iterable[tuple[int, str]], spell: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[int, str]]:
    return ((pk, each) for pk, name in names for each in spell(name))


def _copy(cursor: CursorWrapper, statement: str, rows: Iterable[tuple[int, str]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
