"""Features as SVG: colours by the layer's declared style, sizes in millimetres of paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

from yiwang.maps.definitions import FIGURE, Categories, Classes, LayerDefinition
from yiwang.maps.rules.legend import Sign
from yiwang.registers.definitions import FieldKind

#: A pixel of the screen's style on paper, in millimetres.
_PIXEL = 0.2
_FONT = "Noto Sans CJK SC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A feature on paper: an SVG path, or a point; the value that colours it; words and where they stand."""

    path: str
    east: float
    south: float
    value: str
    words: str
    turned: float
    #: Number of the sign by which the legend explains it.
    sign: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Words of the map, in millimetres from its upper left corner."""

    words: str
    east: float
    south: float
    turned: float
    size: float
    colour: str
    halo: str


def sign_of(layer: LayerDefinition, value: str) -> int:
    """Which line of the layer's legend a value falls under; lines are in the order of ``legend_of``."""
    style = layer.style
    if isinstance(style, Categories):
        return next((at for at, each in enumerate(style.values) if each.value == value), len(style.values))
    if isinstance(style, Classes):
        try:
            number = float(value)
        except ValueError:
            return len(style.colours) if style.field == FIGURE else 0
        return sum(1 for bound in style.breaks if number >= bound)
    return 0


def drawn_layer(
    layer: LayerDefinition, kind: FieldKind, signs: Sequence[Sign], figures: Sequence[Figure], zoom: float
) -> Iterator[str]:
    """SVG of a layer, its figures grouped by sign, the last sign lowest as on the screen's map."""
    ordered = sorted(figures, key=lambda each: -each.sign)
    casing = getattr(layer.style, "line_colour", None)
    if kind is FieldKind.PATH and casing:
        width = line_width(layer, zoom) + 0.3
        yield _group({"fill": "none", "stroke": casing, "stroke-width": f"{width:.2f}"})
        yield from (f'<path d="{each.path}"/>' for each in ordered)
        yield "</g>"
    for number, some in groupby(ordered, key=lambda each: each.sign):
        sign = signs[min(number, len(signs) - 1)]
        yield _group(_paint(layer, kind, sign, zoom))
        yield from (_one(each, kind, layer) for each in some)
        yield "</g>"


def line_width(layer: LayerDefinition, zoom: float) -> float:
    """Millimetres: as declared at zoom 14, up to three times that from near, a third from afar."""
    grown = min(max(2 ** ((zoom - 14) * 0.5), 0.34), 3.0)
    return max(float(getattr(layer.style, "width", 1.5)) * grown * _PIXEL, 0.1)


def _paint(layer: LayerDefinition, kind: FieldKind, sign: Sign, zoom: float) -> Mapping[str, str]:
    style = layer.style
    opacity = f"{getattr(style, 'opacity', 1.0):g}"
    if kind is FieldKind.PATH:
        width = f"{line_width(layer, zoom):.2f}"
        return {"fill": "none", "stroke": sign.colour, "stroke-width": width, "stroke-opacity": opacity}
    if kind is FieldKind.POINT:
        return {"fill": sign.colour, "fill-opacity": opacity, "stroke": "#ffffff", "stroke-width": "0.15"}
    line = getattr(style, "line_colour", None)
    border = float(getattr(style, "width", 0.5)) * _PIXEL if line else 0.1
    around = {"stroke": line or sign.colour, "stroke-width": f"{border:.2f}"}
    return {"fill": sign.colour, "fill-opacity": opacity, "fill-rule": "evenodd", **around}


def _one(figure: Figure, kind: FieldKind, layer: LayerDefinition) -> str:
    if kind is not FieldKind.POINT:
        return f'<path d="{figure.path}"/>'
    radius = max(float(getattr(layer.style, "width", 4.0)) * _PIXEL, 0.4)
    return f'<circle cx="{figure.east:.2f}" cy="{figure.south:.2f}" r="{radius:.2f}"/>'


def _group(paint: Mapping[str, str]) -> str:
    said = " ".join(f'{name}="{value}"' for name, value in paint.items())
    return f'<g stroke-linecap="round" stroke-linejoin="round" {said}>'


def spaced(words: Sequence[Word], width: float, height: float, most: int) -> Iterator[Word]:
    """Those that overlap none before them and stand inside, at most so many."""
    taken: list[tuple[float, float, float, float]] = []
    for word in words:
        half = _length(word) / 2 + 0.6
        # turned words take the square around them: rough, and never too small
        tall = half * abs(_slope(word.turned)) + word.size * 0.7
        box = (word.east - half, word.south - tall, word.east + half, word.south + tall)
        if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
            continue
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken):
            continue
        taken.append(box)
        yield word
        if len(taken) == most:
            return


def written(word: Word) -> str:
    """A word as SVG, with its halo."""
    turned = f' transform="rotate({word.turned:.1f} {word.east:.2f} {word.south:.2f})"' if word.turned else ""
    place = f'x="{word.east:.2f}" y="{word.south + word.size * 0.36:.2f}"'
    said = f'font-family="{_FONT}" font-size="{word.size:.2f}" text-anchor="middle"{turned}>'
    inner = escape(word.words)
    # drawn twice: a halo by paint-order alone is not understood by every reader of SVG
    return (
        f'<text {place} fill="none" stroke="{word.halo}" stroke-width="0.7" stroke-linejoin="round" {said}'
        f'{inner}</text><text {place} fill="{word.colour}" {said}{inner}</text>'
    )


def _length(word: Word) -> float:
    return sum(word.size * (1.0 if ord(sign) > 0x2E7F else 0.56) for sign in word.words)


def _slope(degrees: float) -> float:
    return min(abs(degrees) / 45, 1.0)
