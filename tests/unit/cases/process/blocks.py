"""Block-structured processes for hypothesis: sound by the way they are made."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from yiwang.cases.rules.process.model import Flow, JoinRule, Many, Node, NodeKind, Process
from yiwang.kernel.text import Text

Block = tuple

SPLITS = {"xor": NodeKind.EXCLUSIVE, "and": NodeKind.PARALLEL, "or": NodeKind.INCLUSIVE}


@dataclass
class Builder:
    """Lays a block between what came before and what comes after; ids count up."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def node(self, kind: NodeKind, scope: str | None, **more: object) -> str:
        self.count += 1
        key = f"n{self.count}"
        if kind is NodeKind.USER_TASK:
            more = {"role": "handler", "clock": "c", "outcomes": ("done",), **more}
        self.nodes.append(Node(id=key, kind=kind, name=Text(key, key), scope=scope, **more))
        return key

    def flow(self, source: str, target: str, condition: str | None = None) -> str:
        key = f"{source}_{target}_{len(self.flows)}"
        self.flows.append(Flow(id=key, source=source, target=target, condition=condition))
        return key

    def lay(
        self, block: Block, before: str, scope: str | None, condition: str | None = None
    ) -> tuple[str, str]:
        """Give the flow that leads in (as its id) and the node at the end of the block."""
        kind, *rest = block
        if kind == "seq":
            first, at = self.lay(rest[0], before, scope, condition)
            return first, self.lay(rest[1], at, scope)[1]
        if kind in SPLITS:
            return self.split(kind, rest[0], before, scope, condition)
        if kind == "loop":
            merge = self.node(NodeKind.EXCLUSIVE, scope)
            first = self.flow(before, merge, condition)
            _, last = self.lay(rest[0], merge, scope)
            choice = self.node(NodeKind.EXCLUSIVE, scope)
            self.flow(last, choice)
            self.flow(choice, merge, f"again{choice}")
            return first, choice
        if kind == "sub":
            sub = self.node(NodeKind.SUBPROCESS, scope)
            start = self.node(NodeKind.START, sub)
            _, last = self.lay(rest[0], start, sub)
            self.flow(last, self.node(NodeKind.END, sub))
            return self.flow(before, sub, condition), sub
        if kind == "timed":
            task = self.node(NodeKind.USER_TASK, scope)
            first = self.flow(before, task, condition)
            timer = self.node(NodeKind.BOUNDARY_TIMER, scope, attached_to=task, duration="P1D")
            merge = self.node(NodeKind.EXCLUSIVE, scope)
            self.flow(task, merge)
            _, last = self.lay(rest[0], timer, scope)
            self.flow(last, merge)
            return first, merge
        if kind == "many":
            task = self.node(
                NodeKind.USER_TASK, scope, many=Many(collection=f"items{rest[0]}", rule=JoinRule())
            )
            return self.flow(before, task, condition), task
        task = self.node(
            {"task": NodeKind.USER_TASK, "act": NodeKind.SERVICE_TASK}[kind], scope, **_act(kind)
        )
        return self.flow(before, task, condition), task

    def split(
        self, kind: str, branches: list[Block], before: str, scope: str | None, condition: str | None
    ) -> tuple[str, str]:
        opening = self.node(SPLITS[kind], scope)
        first = self.flow(before, opening, condition)
        lasts = []
        for index, branch in enumerate(branches):
            choosing = kind != "and" and index < len(branches) - 1
            flow, last = self.lay(branch, opening, scope, f"c{opening}_{index}" if choosing else None)
            if kind != "and" and not choosing:
                self.defaults[opening] = flow
            lasts.append(last)
        closing = self.node(SPLITS[kind], scope)
        for last in lasts:
            self.flow(last, closing)
        return first, closing

    def process(self, block: Block) -> Process:
        start = self.node(NodeKind.START, None)
        _, last = self.lay(block, start, None)
        self.flow(last, self.node(NodeKind.END, None))
        choosing = {node.id for node in self.nodes if node.kind in (NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE)}
        for flow in self.flows:
            many = sum(other.source == flow.source for other in self.flows) > 1
            if flow.source in choosing and many and flow.condition is None:
                self.defaults.setdefault(flow.source, flow.id)
        nodes = [_with_default(node, self.defaults.get(node.id)) for node in self.nodes]
        return Process(key="p", name=Text("甲", "A"), nodes=tuple(nodes), flows=tuple(self.flows))


def _act(kind: str) -> dict[str, object]:
    return {"act": "notify_applicant"} if kind == "act" else {}


def _with_default(node: Node, default: str | None) -> Node:
    return replace(node, default=default) if default else node


def blocks(*kinds: str, leaves: int = 7) -> st.SearchStrategy[Block]:
    """Blocks of tasks and acts, put together by the given kinds."""
    leaf = st.sampled_from([("task",), ("task",), ("act",)])
    if "many" in kinds:
        leaf = leaf | st.integers(0, 3).map(lambda count: ("many", count))

    def extend(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
        branches = st.lists(inner, min_size=2, max_size=3)
        made = [st.tuples(st.just("seq"), inner, inner)]
        made += [st.tuples(st.just(kind), branches) for kind in ("xor", "and", "or") if kind in kinds]
        made += [st.tuples(st.just(kind), inner) for kind in ("sub", "timed") if kind in kinds]
        if "loop" in kinds:
            made.append(st.tuples(st.just("loop"), st.tuples(st.just("seq"), st.just(("task",)), inner)))
        return st.one_of(made)

    return st.recursive(leaf, extend, max_leaves=leaves)


def processes(*kinds: str, leaves: int = 7) -> st.SearchStrategy[Process]:
    """Whole processes."""
    return blocks(*kinds, leaves=leaves).map(lambda block: Builder().process(block))
