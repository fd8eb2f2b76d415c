"""Entries of a register counted, or a number of theirs summed, by division: as one reader may list them."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import ListReach, Seen
from yiwang.registers.definitions import NUMERIC, FieldKind, RegisterDefinition
from yiwang.registers.queries.definitions import get_marked
from yiwang.registers.queries.entries import page_mark
from yiwang.registers.queries.rights import ListRight, reach_of
from yiwang.registers.rules.reading import view_of_list, view_of_public
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.sealing import plain
from yiwang.registers.tables.versions import so_on

#: Where entries hold personal data, fewer than that are told by no number.
LEAST_OF_PERSONS = 3
#: Digits of a district's, a street's and a community's code.
_LEVELS = sql.SQL("(VALUES (6), (9), (12)) AS levels(digits)")
_BY_DIVISION = sql.SQL(
    "(SELECT left(f.place, levels.digits) AS division, "
    "CASE WHEN count(*) >= {least} THEN {figure} END AS figure FROM "
    "(SELECT ({place})::text AS place, {number} AS number FROM {relation} WHERE {condition}) f, {levels} "
    "WHERE length(f.place) >= levels.digits GROUP BY 1)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """``relation`` gives ``division`` and ``figure``, which is null where too few entries are behind it."""

    definition: RegisterDefinition
    reach: ListReach
    relation: sql.Composed
    #: Under which definition and right it is counted.
    mark: str


def tallied(
    actor: Actor | None, register: str, *, by: str, total: str | None, least: int, then: bool = False
) -> Tally | None:
    """Give it, or None where the reader may not list the register or see one of the fields in clear.

    ``by`` is a field of divisions, ``total`` a number that is summed up; without it entries are counted.
    ``then`` counts what was so on ``%(valid)s`` as the city knew it at ``%(known)s``.

    Raises:
        RegisterNotFound: there is none.
    """
    definition, revision = get_marked(register)
    reach = reach_of(definition, actor)
    place, number = definition.find(by), definition.find(total) if total else None
    if reach == "none" or place is None or place.kind is not FieldKind.DIVISION:
        return None
    if total and (number is None or number.kind not in NUMERIC):
        return None
    view = view_of_public(definition) if reach == "public" else view_of_list(definition)
    if any(view[name] is not Seen.CLEAR for name in (by, *([total] if total else []))):
        return None
    own = actor.organisation if reach == "own" and actor is not None else ""
    is_personal = definition.highest_secrecy.level >= Secrecy.PERSONAL.level
    relation = _BY_DIVISION.format(
        least=sql.Literal(max(least, LEAST_OF_PERSONS if is_personal else 1)),
        figure=sql.SQL("sum(f.number)::float8" if total else "count(*)::float8"),
        place=plain(definition, by),
        number=plain(definition, total) if total else sql.SQL("NULL::float8"),
        relation=sql.SQL("{} t").format(_rows(definition, then=then)),
        condition=sql.SQL("t._source = {}").format(sql.Literal(own)) if own else sql.SQL("TRUE"),
        levels=_LEVELS,
    )
    mark = page_mark(revision, ListRight(view, only_source=own))
    return Tally(definition=definition, reach=reach, relation=relation, mark=mark)


def _rows(definition: RegisterDefinition, *, then: bool) -> sql.Composable:
    return so_on(definition.code, ["_source", *definition.names]) if then else table(definition.code)
