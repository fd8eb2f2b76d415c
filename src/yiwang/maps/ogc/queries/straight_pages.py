"""Pages whose work is bounded whatever lies in the table: one kept statement, without a time limit.

A page of all, or of a box in degrees, asked by nothing else. A page of all follows the entries' own index. Of
a box, what its index names is taken up to a bound: where there is more, the page says so and gives nothing,
and is asked for as any other. Neither depends on what a planner thinks of a box that it does not know.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.bounds import Params, corners_of, rectangle
from yiwang.maps.ogc.queries.selecting import Written, cells_of, said_of
from yiwang.maps.ogc.rules.systems import DEFAULT, System
from yiwang.maps.queries.layers import ReadLayer

#: Features of a page, and what a box may hold, so that a statement needs no limit.
MOST_A_PAGE, MOST_NEAR = 200, 1_000
_ALL = sql.SQL(
    "SELECT FALSE AS is_crowded, t._entry AS entry, {said} AS said FROM (SELECT t.* FROM {relation} "
    "WHERE t._entry > %(after)s::bigint AND {condition} ORDER BY t._entry LIMIT %(limit)s::bigint) t "
    "{cells} ORDER BY t._entry"
)
_NEAR = sql.SQL(
    "WITH near AS MATERIALIZED (SELECT t.* FROM {relation} WHERE {kept} && {box} LIMIT {most} + 1) "
    "SELECT n.is_crowded, f.entry, f.said FROM (SELECT count(*) > {most} AS is_crowded FROM near) n "
    "LEFT JOIN LATERAL (SELECT t._entry AS entry, {said} AS said FROM (SELECT t.* FROM near t "
    "WHERE NOT n.is_crowded AND t._entry > %(after)s::bigint AND ST_Intersects({kept}, {box}) "
    "AND {condition} ORDER BY t._entry LIMIT %(limit)s::bigint) t {cells} ORDER BY t._entry) f ON TRUE"
)


@dataclass(frozen=True, slots=True)
class StraightPage:
    """What a kept statement depends on beside the reader and the layer."""

    system: System
    written: Written
    is_near: bool


def straight_page(read: ReadLayer, asked: Asked, written: Written) -> StraightPage | None:
    """The kept statement that gives a page; None where none does."""
    if asked != _known_of(asked) or asked.limit > MOST_A_PAGE:
        return None
    # what lies near is counted before a reader's own rows are chosen: its time would tell of others' rows
    if read.drawn.reach == "own":
        return None
    if asked.boxes is None:
        return None if read.layer.only else StraightPage(asked.system, written, is_near=False)
    if len(asked.boxes) != 1 or not asked.box_system.is_degrees:
        return None
    return StraightPage(asked.system, written, is_near=True)


def _known_of(asked: Asked) -> Asked:
    """What of it these statements know; whatever else is asked, now or later, takes the other way."""
    return Asked(
        system=asked.system,
        limit=asked.limit,
        after=asked.after,
        boxes=asked.boxes,
        box_system=asked.box_system,
        filter_system=asked.filter_system,
        is_counted=asked.is_counted,
    )


def straight_text(read: ReadLayer, page: StraightPage) -> sql.Composed:
    """Its text, with the parameters of :func:`straight_params`."""
    return (_NEAR if page.is_near else _ALL).format(
        said=said_of(read, page.system, page.written),
        relation=read.drawn.relation,
        kept=read.drawn.kept,
        box=rectangle((0, 0, 0, 0), DEFAULT, "box", {}),
        condition=read.drawn.condition,
        cells=cells_of(read),
        most=sql.Literal(MOST_NEAR),
    )


def straight_params(asked: Asked) -> Params:
    """What it is asked by."""
    params: Params = {"after": asked.after, "limit": asked.limit + 1}
    for box in asked.boxes or ():
        corners_of(box, "box", params)
    return params
