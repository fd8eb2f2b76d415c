"""A long study, part after part: what the whole would give, in statements that each end soon."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from psycopg import sql

from yiwang.kernel.text import Language
from yiwang.maps.analysis.contracts import Study, StudyRefused
from yiwang.maps.analysis.queries.studies import rows_of, study_of
from yiwang.maps.analysis.queries.study_limits import MOST_LONG, Prepared
from yiwang.maps.analysis.queries.study_statements import IN_CELLS, MOST_ROWS, inside_of, statement_of
from yiwang.maps.analysis.rules.merging import Merging
from yiwang.maps.queries.features import Box
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.sql import fetch_within

#: Entries of a part, and how long one may take.
PART = 5_000
_MOST_MILLISECONDS = 60_000
_ON_GROUND = IN_CELLS | {"total", "counts"}
#: Signs of a degree; a box is written outwards, so that what lies on its edge lies in it.
_GRAIN = 10**7
_BOUNDS = sql.SQL(
    "SELECT e FROM (SELECT t._entry AS e, row_number() OVER (ORDER BY t._entry) AS n FROM {relation} "
    "WHERE {condition}{inside}) f WHERE mod(n - 1, {part}) = 0 ORDER BY e LIMIT {most}"
)


def study_in_parts(found: Prepared, language: Language, *, told: Callable[[float], bool]) -> Study | None:
    """Make a study; ``told`` hears the share that is done and says whether to go on. None where it didn't.

    Raises:
        StudyRefused: more areas than a result has rows, which parts can't share.
        TimeLimitReached: a part took longer than a minute.
    """
    if found.box is None:
        return study_of(found, [])
    merging = Merging(found.asked.method, found.figures, most=MOST_ROWS + 1)
    # Parts must share their cells and areas: those of the ground that all of them lie in.
    asked = found.asked
    if asked.method in _ON_GROUND and not asked.area:
        asked = replace(asked, area=_as_area(found.box))
    params = found.params | {"area": asked.area or None}
    bounds = _bounds(found)
    for number, (first, last) in enumerate(pairwise([*bounds, None])):
        if not told(number / len(bounds)):
            return None
        part = _between(found.studied, first, last)
        statement = statement_of(asked, part, found.other, language, found.box)
        (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), params)])
        if asked.method == "counts" and len(rows) > MOST_ROWS:
            raise StudyRefused(
                reason=f"分区超过{MOST_ROWS:,}个，请画出较小的范围",
                reason_en=f"there are more than {MOST_ROWS:,} areas; draw a smaller one",
                field="area",
            )
        merging.take(rows)
        if merging.is_enough:
            break
    return study_of(found, rows_of(found, merging.rows()))


def _bounds(found: Prepared) -> list[int | None]:
    """The first entry of each part."""
    drawn = found.studied.drawn
    statement = _BOUNDS.format(
        relation=drawn.relation,
        condition=drawn.condition,
        inside=inside_of(found.studied, found.asked),
        part=sql.Literal(PART),
        most=sql.Literal(MOST_LONG // PART + 1),
    )
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), found.params)])
    return [int(str(row[0])) for row in rows]


def _between(read: ReadLayer, first: int | None, last: int | None) -> ReadLayer:
    """The layer from one entry to before another."""
    drawn = read.drawn
    condition = sql.SQL("{} AND t._entry >= {}").format(drawn.condition, sql.Literal(first))
    if last is not None:
        condition = sql.SQL("{} AND t._entry < {}").format(condition, sql.Literal(last))
    return replace(read, drawn=replace(drawn, condition=condition))


def _as_area(box: Box) -> str:
    west, south = (math.floor(each * _GRAIN) / _GRAIN for each in box[:2])
    east, north = (math.ceil(each * _GRAIN) / _GRAIN for each in box[2:])
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({', '.join(f'{x:.7f} {y:.7f}' for x, y in corners)}))"
