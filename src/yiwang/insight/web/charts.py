"""Small drawings made by the server: their geometry in whole numbers, so that no style attribute is needed.

Each stands beside the same figures in words or in a table, and is hidden from readers' programs where
those say everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yiwang.cases.contracts import LIGHT_TEXTS, Light
from yiwang.cases.contracts.figures import Day, Standing
from yiwang.kernel.text import Text

_WIDTH = 120
_ORDER = (Light.RED, Light.YELLOW, Light.WARNED, Light.STOPPED, Light.GREEN, Light.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of a bar."""

    x: int
    width: int
    look: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of segments; ``label`` says in words what it shows."""

    width: int
    segments: tuple[Segment, ...]
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DayColumn:
    """A day of the trend: two columns from the ground up."""

    x: int
    received_y: int
    received_height: int
    ended_y: int
    ended_height: int
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Cases received and ended, day by day."""

    width: int
    height: int
    columns: tuple[DayColumn, ...]
    highest: int
    label: Text


def light_bar(row: Standing) -> Bar:
    """How the open cases of a row divide by light."""
    segments, x = [], 0
    for light in _ORDER:
        count = row.lights[light]
        if not count or not row.open:
            continue
        # Nothing that is there may vanish: every light keeps at least two units.
        width = max(2, round(count * _WIDTH / row.open))
        segments.append(
            Segment(
                x=x,
                width=width,
                look=str(light),
                title=Text(f"{LIGHT_TEXTS[light].zh} {count}", f"{LIGHT_TEXTS[light].en} {count}"),
            )
        )
        x += width
    label = Text(
        "、".join(segment.title.zh for segment in segments),
        ", ".join(segment.title.en for segment in segments),
    )
    return Bar(width=max(x, 1), segments=tuple(segments), label=label)


def share_bar(value: float, highest: float, title: Text) -> Bar:
    """One value against the highest of its column."""
    width = round(value * _WIDTH / highest) if highest else 0
    return Bar(
        width=_WIDTH,
        segments=(Segment(x=0, width=max(width, 1 if value else 0), look="brand", title=title),),
        label=title,
    )


def trend(days: Sequence[Day], *, height: int = 96, step: int = 16) -> Trend:
    """Draw the days; the highest column reaches the top."""
    highest = max((max(day.received, day.ended) for day in days), default=0)

    def tall(count: int) -> int:
        return round(count * height / highest) if highest else 0

    columns = tuple(
        DayColumn(
            x=place * step,
            received_y=height - tall(day.received),
            received_height=tall(day.received),
            ended_y=height - tall(day.ended),
            ended_height=tall(day.ended),
            title=Text(
                f"{day.day.month}月{day.day.day}日：收件{day.received}，办结{day.ended}",
                f"{day.day:%-d %b}: {day.received} received, {day.ended} ended",
            ),
        )
        for place, day in enumerate(days)
    )
    received, ended = sum(day.received for day in days), sum(day.ended for day in days)
    return Trend(
        width=max(len(days) * step, 1),
        height=height,
        columns=columns,
        highest=highest,
        label=Text(
            f"{len(days)}天共收件{received}件、办结{ended}件，最多一天{highest}件",
            f"{received} received and {ended} ended in {len(days)} days, at most {highest} in one day",
        ),
    )
