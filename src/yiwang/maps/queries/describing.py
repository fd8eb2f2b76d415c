"""TileJSON and styles of layers, as a reader sees them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue

from yiwang.kernel.text import Language
from yiwang.maps.definitions import MOST_ZOOM
from yiwang.maps.queries.layers import ReadLayer
from yiwang.maps.rules.styling import style_layers, style_of
from yiwang.maps.rules.tiles import label_layer

_KINDS = {"integer": "Number", "decimal": "Number", "money": "Number", "yes_no": "Boolean"}


def tilejson_of(layers: Sequence[ReadLayer], tiles: str) -> dict[str, JsonValue]:
    """TileJSON 3.0.0. No bounds: where a department's entries lie is not for others."""
    return {
        "tilejson": "3.0.0",
        "name": " + ".join(str(each.layer.title) for each in layers),
        "description": "; ".join(str(each.layer.summary) for each in layers),
        "scheme": "xyz",
        "tiles": [tiles],
        "minzoom": min(each.layer.from_zoom for each in layers),
        "maxzoom": max(each.layer.to_zoom for each in layers),
        "vector_layers": [found for each in layers for found in _vector_layers(each)],
    }


def style_json(layers: Sequence[ReadLayer], tilejson: str, language: Language) -> dict[str, JsonValue]:
    """A style of MapLibre for the layers together."""
    drawn = [style_layers(each.layer, each.drawn.shape.kind, each.seen, language) for each in layers]
    return style_of(" + ".join(str(each.layer.title) for each in layers), drawn, tilejson, "#f3f2f1")


def _vector_layers(read: ReadLayer) -> list[dict[str, JsonValue]]:
    drawn, fields = _vector_layer(read), _fields(read)
    worded = {zoom: read.words_at(zoom) for zoom in range(MOST_ZOOM + 1) if read.layer.holds_at(zoom)}
    zooms = [zoom for zoom, names in worded.items() if names]
    if not zooms:
        return [drawn]
    named = {name for names in worded.values() for name in names}
    words: dict[str, JsonValue] = {
        "id": label_layer(read.layer.code),
        "description": str(read.layer.title),
        "minzoom": zooms[0],
        "maxzoom": zooms[-1],
        "fields": {name: fields[name] for name in fields if name in named},
    }
    return [drawn, words]


def _vector_layer(read: ReadLayer) -> dict[str, JsonValue]:
    fields = _fields(read)
    if any(rule.rule == "cluster" for rule in read.layer.generalise):
        fields["_count"] = "Number"
    return {
        "id": read.layer.code,
        "description": str(read.layer.title),
        "minzoom": read.layer.from_zoom,
        "maxzoom": min(read.layer.to_zoom, MOST_ZOOM),
        "fields": fields,
        "generalisation": [rule.model_dump(mode="json") for rule in read.layer.generalise],
    }


def _fields(read: ReadLayer) -> dict[str, JsonValue]:
    return {
        field.name: _KINDS.get(field.kind.value, "String")
        for field in read.drawn.definition.fields
        if field.name in read.seen
    }
