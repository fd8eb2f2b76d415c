"""Groups by code: rows of the same organisation code that also agree on something else."""

from __future__ import annotations

import duckdb

from yiwang.registers.matching.linking.asking import number

#: Two rows of one code agree if their names are alike, or person, telephone or house are the same. Otherwise
#: a clerk wrote another firm's code: 5 of 10,000 rows in the generator's lists, each would join two firms.
_AGREE = """
    jaro_winkler_similarity(l.core, r.core) >= 0.82 OR l.person = r.person OR l.phone = r.phone
    OR (l.place = r.place AND l.numbers = r.numbers)
"""
_STEPS = (
    # A code of nine or fifteen places is believed only where a sound one says the same.
    """
    CREATE TABLE coded AS
    SELECT rowid AS row, list, code, core, person, phone, place, numbers FROM rows
    WHERE kind = 'sound' OR (kind = 'old' AND code IN (SELECT code FROM rows WHERE kind = 'sound'))
    """,
    "CREATE TABLE crowded AS SELECT code FROM coded GROUP BY code HAVING count(*) > 1",
    f"""
    CREATE TABLE agreeing AS
    SELECT l.row AS one, r.row AS other FROM coded l JOIN coded r ON l.code = r.code AND l.row < r.row
    WHERE {_AGREE}
    """,
    # Those whom most others of the code agree with stand together; who agrees with nobody stands alone.
    """
    CREATE TABLE friends AS
    SELECT row, count(*) AS friends FROM (
        SELECT one AS row FROM agreeing UNION ALL SELECT other FROM agreeing
    ) GROUP BY row
    """,
    """
    CREATE TABLE core_of AS
    SELECT c.code, arg_max(c.row, (f.friends, -c.row)) AS middle
    FROM coded c JOIN friends f USING (row) GROUP BY c.code
    """,
    """
    CREATE TABLE grouped AS
    SELECT middle AS grp, middle AS row FROM core_of
    UNION ALL SELECT o.middle, a.other FROM core_of o JOIN agreeing a ON a.one = o.middle
    UNION ALL SELECT o.middle, a.one FROM core_of o JOIN agreeing a ON a.other = o.middle
    """,
    """
    CREATE TABLE odd AS
    SELECT c.row, c.code FROM coded c JOIN crowded USING (code)
    WHERE c.row NOT IN (SELECT row FROM grouped)
    """,
    # Everybody has a group: that of the code, or one of its own, which is left to be placed.
    """
    CREATE TABLE placed AS
    SELECT r.rowid AS row, coalesce(g.grp, r.rowid) AS grp, g.grp IS NULL AS alone
    FROM rows r LEFT JOIN grouped g ON g.row = r.rowid
    """,
)


def group_by_code(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Make ``placed`` (row, group, whether still alone) and ``odd`` (codes that others have too)."""
    for step in _STEPS:
        connection.execute(step)
    return {name: int(number(connection, query)) for name, query in _COUNTS.items()}


_COUNTS = {
    "by_code": "SELECT count(*) FROM placed WHERE NOT alone",
    "left": "SELECT count(*) FROM placed WHERE alone",
    "odd": "SELECT count(*) FROM odd",
}
