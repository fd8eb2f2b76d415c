"""Organisations and roles that service items and processes name; the city says whether there are such."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yiwang.cases.kinds.case_types import model_of
from yiwang.cases.kinds.names import element_problem
from yiwang.cases.kinds.processes import process_of
from yiwang.kernel.feel import compile_expression, tree
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition, Named, PathKey

_UNSAID = Text("", "")


def named_in(definition: Definition) -> Iterator[Named]:
    """What a definition of this engine names."""
    if definition.kind == "cases":
        yield from _in_item(definition)
    elif definition.kind == "processes":
        yield from _in_process(definition)


def _in_item(definition: Definition) -> Iterator[Named]:
    item = model_of(definition)
    written: list[tuple[PathKey, str | None]] = [
        (("body",), item.body),
        (("delegated_body",), item.delegated_body),
        (("result", "seal"), item.result.seal),
    ]
    written += [(("joint_bodies", place), code) for place, code in enumerate(item.joint_bodies)]
    written += [
        (("windows", i, "organisation"), window.organisation) for i, window in enumerate(item.windows)
    ]
    for path, code in written:
        if code is not None:
            yield Named("organisation", code, definition.source.problem(path, _UNSAID))
    if item.extension is not None:
        place = definition.source.problem(("extension", "approver"), _UNSAID)
        yield Named("role", item.extension.approver, place)


def _in_process(definition: Definition) -> Iterator[Named]:
    for node in process_of(definition).nodes:
        place = element_problem(definition, node.id, _UNSAID)
        if node.role is not None:
            yield Named("role", node.role, replace(place, path=f"{node.id}.role"))
        written = compile_expression(node.organisation).tree if node.organisation else None
        if isinstance(written, tree.Literal) and isinstance(written.value, str):
            yield Named("organisation", written.value, replace(place, path=f"{node.id}.organisation"))
