"""A layer's declared style as layers of a MapLibre style (version 8)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pydantic import JsonValue

from yiwang.kernel.text import Language
from yiwang.maps.definitions import (
    FIGURE,
    MOST_ZOOM,
    NO_FIGURE,
    Categories,
    Classes,
    Clusters,
    Extrusion,
    Heat,
    Labels,
    LayerDefinition,
    Plain,
)
from yiwang.maps.rules.tiles import label_layer
from yiwang.registers.definitions import FieldKind

StyleLayer = dict[str, JsonValue]
#: Local fonts in turn; nothing is fetched for letters.
FONTS: tuple[str, ...] = ("Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif")
_COUNTED = "_count"


def style_layers(
    layer: LayerDefinition, kind: FieldKind, seen: Collection[str], language: Language
) -> list[StyleLayer]:
    """Draw a layer whose shape is of a kind; ``seen`` are the fields that this reader's tiles bear."""
    style = layer.style
    if isinstance(style, Heat):
        drawn = [_heat(layer, style, seen)]
    elif isinstance(style, Clusters):
        drawn = _clusters(layer, style)
    elif isinstance(style, Extrusion):
        drawn = [_raised(layer, style, seen)]
    else:
        drawn = _flat(layer, style, kind, seen)
    if layer.labels is not None and (named := label_of(layer.labels, seen, language)):
        drawn.append(_labels(layer, layer.labels, named, kind))
    return drawn


def colour_of(style: Plain | Categories | Classes, seen: Collection[str]) -> JsonValue:
    """A colour, or the expression that gives one by a field; a field that is not seen gives none away."""
    if isinstance(style, Plain):
        return style.colour
    if style.field not in seen:
        return style.other if isinstance(style, Categories) else "#b1b4b6"
    if isinstance(style, Categories):
        pairs: list[JsonValue] = [part for each in style.values for part in (each.value, each.colour)]
        return ["match", ["to-string", ["get", style.field]], *pairs, style.other]
    steps: list[JsonValue] = [style.colours[0]]
    for bound, colour in zip(style.breaks, style.colours[1:], strict=True):
        steps += [bound, colour]
    stepped: JsonValue = ["step", ["to-number", ["get", style.field], 0], *steps]
    # an area without a number is in no class, least of all in the lowest
    return ["case", ["has", FIGURE], stepped, NO_FIGURE] if style.field == FIGURE else stepped


def _one(
    layer: LayerDefinition,
    part: str,
    kind: str,
    paint: Mapping[str, JsonValue],
    layout: Mapping[str, JsonValue] | None = None,
) -> StyleLayer:
    made: StyleLayer = {
        "id": f"{layer.code}:{part}",
        "type": kind,
        "source": "yiwang",
        "source-layer": layer.code,
        "minzoom": layer.from_zoom,
        "paint": dict(paint),
    }
    if layer.to_zoom < MOST_ZOOM:
        made["maxzoom"] = layer.to_zoom + 1
    if layout:
        made["layout"] = dict(layout)
    return made


def _flat(
    layer: LayerDefinition, style: Plain | Categories | Classes, kind: FieldKind, seen: Collection[str]
) -> list[StyleLayer]:
    colour = colour_of(style, seen)
    if kind is FieldKind.POINT:
        paint: dict[str, JsonValue] = {
            "circle-color": colour,
            "circle-radius": style.width,
            "circle-opacity": style.opacity,
            "circle-stroke-color": style.line_colour or "#ffffff",
            "circle-stroke-width": 1,
        }
        return [_one(layer, "points", "circle", paint)]
    if kind is FieldKind.PATH:
        width = _growing(style.width)
        layout: dict[str, JsonValue] = {"line-cap": "round", "line-join": "round"}
        drawn = [_one(layer, "lines", "line", {"line-color": colour, "line-width": width}, layout)]
        if style.line_colour:
            under: dict[str, JsonValue] = {
                "line-color": style.line_colour,
                "line-gap-width": width,
                "line-width": 1,
            }
            drawn.insert(0, _one(layer, "casing", "line", under, layout))
        return drawn
    areas = _one(layer, "areas", "fill", {"fill-color": colour, "fill-opacity": style.opacity})
    if style.line_colour is None:
        return [areas]
    border: dict[str, JsonValue] = {"line-color": style.line_colour, "line-width": style.width}
    return [areas, _one(layer, "borders", "line", border)]


def _growing(width: float) -> JsonValue:
    """A line of a street is as wide as declared at zoom 14, thinner from afar, wider from near."""
    zoom: list[JsonValue] = ["zoom"]
    steps: list[JsonValue] = [9, max(width / 4, 0.5), 14, width, 18, width * 5]
    return ["interpolate", ["exponential", 1.4], zoom, *steps]


def _heat(layer: LayerDefinition, style: Heat, seen: Collection[str]) -> StyleLayer:
    paint: dict[str, JsonValue] = {"heatmap-radius": style.radius, "heatmap-opacity": style.opacity}
    weighted = style.weight if style.weight in seen else None
    paint["heatmap-weight"] = ["to-number", ["coalesce", ["get", weighted or _COUNTED], 1], 1]
    return _one(layer, "heat", "heatmap", paint)


def _clusters(layer: LayerDefinition, style: Clusters) -> list[StyleLayer]:
    count: list[JsonValue] = ["coalesce", ["get", _COUNTED], 1]
    radius: list[JsonValue] = ["step", count, style.width, 2, 13, 10, 16, 100, 20, 1000, 25]
    paint: dict[str, JsonValue] = {
        "circle-color": style.colour,
        "circle-opacity": style.opacity,
        "circle-radius": radius,
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 1.5,
    }
    numbers = _one(
        layer,
        "numbers",
        "symbol",
        {"text-color": "#ffffff"},
        {"text-field": ["to-string", ["get", _COUNTED]], "text-size": 12, "text-font": list(FONTS)},
    )
    numbers["filter"] = [">", count, 1]
    return [_one(layer, "points", "circle", paint), numbers]


def _raised(layer: LayerDefinition, style: Extrusion, seen: Collection[str]) -> StyleLayer:
    height: JsonValue = style.metres
    if style.field in seen:
        height = ["*", ["to-number", ["get", style.field], 0], style.metres]
    return _one(
        layer,
        "raised",
        "fill-extrusion",
        {
            "fill-extrusion-color": style.colour,
            "fill-extrusion-height": height,
            "fill-extrusion-opacity": style.opacity,
        },
    )


def label_of(labels: Labels | None, seen: Collection[str], language: Language) -> str:
    """The field whose words a reader sees on the map; nothing where there are none, or none for him."""
    if labels is None:
        return ""
    wanted = labels.field_en if language == "en" and labels.field_en else labels.field
    return next((name for name in (wanted, labels.field) if name in seen), "")


def _labels(layer: LayerDefinition, said: Labels, named: str, kind: FieldKind) -> StyleLayer:
    layout: dict[str, JsonValue] = {
        "text-field": ["to-string", ["get", named]],
        "text-size": said.size,
        "text-font": list(FONTS),
        "text-padding": 4,
    }
    if kind is FieldKind.PATH:
        layout["symbol-placement"] = "line"
    if kind is FieldKind.POINT:
        layout |= {"text-anchor": "top", "text-offset": [0, 0.6], "text-optional": True}
    paint: dict[str, JsonValue] = {
        "text-color": said.colour,
        "text-halo-color": said.halo,
        "text-halo-width": 1.5,
    }
    made = _one(layer, "labels", "symbol", paint, layout)
    if kind is FieldKind.AREA:
        made["source-layer"] = label_layer(layer.code)
    made["minzoom"] = max(layer.from_zoom, said.from_zoom)
    made["maxzoom"] = min(layer.to_zoom, said.to_zoom) + 1
    return made


def style_of(
    name: str, layers: Sequence[Sequence[StyleLayer]], tilejson: str, background: str
) -> dict[str, JsonValue]:
    """A whole style: one vector source for all layers, and the ground colour."""
    ground: StyleLayer = {
        "id": "ground",
        "type": "background",
        "paint": {"background-color": background},
    }
    # words of every layer above the areas of every other
    flat = sorted((each for some in layers for each in some), key=lambda each: each["type"] == "symbol")
    drawn: list[JsonValue] = [ground, *flat]
    return {
        "version": 8,
        "name": name,
        "sources": {"yiwang": {"type": "vector", "url": tilejson}},
        "layers": drawn,
    }
