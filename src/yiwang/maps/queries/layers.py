"""Layers as applied, parsed once a revision, and those that a reader sees."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import LiteralString

from yiwang.kernel.errors import NotFound
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.models import Layer
from yiwang.maps.rules.audience import is_meant_for
from yiwang.platform import sql
from yiwang.platform.contracts import Actor
from yiwang.registers.api import Mapped, mapped

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
        return self.drawn.reach == "public" and self.layer.audience.kind == "readers"

    @property
    def mark(self) -> str:
        """What, beside its content, makes a tile another one."""
        return f"{self.layer.code}.{self.revision} {self.drawn.mark}"

    def names_at(self, zoom: int) -> tuple[str, ...]:
        """Fields that this reader's tiles bear at a zoom."""
        return tuple(
            field.name
            for field in self.layer.fields
            if field.holds_at(zoom) and field.name in self.drawn.columns
        )


@lru_cache(maxsize=512)
def _parsed(code: str, revision: int, content: str) -> LayerDefinition:
    return LayerDefinition.model_validate_json(content)


def read_layers(actor: Actor | None, codes: Sequence[str], *, then: bool = False) -> tuple[ReadLayer, ...]:
    """Give the named layers as a reader sees them, in the order in which they are named.

    Raises:
        LayerNotFound: there is none of a name, or it is not for this reader.
    """
    rows = {
        str(code): (int(str(number)), str(text)) for code, number, text in sql.fetch(_SOME, [list(codes)])
    }
    found = []
    for code in codes:
        seen = _seen(actor, code, *rows[code], then=then) if code in rows else None
        if seen is None:
            raise LayerNotFound(layer=code)
        found.append(seen)
    return tuple(found)


def list_layers(actor: Actor | None) -> tuple[ReadLayer, ...]:
    """Give all layers that a reader sees, from the lowest to the uppermost."""
    rows = Layer.objects.filter(closed_at=None).values_list("code", "revision", "definition")
    seen = (
        _seen(actor, code, revision, json.dumps(content, ensure_ascii=False), then=False)
        for code, revision, content in rows
    )
    return tuple(
        sorted((each for each in seen if each), key=lambda each: (each.layer.order, each.layer.code))
    )


def _seen(actor: Actor | None, code: str, revision: int, content: str, *, then: bool) -> ReadLayer | None:
    layer = _parsed(code, revision, content)
    if not is_meant_for(layer.audience, actor):
        return None
    try:
        drawn = mapped(actor, layer.register_code, layer.shape, then=then)
    except NotFound:  # the register was closed, or lost what was drawn
        return None
    return None if drawn is None else ReadLayer(layer=layer, revision=revision, drawn=drawn)
