"""Layers as applied, parsed once a revision, and those that a reader sees."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import LiteralString

from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Language
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.definitions import LayerDefinition, Only
from yiwang.maps.models import Layer
from yiwang.maps.queries.measuring import measured
from yiwang.maps.rules.audience import is_meant_for, withheld_from
from yiwang.maps.rules.styling import label_of
from yiwang.platform import sql
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CASES, DRAWN_SOURCES, Mapped, map_reach, mapped
from yiwang.registers.definitions import FieldKind

_SOME: LiteralString = (
    "SELECT code, revision, definition::text FROM maps_layer WHERE code = ANY(%s) AND closed_at IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLayer:
    """A layer as one reader sees it."""

    layer: LayerDefinition
    revision: int
    drawn: Mapped

    @property
    def is_everybodys(self) -> bool:
        """Whether anybody sees the same of it."""
        return (
            self.drawn.reach == "public"
            and self.layer.audience.kind == "readers"
            and not any(field.organisations for field in self.layer.fields)
        )

    @property
    def mark(self) -> str:
        """What, beside its content, makes a tile another one."""
        return f"{self.layer.code}.{self.revision} {self.drawn.mark}"

    @property
    def seen(self) -> tuple[str, ...]:
        """Fields that this reader's tiles bear at some zoom, in the layer's order."""
        return tuple(field.name for field in self.layer.fields if field.name in self.drawn.columns)

    def label(self, language: Language) -> str:
        """The field that labels a feature on the map; nothing where there are no words for this reader."""
        return label_of(self.layer.labels, self.seen, language)

    def called_by(self, language: Language, *, among: Collection[str] | None = None) -> str:
        """The field by which a feature is called: its label, else the first of those that the reader sees.

        ``among``: only these count. Nothing where none is left.
        """
        seen = [name for name in self.seen if among is None or name in among]
        return label_of(self.layer.labels, seen, language) or next(iter(seen), "")

    def select(self, names: Iterable[str]) -> Composed:
        """Columns of fields, each under its field's name, as SELECT lists them; NULL where there is none."""
        columns = [SQL("{} AS {}").format(self.drawn.columns[name], Identifier(name)) for name in names]
        return SQL(", ").join(columns or [SQL("NULL").format()])

    def names_at(self, zoom: int) -> tuple[str, ...]:
        """Fields that this reader's tiles bear at a zoom."""
        return tuple(
            field.name
            for field in self.layer.fields
            if field.holds_at(zoom) and field.name in self.drawn.columns
        )

    def words_at(self, zoom: int) -> tuple[str, ...]:
        """Fields that name an area at a zoom; none where areas bear no words, or this reader sees none."""
        labels = self.layer.labels
        if labels is None or self.drawn.shape.kind is not FieldKind.AREA or not labels.holds_at(zoom):
            return ()
        return tuple(name for name in self.names_at(zoom) if name in {labels.field, labels.field_en})


@lru_cache(maxsize=512)
def _parsed(code: str, revision: int, content: str) -> LayerDefinition:
    return LayerDefinition.model_validate_json(content)


def read_layers(
    actor: Actor | None, codes: Sequence[str], *, then: bool = False, during: bool = False
) -> tuple[ReadLayer, ...]:
    """Give the named layers as a reader sees them, in the order in which they are named.

    ``then`` and ``during``: as :func:`yiwang.registers.api.mapped` has them.

    Raises:
        LayerNotFound: there is none of a name, or it is not for this reader.
    """
    rows = {
        str(code): (int(str(number)), str(text)) for code, number, text in sql.fetch(_SOME, [list(codes)])
    }
    found = []
    for code in codes:
        seen = _seen(actor, code, *rows[code], then=then, during=during) if code in rows else None
        if seen is None:
            raise LayerNotFound(layer=code)
        found.append(seen)
    return tuple(found)


def list_layers(actor: Actor | None) -> tuple[ReadLayer, ...]:
    """Give all layers that a reader sees, from the lowest to the uppermost."""
    rows = Layer.objects.filter(closed_at=None).values_list("code", "revision", "definition")
    seen = (
        _seen(actor, code, revision, json.dumps(content, ensure_ascii=False))
        for code, revision, content in rows
    )
    return tuple(
        sorted((each for each in seen if each), key=lambda each: (each.layer.order, each.layer.code))
    )


def _seen(
    actor: Actor | None, code: str, revision: int, content: str, *, then: bool = False, during: bool = False
) -> ReadLayer | None:
    return as_seen(actor, _parsed(code, revision, content), revision, then=then, during=during)


def as_seen(
    actor: Actor | None,
    layer: LayerDefinition,
    revision: int,
    *,
    then: bool = False,
    during: bool = False,
) -> ReadLayer | None:
    """A definition as a reader would see it; None where it is not for him."""
    if not is_meant_for(layer.audience, actor):
        return None
    drawn = _drawn(actor, layer, then=then, during=during)
    if drawn is None:
        return None
    if layer.measure is not None:
        drawn = measured(actor, drawn, layer.measure, then=then or during)
        if drawn is None:
            return None
    withheld = withheld_from(layer, actor)
    if withheld:
        drawn = _without(drawn, withheld)
    if any(only.field not in drawn.clear for only in layer.only):
        return None
    if layer.only:
        drawn = replace(drawn, condition=_narrowed(drawn, layer.only))
    return ReadLayer(layer=layer, revision=revision, drawn=drawn)


def _drawn(actor: Actor | None, layer: LayerDefinition, *, then: bool, during: bool) -> Mapped | None:
    if layer.cases:
        return DRAWN_SOURCES.get(CASES).drawn(actor, layer.cases, then=then, during=during)
    try:
        return mapped(actor, layer.register_code, layer.shape, then=then, during=during)
    except NotFound:  # the register was closed, or lost what was drawn
        return None


def is_seen_as_before(actor: Actor | None, read: ReadLayer) -> bool:
    """Whether a reader's right to what is drawn is as it was when the layer was read, asked anew."""
    if not read.layer.cases and read.layer.measure is None:
        return map_reach(actor, read.drawn.definition) == read.drawn.reach
    again = as_seen(actor, read.layer, read.revision)
    return again is not None and (again.mark, again.drawn.reach) == (read.mark, read.drawn.reach)


def _without(drawn: Mapped, withheld: frozenset[str]) -> Mapped:
    """As if the register did not show these fields; what is drawn so has a mark of its own."""
    return replace(
        drawn,
        columns={name: column for name, column in drawn.columns.items() if name not in withheld},
        clear=drawn.clear - withheld,
        typed={name: column for name, column in drawn.typed.items() if name not in withheld},
        mark=f"{drawn.mark} -{','.join(sorted(withheld))}",
    )


def _narrowed(drawn: Mapped, chosen: Sequence[Only]) -> Composed:
    """The register's own condition, and that of the layer."""
    found: list[Composable] = [drawn.condition]
    for only in chosen:
        column = drawn.columns[only.field]
        if drawn.definition.get(only.field).kind is FieldKind.DIVISION:
            inside = [
                SQL("starts_with(({})::text, {})").format(column, _literal(value)) for value in only.values
            ]
            found.append(SQL("({})").format(SQL(" OR ").join(inside)))
            continue
        values = SQL(", ").join([_literal(value) for value in only.values])
        found.append(SQL("({})::text IN ({})").format(column, values))
    return SQL(" AND ").join(found)


def _literal(value: str) -> Composable:
    """A literal in statements that have parameters: a percent sign would begin one."""
    if "%" not in value:
        return Literal(value)
    return SQL("convert_from(decode({}, 'hex'), 'UTF8')").format(Literal(value.encode().hex()))
