"""A layer as a file: the rows that it draws and the fields that it shows, as this reader sees them."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import sql

from yiwang.kernel.text import Text
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.platform.contracts import Actor
from yiwang.registers.api import KIND_RULES, Cut, DrawnRows
from yiwang.registers.contracts import AsOf, Seen
from yiwang.registers.definitions import FieldDefinition, FieldKind

#: Of these a file takes what the database computes exactly; a tally gives them as floating point.
_EXACT = frozenset({FieldKind.DECIMAL, FieldKind.MONEY})


class LayersAsFiles:
    """Layers over registers, for exports; cases are not a register's."""

    def title(self, actor: Actor, layer: str, *, register: str) -> Text:
        """What the layer is called.

        Raises:
            LayerNotFound
        """
        return _over(actor, layer, register).layer.title

    def cut(self, actor: Actor, layer: str, *, register: str, system: int, as_of: AsOf | None) -> Cut:
        """Its rows and fields, on a day as it was known then.

        Raises:
            LayerNotFound
        """
        read = _over(actor, layer, register, then=as_of is not None)
        day = {} if as_of is None else {"valid": as_of.valid, "known": as_of.known}
        return cut_of(read, system=system, parameters=day)


def _over(actor: Actor, layer: str, register: str, *, then: bool = False) -> ReadLayer:
    (read,) = read_layers(actor, (layer,), then=then)
    if read.layer.cases or read.layer.register_code != register:
        raise LayerNotFound(layer=layer)
    return read


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
