"""Where everything of a profile stands in its drawing: pure.

The drawing is ``WIDTH`` by ``HEIGHT``; across runs the distance, down the depth below the street, or up the
height above the sea where that of the ground is known.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yiwang.maps.analysis.contracts import PipePiece, Profile
from yiwang.maps.analysis.rules.stations import height_at

WIDTH, HEIGHT = 640.0, 400.0
LEFT, RIGHT, TOP, BOTTOM = 58.0, 630.0, 78.0, 348.0
#: Numbers of pipes stand in so many rows above the drawing, so far apart.
_ROWS, _APART, _ROW_HEIGHT = 4, 22.0, 16.0
#: A pipe is drawn no smaller than it can be seen.
_LEAST_RADIUS = 3.5
#: Above the ground and below the deepest pipe, as a share of what lies between.
_ROOM = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the scale."""

    at: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A pipe: its number, its outline (``points`` of a run, else an ellipse), its leader to the number.

    ``is_known`` is false where nobody recorded the depth: it stands on the ground line, hollow.
    """

    number: int
    piece: PipePiece
    is_known: bool
    points: str
    x: str
    y: str
    across: str
    down: str
    label_y: str
    leader_from: str
    leader_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The whole drawing; ``earth`` is the outline of the ground, ``line`` its upper edge."""

    is_height: bool
    earth: str
    line: str
    marks: tuple[Mark, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def figure_of(profile: Profile) -> Figure:
    """Lay a profile out."""
    ground = profile.ground or ((0.0, 0.0), (profile.length, 0.0))
    length = max(profile.length, 0.1)
    top, bottom = _range(profile.pieces, ground)

    def x(metres: float) -> float:
        return LEFT + min(max(metres / length, 0.0), 1.0) * (RIGHT - LEFT)

    def y(height: float) -> float:
        return TOP + (top - height) / (top - bottom) * (BOTTOM - TOP)

    line = " ".join(f"{x(metres):.1f},{y(height):.1f}" for metres, height in ground)
    rows = _rows([x((each.begin + each.end) / 2) for each in profile.pieces])
    marks = tuple(
        _mark(number, piece, row, x=x, y=y, ground=ground)
        for number, (piece, row) in enumerate(zip(profile.pieces, rows, strict=True), start=1)
    )
    step_across, step_up = _step(length, 7), _step(top - bottom, 6)
    return Figure(
        is_height=bool(profile.ground),
        earth=f"{LEFT:.1f},{BOTTOM:.1f} {line} {RIGHT:.1f},{BOTTOM:.1f}",
        line=line,
        # the wide below, or they would hide the narrow
        marks=tuple(sorted(marks, key=lambda mark: -(mark.piece.diameter or 0))),
        across=tuple(
            Tick(at=f"{x(each):.1f}", words=_number(each, step_across))
            for each in _ticks(0, length, step_across)
        ),
        up=tuple(
            Tick(at=f"{y(each):.1f}", words=_number(each if profile.ground else 0 - each, step_up))
            for each in _ticks(bottom, top, step_up)
        ),
    )


def _range(pieces: Sequence[PipePiece], ground: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The highest and the lowest that is shown."""
    highest = max(height for _, height in ground)
    lowest = min(height for _, height in ground) - 1.0
    for piece in pieces:
        for at, depth in ((piece.begin, piece.top_begin), (piece.end, piece.top_end)):
            if depth is not None:
                lowest = min(lowest, height_at(ground, at) - depth - _metres(piece))
    room = (highest - lowest) * _ROOM
    return highest + room / 2, lowest - room


def _mark(
    number: int,
    piece: PipePiece,
    row: int,
    *,
    x: Callable[[float], float],
    y: Callable[[float], float],
    ground: Sequence[tuple[float, float]],
) -> Mark:
    is_known = piece.top_begin is not None and piece.top_end is not None
    course = _course(piece, ground)
    thick = _metres(piece) if is_known else 0.0
    middle = (x(piece.begin) + x(piece.end)) / 2
    top = height_at(course, (piece.begin + piece.end) / 2) if len(course) > 1 else course[0][1]
    high, low = y(top), y(top - thick)
    half = max((low - high) / 2, _LEAST_RADIUS)
    label = TOP - 14.0 - row * _ROW_HEIGHT
    return Mark(
        number=number,
        piece=piece,
        is_known=is_known,
        points=_outline(course, thick, x, y) if len(course) > 1 else "",
        x=f"{middle:.1f}",
        y=f"{(high + low) / 2:.1f}",
        across=f"{half:.1f}",
        down=f"{half:.1f}",
        label_y=f"{label:.1f}",
        leader_from=f"{label + 4:.1f}",
        leader_to=f"{(high + low) / 2 - half:.1f}",
    )


def _course(piece: PipePiece, ground: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where its top lies: between its ends it follows the ground, at a depth that changes evenly."""
    if piece.end <= piece.begin:
        return [(piece.begin, height_at(ground, piece.begin) - (piece.top_begin or 0.0))]
    at = [piece.begin, *(each for each, _ in ground if piece.begin < each < piece.end), piece.end]
    first, last = piece.top_begin or 0.0, piece.top_end or 0.0
    return [
        (
            each,
            height_at(ground, each)
            - (first + (last - first) * (each - piece.begin) / (piece.end - piece.begin)),
        )
        for each in at
    ]


def _outline(
    course: Sequence[tuple[float, float]],
    thick: float,
    x: Callable[[float], float],
    y: Callable[[float], float],
) -> str:
    """A run's upper edge there and its lower edge back."""
    upper = [(x(at), y(height)) for at, height in course]
    lower = [(x(at), max(y(height - thick), y(height) + _LEAST_RADIUS)) for at, height in reversed(course)]
    return " ".join(f"{across:.1f},{down:.1f}" for across, down in [*upper, *lower])


def _metres(piece: PipePiece) -> float:
    return (piece.diameter or 0) / 1000


def _rows(places: Sequence[float]) -> list[int]:
    """For each number the lowest row in which none stands too near before it."""
    last = [-math.inf] * _ROWS
    found = []
    for place in places:
        row = next((each for each in range(_ROWS) if place - last[each] >= _APART), None)
        row = min(range(_ROWS), key=lambda each: last[each]) if row is None else row
        last[row] = place
        found.append(row)
    return found


def _step(span: float, most: int) -> float:
    """A step of 1, 2 or 5 times a power of ten, at most so many of them."""
    base: float = 10.0 ** math.floor(math.log10(span / most))
    return next(base * times for times in (1, 2, 5, 10) if span / (base * times) <= most)


def _ticks(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step - 1e-9)
    return [number * step for number in range(first, math.floor(high / step + 1e-9) + 1)]


def _number(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value + 0.0:,.{digits}f}"
