"""DMN XML -> DecisionModel, with every fault's file, line and reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from yiwang.cases.rules.dmn.model import Decision, DecisionModel
from yiwang.cases.rules.dmn.tables import TableReader
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.safe_xml import XmlRefused, line_of, local_name, namespace, read_xml
from yiwang.kernel.text import Text

_NAMESPACES = frozenset(
    {
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",  # 1.3, which public modellers write
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    }
)
_SILENT = frozenset(
    {"", "inputData", "decision", "itemDefinition", "DMNDI", "description", "extensionElements",
     "textAnnotation", "association", "knowledgeSource", "group"}
)  # fmt: skip
_NAME = re.compile(r"[^\W\d]\w*")
_MAX_DECISIONS = 100


@dataclass(slots=True)
class Faults:
    """Collects what is wrong in one file."""

    file: str
    problems: list[DefinitionProblem] = field(default_factory=list)

    def add(self, line: int, path: str, reason: Text) -> None:
        """Note a fault."""
        self.problems.append(DefinitionProblem(file=self.file, line=line, path=path, reason=reason))


def read_model(content: bytes, file: str) -> tuple[DecisionModel | None, list[DefinitionProblem]]:
    """Read one DMN file; a model is given only when there is no problem. ``file`` is the name to show."""
    faults = Faults(file)
    try:
        root = read_xml(content)
    except XmlRefused as refused:
        faults.add(refused.line, "", refused.reason)
        return None, faults.problems
    if local_name(root) != "definitions" or namespace(root) not in _NAMESPACES:
        faults.add(
            line_of(root),
            "",
            Text(
                "不是DMN文件：根元素应为DMN 1.1至1.5的<definitions>",
                "not a DMN file: the root must be <definitions> of DMN 1.1 to 1.5",
            ),
        )
        return None, faults.problems
    model = _Reader(root, faults).model()
    return (None if faults.problems else model), faults.problems


def children(element: _Element, name: str) -> Iterator[_Element]:
    """The direct children of a name."""
    return (child for child in element if local_name(child) == name)


class _Reader:
    def __init__(self, root: _Element, faults: Faults) -> None:
        self.root = root
        self.faults = faults
        self.ids: dict[str, _Element] = {}

    def model(self) -> DecisionModel:
        for element in self.root:
            if local_name(element) not in _SILENT:
                self.faults.add(
                    line_of(element),
                    local_name(element),
                    Text("不支持DMN的这一部分", "this part of DMN is not supported here"),
                )
        self._collect_ids()
        tables = TableReader(self.root, self.faults.add)
        elements = list(children(self.root, "decision"))
        if not elements:
            self.faults.add(line_of(self.root), "", Text("文件中没有决策", "the file holds no decision"))
        if len(elements) > _MAX_DECISIONS:
            self.faults.add(
                line_of(self.root),
                "",
                Text(f"决策超过{_MAX_DECISIONS}个", f"more than {_MAX_DECISIONS} decisions"),
            )
            elements = []
        read = [self._decision(element, tables) for element in elements]
        decisions = {decision.id: decision for decision in read if decision is not None}
        return DecisionModel(
            id=self.root.get("id", ""),
            name=self.root.get("name", ""),
            file=self.faults.file,
            inputs=tuple(name for element in children(self.root, "inputData") for name in _names(element)),
            decisions={key: decisions[key] for key in self._ordered(decisions)},
        )

    def _collect_ids(self) -> None:
        for name in ("inputData", "decision"):
            for element in children(self.root, name):
                key = element.get("id", "")
                if not key:
                    self.faults.add(line_of(element), name, Text("缺少id", "an id is missing"))
                elif key in self.ids:
                    self.faults.add(line_of(element), key, Text("此id重复", "this id stands twice"))
                else:
                    self.ids[key] = element

    def _decision(self, element: _Element, tables: TableReader) -> Decision | None:
        key = element.get("id", "")
        needs = list(self._needs(element, key))
        logic = tables.logic(element, key)
        if not key or logic is None:
            return None
        needed = [(self.ids[href], local_name(self.ids[href])) for href in needs if href in self.ids]
        return Decision(
            id=key,
            name=element.get("name", key),
            variables=_names(element),
            needs_decisions=tuple(found.get("id", "") for found, kind in needed if kind == "decision"),
            needs_inputs=tuple(
                name for found, kind in needed if kind == "inputData" for name in _names(found)
            ),
            logic=logic,
            line=line_of(element),
        )

    def _needs(self, element: _Element, key: str) -> Iterator[str]:
        for requirement in children(element, "informationRequirement"):
            for target in requirement:
                href = (target.get("href") or "").lstrip("#")
                if local_name(target) not in ("requiredInput", "requiredDecision"):
                    continue
                if href not in self.ids:
                    self.faults.add(
                        line_of(target),
                        key,
                        Text(
                            f"它需要“{href}”，而文件中没有", f"it needs “{href}”, which is not in this file"
                        ),
                    )
                yield href

    def _ordered(self, decisions: dict[str, Decision]) -> list[str]:
        """Ids in an order in which each stands after those it needs; a cycle is a fault."""
        ordered: list[str] = []
        state: dict[str, str] = {}

        def visit(key: str, trail: tuple[str, ...]) -> None:
            if state.get(key) == "done" or key not in decisions:
                return
            if state.get(key) == "open":
                circle = " -> ".join((*trail[trail.index(key) :], key))
                self.faults.add(
                    decisions[key].line,
                    key,
                    Text(
                        f"决策相互依赖，形成循环：{circle}",
                        f"decisions need each other in a circle: {circle}",
                    ),
                )
                return
            state[key] = "open"
            for need in decisions[key].needs_decisions:
                visit(need, (*trail, key))
            state[key] = "done"
            ordered.append(key)

        for key in decisions:
            visit(key, ())
        return ordered


def _names(element: _Element) -> tuple[str, ...]:
    """The names under which expressions see an element: its variable's, its own and its id, if they can."""
    variables = [variable.get("name", "") for variable in children(element, "variable")]
    names = (*variables, element.get("name", ""), element.get("id", ""))
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))
