"""Where the names of events, gateways and flows stand in a picture: near, and over nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

Point = tuple[int, int]
_LINE = 14  # one line of an 11-pixel label
_SIGN = 12  # one Chinese character of it
_WIDEST = 96


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``x`` and ``y`` are its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> Point:
        """The middle."""
        return self.x + self.width // 2, self.y + self.height // 2

    def meets(self, other: Box) -> bool:
        """Whether two boxes cover a common point."""
        across = self.x <= other.x + other.width and other.x <= self.x + self.width
        return across and self.y <= other.y + other.height and other.y <= self.y + self.height

    def moved(self, x: int, y: int) -> Box:
        """The same box elsewhere."""
        return replace(self, x=self.x + x, y=self.y + y)


def label_width(text: str) -> int:
    """Pixels of a label in one line."""
    return sum(_SIGN if ord(sign) > 0x2E80 else 7 for sign in text) + 6


class Labelling:
    """Tries the places around an element in turn and takes the first that covers nothing."""

    def __init__(
        self, boxes: Mapping[str, Box], lines: Mapping[str, list[Point]], labels: dict[str, Box]
    ) -> None:
        self.boxes = boxes
        self.lines = lines
        self.labels = labels

    def beside(self, node_id: str, text: str, *, below_first: bool) -> None:
        """A name under or over a node; of a boundary event beside the line that leaves it."""
        box = self.boxes[node_id]
        width = min(label_width(text), _WIDEST)
        height = -(-label_width(text) // _WIDEST) * _LINE
        left, right = box.x - 4 - width, box.x + box.width + 4
        middle, foot = box.centre[0] - width // 2, box.y + box.height
        places = [(middle, foot + 4), (middle, box.y - height - 4), (right, foot), (left, foot)]
        if not below_first:
            places = [(right - 12, foot + 2), (left + 12, foot + 2)]
        self._take(node_id, [Box(x, y, width, height) for x, y in places])

    def along(self, flow_id: str, text: str) -> None:
        """A name over the beginning of a level piece, or beside an upright one."""
        width = label_width(text)
        self._take(flow_id, list(self._along(self.lines[flow_id], width)))

    def _along(self, line: list[Point], width: int) -> Iterator[Box]:
        pieces = list(itertools.pairwise(line))
        for (ax, ay), (bx, by) in pieces:
            if ay == by and abs(bx - ax) >= width:
                step = 1 if bx > ax else -1
                for away in (12, abs(bx - ax) - width - 12):
                    start = ax + step * away - (width if step < 0 else 0)
                    yield Box(start, ay - _LINE - 4, width, _LINE)
                    yield Box(start, ay + 4, width, _LINE)
        for (ax, ay), (bx, by) in pieces:
            if ax == bx:
                yield Box(ax + 5, (ay + by - _LINE) // 2, width, _LINE)
                yield Box(ax - 5 - width, (ay + by - _LINE) // 2, width, _LINE)
        (ax, ay), _ = pieces[0]
        yield Box(ax + 6, ay - _LINE - 4, width, _LINE)

    def _take(self, key: str, places: list[Box]) -> None:
        self.labels[key] = next((place for place in places if self._is_free(place)), places[0])

    def _is_free(self, place: Box) -> bool:
        if any(place.meets(box) for box in (*self.boxes.values(), *self.labels.values())):
            return False
        pieces = (piece for line in self.lines.values() for piece in itertools.pairwise(line))
        return not any(place.meets(_thin(a, b)) for a, b in pieces)


def _thin(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
