"""The picture of a process: boxes for its steps and bent lines for its flows, in pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yiwang.cases.rules.process.grid import Grid, gridded, host_of
from yiwang.cases.rules.process.labels import Box, Labelling, Point, label_width
from yiwang.cases.rules.process.model import BOUNDARIES, ENDS, GATEWAYS, Flow, Node, NodeKind, Process

_MARGIN = 60
_GAP = 60
_ROUND = frozenset({NodeKind.START, NodeKind.TIMER_CATCH, NodeKind.MESSAGE_CATCH}) | ENDS | BOUNDARIES


@dataclass(slots=True)
class Picture:
    """Boxes of nodes, way points of flows, and boxes of the labels that stand outside their element."""

    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)

    def take(self, other: Picture, x: int, y: int) -> None:
        """Put another picture into this one."""
        self.boxes |= {key: box.moved(x, y) for key, box in other.boxes.items()}
        self.labels |= {key: box.moved(x, y) for key, box in other.labels.items()}
        self.lines |= {key: [(px + x, py + y) for px, py in line] for key, line in other.lines.items()}

    def extent(self) -> Point:
        """The lower right corner of everything drawn."""
        boxes = [*self.boxes.values(), *self.labels.values()]
        points = [point for line in self.lines.values() for point in line]
        return (
            max([box.x + box.width for box in boxes] + [x for x, _ in points], default=0),
            max([box.y + box.height for box in boxes] + [y for _, y in points], default=0),
        )


def laid_out(process: Process, scope: str | None = None) -> Picture:
    """Draw one scope with the subprocesses in it; at the top with a margin all around."""
    return _Drawing(process, scope).picture


class _Drawing:
    def __init__(self, process: Process, scope: str | None) -> None:
        self.process = process
        self.grid: Grid = gridded(process, scope)
        self.picture = Picture()
        self.inner = {
            node.id: laid_out(process, node.id)
            for node in process.inside(scope)
            if node.kind is NodeKind.SUBPROCESS
        }
        self.nodes = [node for node in process.inside(scope) if node.kind not in BOUNDARIES]
        self.flows = [flow for flow in process.flows if process.node(flow.source).scope == scope]
        self.tracks: dict[int, dict[str, int]] = {}
        self._measure()
        for node in self.nodes:
            self._place(node)
        for flow in self.flows:
            self._draw(flow)
        self._label(scope)

    def _label(self, scope: str | None) -> None:
        labelling = Labelling(self.picture.boxes, self.picture.lines, self.picture.labels)
        for node in self.process.inside(scope):
            if node.name.zh and (self._is_round(node) or node.kind in GATEWAYS):
                labelling.beside(node.id, node.name.zh, below_first=node.kind not in BOUNDARIES)
        for flow in self.flows:
            if flow.name.zh:
                labelling.along(flow.id, flow.name.zh)

    def _is_round(self, node: Node) -> bool:
        """A message catch with boundary events is drawn as a receive task: events sit on activities only."""
        return node.kind in _ROUND and not self.process.boundaries(node.id)

    def _size(self, node: Node) -> Point:
        if node.id in self.inner:
            width, height = self.inner[node.id].extent()
            return width + _MARGIN // 2, height + _MARGIN // 2
        if self._is_round(node):
            return 36, 36
        return (50, 50) if node.kind in GATEWAYS else (120, 80)

    def _measure(self) -> None:
        """The left edge and width of each column, the middle of each row."""
        columns, rows = self.grid.columns, self.grid.rows
        widths = [0] * (max(columns.values(), default=0) + 1)
        gaps = [_GAP] * len(widths)
        heights = dict.fromkeys(sorted({*rows.values(), *self.grid.ways.values()}), 60)
        for node in self.nodes:
            width, height = self._size(node)
            widths[columns[node.id]] = max(widths[columns[node.id]], width)
            heights[rows[node.id]] = max(heights[rows[node.id]], height + 40, 110)
        for flow in self.flows:
            source = columns[host_of(self.process, flow.source)]
            gaps[source] = max(gaps[source], label_width(flow.name.zh) + 40 if flow.name.zh else 0)
        self.widths = widths
        self.left = [_MARGIN + sum(widths[:i]) + sum(gaps[:i]) for i in range(len(widths))]
        self.middle: dict[int, int] = {}
        y = _MARGIN // 2
        for row, height in heights.items():
            self.middle[row] = y + height // 2
            y += height

    def _place(self, node: Node) -> None:
        width, height = self._size(node)
        column = self.grid.columns[node.id]
        x = self.left[column] + (self.widths[column] - width) // 2
        box = Box(x, self.middle[self.grid.rows[node.id]] - height // 2, width, height)
        self.picture.boxes[node.id] = box
        if node.id in self.inner:
            self.picture.take(self.inner[node.id], box.x, box.y)
        boundaries = self.process.boundaries(node.id)
        for position, boundary in enumerate(boundaries, start=1):
            middle = box.x + position * box.width // (len(boundaries) + 1)
            sitting = Box(middle - 18, box.y + box.height - 18, 36, 36)
            self.picture.boxes[boundary.id] = sitting

    def _draw(self, flow: Flow) -> None:
        source, target = self.picture.boxes[flow.source], self.picture.boxes[flow.target]
        way = self.middle[self.grid.ways[flow.id]]
        if flow.id in self.grid.backward:
            line = self._back(source, target, way)
        else:
            line = [*self._leave(flow, source, way), *self._enter(flow, target, way)]
        self.picture.lines[flow.id] = _straightened(line)

    def _back(self, source: Box, target: Box, way: int) -> list[Point]:
        def side(box: Box) -> int:
            return box.y if way < box.y else box.y + box.height

        sx, tx = source.centre[0], target.centre[0]
        return [(sx, side(source)), (sx, way), (tx, way), (tx, side(target))]

    def _leave(self, flow: Flow, box: Box, way: int) -> list[Point]:
        """From the source to its row: straight, by a corner of the gateway, or by a bend in the gap."""
        x, y = box.centre
        node = self.process.node(flow.source)
        if node.kind in BOUNDARIES:
            return [(x, box.y + box.height), (x, way)]
        if way == y:
            return [(box.x + box.width, y)]
        if node.kind in GATEWAYS and self._shaft(node.id, self.grid.ways[flow.id]):
            return [(x, box.y + (box.height if way > y else 0)), (x, way)]
        column = self.grid.columns[node.id]
        bend = self.left[column] + self.widths[column] + self._track(column, node.id, lambda n: 16 + 10 * n)
        return [(box.x + box.width, y), (bend, y), (bend, way)]

    def _enter(self, flow: Flow, box: Box, way: int) -> list[Point]:
        """From its row to the target: straight, into a corner of the gateway, or by a bend in the gap."""
        x, y = box.centre
        node = self.process.node(flow.target)
        if way == y:
            return [(box.x, y)]
        if node.kind in GATEWAYS and self._shaft(node.id, self.grid.ways[flow.id]):
            return [(x, way), (x, box.y + (box.height if way > y else 0))]
        column = self.grid.columns[node.id]
        bend = self.left[column] - self._track(column - 1, node.id, lambda n: 16 + 10 * n)
        return [(bend, way), (bend, y), (box.x, y)]

    def _shaft(self, node_id: str, row: int) -> bool:
        column, at = self.grid.columns[node_id], self.grid.rows[node_id]
        clear = self.grid.shaft_is_free(column, at, row)
        own = any(
            self.grid.ways[flow.id] == row
            for flow in (*self.process.outgoing(node_id), *self.process.incoming(node_id))
        )
        stands = any(self.grid.columns[n] == column and r == row for n, r in self.grid.rows.items())
        return clear and own and not stands

    def _track(self, gap: int, key: str, offset: Callable[[int], int]) -> int:
        """Bends of different steps in one gap don't run over one another."""
        used = self.tracks.setdefault(gap, {})
        return offset(used.setdefault(key, len(used)))


def _straightened(line: list[Point]) -> list[Point]:
    """Drop points that stand twice or in the middle of a straight piece."""
    kept: list[Point] = []
    for point in line:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept.pop()
        kept.append(point)
    return kept
