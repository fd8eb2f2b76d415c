"""Draw a map for paper: layers under the reader's rights, as SVG in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from yiwang.kernel.text import Language, Text
from yiwang.maps.contracts import TileAskedWrongly
from yiwang.maps.definitions import Clusters, Heat
from yiwang.maps.printing.contracts import (
    DrawnMap,
    Frame,
    LegendLine,
    LegendPart,
    MapAsked,
    Overlay,
    Shape,
)
from yiwang.maps.printing.queries.shapes import MOST_COUNTED, Shapes, overlay_paths, shapes_of
from yiwang.maps.printing.rules.papers import zone_of, zoom_of
from yiwang.maps.printing.rules.signs import Figure, Word, drawn_layer, sign_of, spaced, written
from yiwang.maps.queries.layers import ReadLayer, read_layers
from yiwang.maps.rules.legend import Sign, legend_of
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.platform.contracts import Actor
from yiwang.registers.definitions import FieldKind

#: Signs of a map's SVG.
_MOST_SIGNS = 8_000_000
_MOST_WORDS = 250
_GROUND = "#f7f6f3"
_SHAPES: Mapping[FieldKind, Shape] = {FieldKind.POINT: "point", FieldKind.PATH: "line"}


def draw_map(*, actor: Actor | None, asked: MapAsked, at: datetime) -> DrawnMap:
    """Draw what a reader may see, within a turn.

    Raises:
        LayerNotFound: a layer is not there, or not for this reader.
        TileAskedWrongly: too many layers, or one twice.
        TimeLimitReached: the database took too long.
    """
    if len(asked.layers) > MOST_LAYERS or len(set(asked.layers)) != len(asked.layers):
        raise TileAskedWrongly(most=MOST_LAYERS)
    layers = sorted(
        read_layers(actor, asked.layers, then=asked.valid is not None),
        key=lambda each: (each.layer.order, each.layer.code),
    )
    frame = asked.frame
    zoom = zoom_of(frame)
    here = [each for each in layers if each.layer.holds_at(int(zoom + 0.5))]
    found = shapes_of(here, frame, valid=asked.valid, at=at)
    parts: list[str] = []
    words: list[Word] = []
    legend: list[LegendPart] = []
    notes = [_beyond_zoom(each) for each in layers if each not in here]
    notes += [_as_points(each) for each in here if isinstance(each.layer.style, Heat | Clusters)]
    shown: dict[str, int] = {}
    left = _MOST_SIGNS
    for read, shapes in zip(here, found, strict=True):
        signs = legend_of(read.layer, read.drawn.definition, read.seen)
        figures = list(_within(_figures(read, shapes, asked.language), left))
        left -= sum(len(each.path) for each in figures)
        parts += drawn_layer(read.layer, read.drawn.shape.kind, signs, figures, zoom)
        words += _words(read, figures, zoom)
        legend += _legend(read, signs, figures)
        shown[read.layer.code] = len(figures)
        if len(figures) < shapes.present:
            notes.append(_left_out(read, len(figures), shapes.present))
    parts += [written(each) for each in spaced(words[::-1], frame.width, frame.height, _MOST_WORDS)]
    parts += _overlays(asked, frame)
    legend += [_overlaid(each) for each in asked.overlays]
    meridian, epsg = zone_of(frame.centre[0])
    return DrawnMap(
        svg=_sheet(frame, parts),
        frame=frame,
        epsg=epsg,
        meridian=meridian,
        legend=tuple(legend),
        sources=tuple(dict.fromkeys(each.drawn.definition.title for each in here)),
        notes=tuple(notes),
        valid=asked.valid,
        shown=shown,
        is_everybodys=all(each.is_everybodys for each in layers),
    )


def _figures(read: ReadLayer, shapes: Shapes, language: Language) -> Iterator[Figure]:
    styled = getattr(read.layer.style, "field", "")
    named = read.label(language)
    for each in shapes.figures:
        value = each.values.get(styled)
        text = "" if value is None else str(value)
        yield Figure(
            path=each.path,
            east=each.east,
            south=each.south,
            value=text,
            words=str(each.values.get(named) or ""),
            turned=_upright(each.turned),
            sign=sign_of(read.layer, text),
        )


def _upright(turned: float) -> float:
    """Words never stand on their heads."""
    within = (turned + 90) % 180 - 90
    return 0.0 if abs(within) < 0.5 else within


def _within(figures: Iterator[Figure], most: int) -> Iterator[Figure]:
    """As many as their paths leave room for."""
    for each in figures:
        most -= len(each.path)
        if most < 0:
            return
        yield each


def _words(read: ReadLayer, figures: Sequence[Figure], zoom: float) -> list[Word]:
    labels = read.layer.labels
    if labels is None or not labels.holds_at(int(zoom + 0.5)):
        return []
    size = labels.size * 0.21
    offset = size if read.drawn.shape.kind is FieldKind.POINT else 0.0
    # the largest last: layers are gone through from the uppermost, and the list is turned round
    return [
        Word(
            words=each.words,
            east=each.east,
            south=each.south + offset,
            turned=each.turned,
            size=size,
            colour=labels.colour,
            halo=labels.halo,
        )
        for each in reversed(figures)
        if each.words
    ]


def _legend(read: ReadLayer, signs: Sequence[Sign], figures: Sequence[Figure]) -> list[LegendPart]:
    """Only signs that stand on the map."""
    kind = read.drawn.shape.kind
    used = sorted({min(each.sign, len(signs) - 1) for each in figures})
    lines = tuple(
        LegendLine(
            shape=_SHAPES.get(kind, "area"),
            colour=signs[number].colour,
            line=signs[number].line,
            title=signs[number].title or read.layer.title,
        )
        for number in used
    )
    return [LegendPart(title=read.layer.title, lines=lines)] if lines else []


def _overlaid(each: Overlay) -> LegendPart:
    line = LegendLine(shape="overlay", colour=each.colour, line=each.colour, title=each.title)
    return LegendPart(title=each.title, lines=(line,))


def _overlays(asked: MapAsked, frame: Frame) -> list[str]:
    if not asked.overlays:
        return []
    return [
        f'<path d="{path}" fill="{each.colour}" fill-opacity="0.12" stroke="{each.colour}" '
        'stroke-width="0.6" stroke-dasharray="2 1"/>'
        for each, path in zip(asked.overlays, overlay_paths(asked.overlays, frame), strict=True)
    ]


def _sheet(frame: Frame, parts: Sequence[str]) -> str:
    width, height = f"{frame.width:g}", f"{frame.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
        f'viewBox="0 0 {width} {height}"><defs><clipPath id="c"><rect width="{width}" height="{height}"/>'
        f'</clipPath></defs><rect width="{width}" height="{height}" fill="{_GROUND}"/>'
        f'<g clip-path="url(#c)">{"".join(parts)}</g></svg>'
    )


def _left_out(read: ReadLayer, shown: int, present: int) -> Text:
    title, more = read.layer.title, present >= MOST_COUNTED
    return Text(
        f"{title.zh}：此处有{present:,}个{'以上' if more else ''}，图上画出较大的{shown:,}个。",
        f"{title.en}: {'more than ' if more else ''}{present:,} here, the largest {shown:,} are drawn.",
    )


def _as_points(read: ReadLayer) -> Text:
    title = read.layer.title
    return Text(
        f"{title.zh}：屏幕上为热力或聚合图，纸上逐点绘出。",
        f"{title.en}: heat or clusters on screen, each point on paper.",
    )


def _beyond_zoom(read: ReadLayer) -> Text:
    title = read.layer.title
    return Text(f"{title.zh}：本比例尺下不绘。", f"{title.en}: not drawn at this scale.")
