"""Areas with a number of another register: what lies in each, counted or summed up as its reader lists it."""

from __future__ import annotations

from dataclasses import replace

from psycopg import sql

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import NotFound
from yiwang.maps.definitions import FIGURE, Measure
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped, tallied
from yiwang.registers.contracts import ListReach
from yiwang.registers.definitions import FieldDefinition, FieldKind

_JOINED = sql.SQL(
    "(SELECT t.*, m.figure FROM {relation} LEFT JOIN {tally} m ON m.division = ({place})::text) t"
)
#: No register has a field of this id beside 200 others of its own.
_ID = 9999


def reach_of_both(areas: ListReach, counted: ListReach) -> ListReach:
    """Only one's own where either is; everybody's only where both are."""
    if "own" in (areas, counted):
        return "own"
    return areas if counted == "public" else counted


def measured(actor: Actor | None, drawn: Mapped, measure: Measure, *, then: bool = False) -> Mapped | None:
    """The areas with their number as a field more; None where either register is not for this reader.

    Where the public part of one is all that he sees, it is all that everybody sees of both.
    """
    if measure.areas not in drawn.clear or measure.areas not in drawn.columns:
        return None
    try:
        tally = tallied(
            actor, measure.register_code, by=measure.by, total=measure.sum, least=measure.least, then=then
        )
    except NotFound:
        return None
    if tally is None:
        return None
    column = sql.SQL("(t.{})::float8").format(sql.Identifier(FIGURE))
    field = FieldDefinition(
        id=_ID, name=FIGURE, kind=FieldKind.DECIMAL, title=measure.title, secrecy=Secrecy.PUBLIC
    )
    return replace(
        drawn,
        definition=drawn.definition.model_copy(update={"fields": (*drawn.definition.fields, field)}),
        reach=reach_of_both(drawn.reach, tally.reach),
        relation=_JOINED.format(
            relation=drawn.relation, tally=tally.relation, place=drawn.columns[measure.areas]
        ),
        columns={**drawn.columns, FIGURE: column},
        clear=drawn.clear | {FIGURE},
        typed={**drawn.typed, FIGURE: column},
        mark=f"{drawn.mark} +{tally.mark} {measure.by}.{measure.sum or ''}.{measure.least}",
    )
