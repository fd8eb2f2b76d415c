"""Which names an expression reads from its surroundings, so that a pack can be checked before it runs."""

from __future__ import annotations

from collections.abc import Iterator

from yiwang.kernel.feel import tree
from yiwang.kernel.feel.functions.catalogue import is_builtin


def free_names(node: tree.Node) -> tuple[frozenset[str], frozenset[str]]:
    """Dotted paths that surely come from the context, and those in filters that an item may have instead."""
    sure: set[str] = set()
    perhaps: set[str] = set()
    pending: list[tuple[tree.Node, frozenset[str], bool]] = [(node, frozenset({"?"}), False)]
    while pending:
        here, bound, filtering = pending.pop()
        path = _dotted(here)
        if path:
            if path.partition(".")[0] not in bound:
                (perhaps if filtering else sure).add(path)
            continue
        pending.extend(_below(here, bound, filtering=filtering))
    return frozenset(sure), frozenset(perhaps)


def _dotted(node: tree.Node) -> str:
    parts: list[str] = []
    while isinstance(node, tree.Path):
        parts.append(node.name)
        node = node.source
    return ".".join([node.name, *reversed(parts)]) if isinstance(node, tree.Name) else ""


Below = Iterator[tuple[tree.Node, frozenset[str], bool]]


def _below(node: tree.Node, bound: frozenset[str], *, filtering: bool) -> Below:
    match node:
        case tree.Filter():
            yield node.source, bound, filtering
            yield node.condition, bound | {"item"}, True
        case tree.For():
            yield from _below_bindings(node.bindings, node.body, bound | {"partial"}, filtering=filtering)
        case tree.Quantified():
            yield from _below_bindings(node.bindings, node.condition, bound, filtering=filtering)
        case tree.FunctionLiteral():
            yield node.body, bound.union(node.parameters), filtering
        case tree.ContextLiteral():
            yield from _below_entries(node, bound, filtering=filtering)
        case tree.Call(function=tree.Name(name=name)) if is_builtin(name):
            yield from ((argument, bound, filtering) for argument in node.arguments)
        case _:
            yield from ((child, bound, filtering) for child in node.children())


def _below_entries(node: tree.ContextLiteral, bound: frozenset[str], *, filtering: bool) -> Below:
    for key, value in node.entries:
        yield value, bound, filtering
        bound |= {key}


def _below_bindings(
    bindings: tuple[tree.Binding, ...], body: tree.Node, bound: frozenset[str], *, filtering: bool
) -> Below:
    for binding in bindings:
        for domain in binding.children():
            yield domain, bound, filtering
        bound |= {binding.name}
    yield body, bound, filtering
