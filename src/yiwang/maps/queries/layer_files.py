"""A layer as a file: the rows that it draws and the fields that it shows, as this reader sees them."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import sql

from yiwang.maps.queries.layers import ReadLayer
from yiwang.registers.api import KIND_RULES, Cut, DrawnRows
from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import FieldDefinition, FieldKind

#: Of these a file takes what the database computes exactly; a tally gives them as floating point.
_EXACT = frozenset({FieldKind.DECIMAL, FieldKind.MONEY})


def cut_of(
    read: ReadLayer,
    *,
    system: int,
    condition: sql.Composable | None = None,
    parameters: Mapping[str, object] | None = None,
    most: int | None = None,
) -> Cut:
    """What a file of the layer holds; ``system`` is an EPSG number.

    ``condition`` chooses rows, with the layer's own in it, which is taken where it is not given;
    ``parameters`` are those of a day, as the layer was read, and of the condition.
    """
    drawn, shape = read.drawn, read.drawn.shape
    view = {name: Seen.CLEAR if name in drawn.clear else Seen.HINT for name in read.seen}
    typed = {
        name: _typed(drawn.definition.get(name), drawn.typed[name]) for name in view if name in drawn.typed
    }
    return Cut(
        definition=drawn.definition,
        view=view | {shape.name: Seen.CLEAR},
        name=read.layer.code,
        drawn=DrawnRows(
            relation=drawn.relation,
            condition=drawn.condition if condition is None else condition,
            columns=typed | {shape.name: drawn.kept},
            parameters=parameters or {},
        ),
        most=most,
        system=system,
    )


def _typed(field: FieldDefinition, column: sql.Composable) -> sql.Composable:
    if field.kind not in _EXACT:
        return column
    return sql.SQL("({})::{}").format(column, sql.SQL(KIND_RULES[field.kind].column))
