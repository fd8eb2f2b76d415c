"""Where the steps of a process stand on a grid of columns and rows, read from left to right.

A column is the longest way from the start, loops aside. Rows come from cutting the drawing into chains: the
longest way to an end runs straight; every other chain takes the nearest row that is free all along it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from yiwang.cases.rules.process.model import BOUNDARIES, Flow, Node, Process


@dataclass(slots=True)
class Grid:
    """Cells by (column, row). ``ways`` is the row along which a flow runs between its ends."""

    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    ways: dict[str, int] = field(default_factory=dict)
    backward: set[str] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def is_free(self, columns: range, row: int) -> bool:
        """Whether nothing stands or runs in these cells."""
        return all((column, row) not in self.taken for column in columns)

    def shaft_is_free(self, column: int, first: int, last: int) -> bool:
        """Whether nothing stands in a column between two rows, both excluded."""
        low, high = sorted((first, last))
        return all((column, row) not in self.taken for row in range(low + 1, high))


def gridded(process: Process, scope: str | None) -> Grid:
    """Put the nodes of one scope on a grid; boundary events stand with their hosts."""
    return _Placing(process, scope).grid


def host_of(process: Process, node_id: str) -> str:
    """The node itself, or the activity on which a boundary event sits."""
    return process.node(node_id).attached_to or node_id


class _Placing:
    def __init__(self, process: Process, scope: str | None) -> None:
        self.process = process
        self.nodes = [node for node in process.inside(scope) if node.kind not in BOUNDARIES]
        self.grid = Grid()
        self.flows: dict[str, list[Flow]] = {node.id: [] for node in self.nodes}
        for flow in process.flows:
            source = host_of(process, flow.source)
            if source in self.flows and flow.target in self.flows:
                self.flows[source].append(flow)
        self._find_backward()
        self._columns()
        self._rows()

    def _find_backward(self) -> None:
        """A flow to a node that is still on the way from the start leads back."""
        state: dict[str, int] = {}
        for node in sorted(self.nodes, key=lambda each: bool(self.process.incoming(each.id))):
            if node.id in state:
                continue
            stack = [(node.id, iter(self.flows[node.id]))]
            state[node.id] = 1
            while stack:
                at, left = stack[-1]
                flow = next(left, None)
                if flow is None:
                    state[at] = 2
                    stack.pop()
                elif state.get(flow.target) == 1:
                    self.grid.backward.add(flow.id)
                elif flow.target not in state:
                    state[flow.target] = 1
                    stack.append((flow.target, iter(self.flows[flow.target])))

    def _forward(self, node_id: str) -> list[Flow]:
        return [flow for flow in self.flows[node_id] if flow.id not in self.grid.backward]

    def _columns(self) -> None:
        entering: dict[str, list[str]] = {node.id: [] for node in self.nodes}
        for source in self.flows:
            for flow in self._forward(source):
                entering[flow.target].append(source)

        @cache
        def column(node_id: str) -> int:
            return max((column(source) + 1 for source in entering[node_id]), default=0)

        @cache
        def ahead(node_id: str) -> int:
            return max((ahead(flow.target) + 1 for flow in self._forward(node_id)), default=0)

        self.grid.columns = {node.id: column(node.id) for node in self.nodes}
        self.ahead = {node.id: ahead(node.id) for node in self.nodes}

    def _rows(self) -> None:
        for node in self._in_order():
            if node.id not in self.grid.rows:
                self._put(node.id, 0 if not self.grid.rows else self._below_all())
                self._chain_from(node.id)
        for node in self._in_order():
            for flow in self._sorted(node.id):
                if flow.id not in self.grid.ways and flow.id not in self.grid.backward:
                    self._chain(flow)
        for node in self._in_order():
            for flow in self.flows[node.id]:
                if flow.id in self.grid.backward:
                    self._way_back(flow)

    def _in_order(self) -> Iterator[Node]:
        starts_first = sorted(self.nodes, key=lambda node: self.grid.columns[node.id])
        # Only what nothing leads to begins a chain of its own in the first round.
        yield from starts_first

    def _sorted(self, node_id: str) -> list[Flow]:
        """The longest way on first; what starts at a boundary event last."""
        return sorted(
            self._forward(node_id), key=lambda flow: (flow.source != node_id, -self.ahead[flow.target])
        )

    def _put(self, node_id: str, row: int) -> None:
        self.grid.rows[node_id] = row
        self.grid.taken.add((self.grid.columns[node_id], row))

    def _below_all(self) -> int:
        return max((row for _, row in self.grid.taken), default=-1) + 1

    def _chain_from(self, node_id: str) -> None:
        pending = [node_id]
        while pending:
            at = pending.pop()
            for flow in self._sorted(at):
                if flow.id not in self.grid.ways:
                    pending.extend(reversed(self._chain(flow)))

    def _chain(self, first: Flow) -> list[str]:
        """Lay the longest chain of unplaced nodes that begins with a flow; give the nodes on it."""
        source = host_of(self.process, first.source)
        flows, nodes = [first], []
        while flows[-1].target not in self.grid.rows:
            nodes.append(flows[-1].target)
            on = [flow for flow in self._sorted(nodes[-1]) if flow.source == nodes[-1]]
            if not on:
                break
            flows.append(on[0])
        end = flows[-1].target
        last = self.grid.columns[end] + (1 if end in nodes else 0)
        row = self._free_row(source, first.source != source, range(self.grid.columns[source] + 1, last), end)
        for flow in flows:
            self.grid.ways[flow.id] = row
        for node in nodes:
            self._put(node, row)
        for column in range(self.grid.columns[source] + 1, last):
            self.grid.taken.add((column, row))
        return nodes

    def _free_row(self, source: str, from_boundary: bool, columns: range, end: str) -> int:  # noqa: FBT001
        at = self.grid.rows[source]
        if not columns and not from_boundary:
            return self.grid.rows.get(end, at)
        tries = [at + step for step in range(1, 60)] if from_boundary else _nearest(at)
        for row in tries:
            if self.grid.is_free(columns, row) and (row == at or self._reachable(source, row, from_boundary)):
                if from_boundary:
                    self.grid.taken.add((self.grid.columns[source], row))
                return row
        return self._below_all()

    def _reachable(self, source: str, row: int, from_boundary: bool) -> bool:  # noqa: FBT001
        column, at = self.grid.columns[source], self.grid.rows[source]
        free = self.grid.shaft_is_free(column, at, row)
        return free and (not from_boundary or (column, row) not in self.grid.taken)

    def _way_back(self, flow: Flow) -> None:
        """Loops run above everything that they pass, or below if something stands over their ends."""
        source, target = host_of(self.process, flow.source), flow.target
        columns = range(self.grid.columns[target], self.grid.columns[source] + 1)
        between = [row for column, row in self.grid.taken if column in columns]
        above, below = min(between) - 1, max(between) + 1
        ends = ((self.grid.columns[each], self.grid.rows[each]) for each in (source, target))
        clear = all(self.grid.shaft_is_free(column, row, above) for column, row in ends)
        row = above if clear and flow.source == source else below
        self.grid.ways[flow.id] = row
        self.grid.taken |= {(column, row) for column in columns}


def _nearest(row: int) -> list[int]:
    """The row itself, then below and above by turns."""
    return [row, *(row + sign * step for step in range(1, 60) for sign in (1, -1))]
