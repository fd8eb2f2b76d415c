"""What is proposed from the data, as its maker may list them: breaks of classes, values to tell apart."""

from __future__ import annotations

from psycopg import sql

from yiwang.maps.making.contracts import Method
from yiwang.maps.making.rules.breaking import QUANTILES, breaks_of
from yiwang.platform.sql import fetch_within
from yiwang.registers.api import Mapped
from yiwang.registers.definitions import NUMERIC

_MOST_MILLISECONDS = 5_000
_QUANTILES = sql.SQL(
    "SELECT percentile_disc({shares}::float8[]) WITHIN GROUP (ORDER BY ({column})::float8) "
    "FROM {relation} WHERE {condition} AND ({column}) IS NOT NULL"
)


def proposed_breaks(drawn: Mapped, field: str, classes: int, method: Method) -> tuple[float, ...]:
    """Breaks for a numeric field that the reader sees in clear; none where there is no such or too little.

    Raises:
        TimeLimitReached: the database took too long.
    """
    found = drawn.definition.find(field)
    if found is None or found.kind not in NUMERIC or field not in drawn.clear:
        return ()
    statement = _QUANTILES.format(
        shares=sql.Literal([place / QUANTILES for place in range(QUANTILES + 1)]),
        column=drawn.columns[field],
        relation=drawn.relation,
        condition=drawn.condition,
    )
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), {})])
    values = rows[0][0] if rows else None
    if not isinstance(values, list):
        return ()
    return breaks_of([float(str(value)) for value in values], classes, method)
