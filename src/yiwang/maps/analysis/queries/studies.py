"""Studies over layers, each one statement under the reader's own rows and fields and within limits.

Lengths and areas are metres on the plane of the CGCS2000 zone (three degrees) nearest to what is studied.
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import sql

from yiwang.kernel.text import Language
from yiwang.maps.analysis.contracts import Study, StudyAsked, StudyRow
from yiwang.maps.analysis.queries.profiling import make_profile
from yiwang.maps.analysis.queries.study_limits import Prepared, prepare, read_for
from yiwang.maps.analysis.queries.study_statements import (
    IN_CELLS,
    MOST_ENTRIES,
    MOST_ROWS,
    SUMS,
    beside_of,
    statement_of,
    stretch_of,
    studied_of,
)
from yiwang.maps.analysis.queries.walking import catchments
from yiwang.maps.analysis.rules.hot_spots import gi_star
from yiwang.maps.queries.features import Box
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within

_MOST_MILLISECONDS = 10_000
Row = Sequence[object]


def make_study(actor: Actor | None, asked: StudyAsked, language: Language) -> Study:
    """Make a study as a reader may see it, while he waits.

    Raises:
        LayerNotFound: a layer is not there, or not for this reader.
        StudyRefused: too much, or shapes that the method does not fit.
        StudyIsLong: too much to wait for.
        TimeLimitReached: it took longer than ten seconds.
    """
    studied, other = read_for(actor, asked)
    if asked.line:
        return make_profile(actor, asked, studied, language)
    found = prepare(studied, other, asked, most=MOST_ENTRIES)
    return study_of(found, _rows(found, found.box, language) if found.box is not None else [])


def study_of(found: Prepared, rows: Sequence[StudyRow]) -> Study:
    """A study of its rows, cut where they are too many."""
    is_whole = found.asked.method in IN_CELLS or len(rows) <= MOST_ROWS
    return Study(
        asked=found.asked,
        title=found.title,
        figures=found.figures,
        measured=found.measured,
        rows=tuple(rows if is_whole else rows[:MOST_ROWS]),
        is_cut=not is_whole,
    )


def _rows(found: Prepared, box: Box, language: Language) -> list[StudyRow]:
    asked, studied, other = found.asked, found.studied, found.other
    if asked.method == "walk" and other is not None:
        far = sql.Literal((asked.metres or 0) * 1.1 + 400)
        around = sql.SQL("ST_Expand(a.m, {} * {})").format(far, sql.Literal(stretch_of(box)))
        beside = beside_of(other, language, around)
        return catchments(studied_of(studied, asked, language), beside, found.params, asked.metres or 0)
    statement = statement_of(asked, studied, other, language, box)
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(statement.as_string(), found.params)])
    return rows_of(found, rows)


def rows_of(found: Prepared, rows: Sequence[Row]) -> list[StudyRow]:
    """Rows of a study of what its statement gave."""
    if found.asked.method == "hot_spots":
        return _scored(rows)
    return [_row(row, found.figures) for row in rows]


def _row(row: Row, figures: Sequence[str]) -> StudyRow:
    name, other, *rest = row
    values = rest[: len(figures)]
    return StudyRow(
        name=str(name),
        other=str(other),
        figures={
            key: round(float(str(value)), 2 if key in SUMS else 1)
            for key, value in zip(figures, values, strict=True)
            if value is not None
        },
        shape=str(rest[len(figures)]),
    )


def _scored(rows: Sequence[Row]) -> list[StudyRow]:
    """Cells with their score, the hottest first."""
    counts = {(int(str(row[4])), int(str(row[5]))): float(str(row[2])) for row in rows}
    scores = gi_star(counts)
    shapes = {(int(str(row[4])), int(str(row[5]))): str(row[3]) for row in rows}
    order = sorted(counts, key=lambda cell: (-scores[cell], cell))
    return [
        StudyRow(
            name=f"{place}",
            other="",
            figures={"count": counts[cell], "z_score": round(scores[cell], 3)},
            shape=shapes[cell],
        )
        for place, cell in enumerate(order, start=1)
    ]
