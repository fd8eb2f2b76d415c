"""Registers of a size that no file need bring: people and superseded versions made by the database.

Sets go in where a load checks field by field. The history is emptied of its indexes first and kept out of
the write-ahead log, which changes how fast it is filled, not how it is read.
"""

from __future__ import annotations

from benchmarks.progress import told
from django.db import connection

from yiwang.registers.queries.definitions import get_register

#: 900 people born on each day from 1950 on, in a county that no other maker of people uses. The check
#: character by GB 11643 is that of the day (weights of the first 14 digits) and of the three after it.
_PEOPLE = """
WITH places AS (SELECT array_agg(DISTINCT residence_division) AS of FROM reg.persons),
days AS (
  SELECT n, day, digits, (SELECT sum(substr(digits, k::integer, 1)::integer * w)
    FROM unnest(ARRAY[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5]) WITH ORDINALITY AS weights (w, k)) AS worth
  FROM generate_series(0, (%(number)s - 1) / 900) n, LATERAL (SELECT date '1950-01-01' + n AS day) d,
    LATERAL (SELECT '440198' || to_char(day, 'YYYYMMDD') AS digits) t),
serials AS (
  SELECT s, lpad(s::text, 3, '0') AS digits, 8 * (s / 100) + 4 * (s / 10 %% 10) + 2 * (s %% 10) AS worth
  FROM generate_series(1, 900) s)
INSERT INTO reg.persons (_version, _source, _district, _valid_from, _known_from, id_number, name, sex,
  birth_date, residence_division)
SELECT 1, 'public_security', left(place, 6), current_date - 30, now() - interval '30 days',
  d.digits || s.digits || substr('10X98765432', 1 + mod(d.worth + s.worth, 11)::integer, 1),
  substr('王李张刘陈杨黄赵吴周', 1 + (n + s) %% 10, 1)
    || substr('伟芳娜敏静丽强磊军洋', 1 + (7 * n + s) %% 10, 1),
  CASE s %% 2 WHEN 1 THEN '1' ELSE '2' END, d.day, place
FROM days d CROSS JOIN serials s CROSS JOIN places,
  LATERAL (SELECT places.of[1 + (n * 31 + s) %% array_length(places.of, 1)] AS place) p
WHERE n * 900 + s <= %(number)s
"""


def give_people(number: int) -> None:
    """So many more people, all indexes and checks of the register on."""
    told(f"Making {number:,} more people in the database")
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"number": number})


def give_versions(number: int) -> None:
    """So many superseded versions of every entry, each true for 400 days, one after the other until now."""
    columns = ", ".join(get_register("persons").names)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reg.persons_history")
        cursor.execute("ALTER TABLE reg.persons_history SET UNLOGGED")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), "
            "pg_get_constraintdef(c.oid), c.conname FROM pg_index LEFT JOIN pg_constraint c "
            "ON c.conindid = indexrelid WHERE indrelid = 'reg.persons_history'::regclass"
        )
        indexes = cursor.fetchall()
        for index, _, _, constraint in indexes:
            what = f"TABLE reg.persons_history DROP CONSTRAINT {constraint}" if constraint else ""
            cursor.execute(f"ALTER {what}" if constraint else f"DROP INDEX {index}")
        for version in range(1, number + 1):
            told(f"Making superseded version {version} of {number} of everybody")
            # as they come in life: versions of one person lie far apart
            cursor.execute(
                "INSERT INTO reg.persons_history (_entry, _version, _source, _district, _valid_from, "
                f"_known_from, _recorded_by, _basis, _valid_to, _ended_at, _known_to, _act, {columns}) "
                "SELECT _entry, 1 - %(v)s, _source, _district, _valid_from - 400 * %(v)s, "
                "_known_from - interval '400 days' * %(v)s, _recorded_by, _basis, "
                "_valid_from - 400 * (%(v)s - 1), _known_from - interval '400 days' * (%(v)s - 1), "
                f"'infinity', 'change', {columns} FROM reg.persons",
                {"v": version},
            )
        told("Indexing them")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _, made, whole, constraint in indexes:
            added = f"ALTER TABLE reg.persons_history ADD CONSTRAINT {constraint} {whole}"
            cursor.execute(added if constraint else made)
