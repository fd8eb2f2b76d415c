"""``processes/*.bpmn``: processes, read, judged for soundness, compiled to JSON."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.cases.kinds.names import element_problem
from yiwang.cases.rows.acts import KNOWN_ACTS
from yiwang.cases.rules.process.model import Node, NodeKind, Process
from yiwang.cases.rules.process.read_bpmn import read_bpmn
from yiwang.cases.rules.process.soundness import faults
from yiwang.cases.rules.process.stored import from_json, to_json
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json

_ACTS = ", ".join(sorted(KNOWN_ACTS))
_NO_DECISION = Text("decisions/中没有名为“{key}”的决策", "no file in decisions/ has a decision {key!r}")
_NO_ITEM = Text("没有编码为“{key}”的事项", "there is no service item {key!r}")
_NO_ACT = Text("没有名为“{key}”的自动动作；可用：{known}", "there is no act {key!r}; known acts: {known}")


class ProcessKind:
    """A BPMN file; its code is the process's id."""

    key: ClassVar[str] = "processes"
    suffixes: ClassVar[tuple[str, ...]] = (".bpmn",)
    model: ClassVar[type[BaseModel] | None] = None
    order: ClassVar[int] = 50

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Read, judge, compile."""
        drawing, problems = read_bpmn(source.content, source.shown)
        if drawing is None:
            return None, problems
        unsound = faults(drawing)
        if unsound:
            return None, unsound
        content: Json = {"process": to_json(drawing.process), "xml": source.content.decode()}  # type: ignore[dict-item]
        return definition_of(self.key, drawing.process.key, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Decisions, acts and called service items exist."""
        found = []
        for node in nodes_of(definition):
            if node.kind is NodeKind.DECISION_TASK and not _decision_exists(node.decision, known):
                found.append(element_problem(definition, node.id, _NO_DECISION.fill(key=node.decision)))
            if node.kind is NodeKind.CALL and known.lacks("cases", node.case_type or ""):
                found.append(element_problem(definition, node.id, _NO_ITEM.fill(key=node.case_type)))
            if node.kind is NodeKind.SERVICE_TASK and node.act not in KNOWN_ACTS:
                found.append(element_problem(definition, node.id, _NO_ACT.fill(key=node.act, known=_ACTS)))
        return found

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """Running cases finish under the process that they began with, so nothing is lost."""
        if wanted is None:
            return (Step(Text("不再使用该流程", "Use this process no more")),)
        return (Step(Text("采用流程", "Use this process")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Nothing by itself: the service items that name it take it along."""


def nodes_of(definition: Definition) -> tuple[Node, ...]:
    """The nodes of a process definition."""
    return process_of(definition).nodes


def process_of(definition: Definition) -> Process:
    """The process of a definition."""
    assert isinstance(definition.content, dict)  # noqa: S101 - written by read() above
    stored = definition.content["process"]
    assert isinstance(stored, dict)  # noqa: S101 - written by read() above
    return from_json(stored)


def _decision_exists(key: str | None, known: Known) -> bool:
    if known.has_faulty("decisions"):
        return True
    for definition in known.of_kind("decisions"):
        content = definition.content
        if (
            isinstance(content, dict)
            and isinstance(listed := content.get("decisions"), list)
            and key in listed
        ):
            return True
    return False
