"""What FEEL may read of a case, so that a misspelt name is found before the first case is.

An expression that reads a name that isn't there gives null, and a condition on null is never true: nothing
fails, the way is just never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from yiwang.cases.contracts.words import AutomaticAct
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.form import Form
from yiwang.cases.rules.dmn.checks import check_model
from yiwang.cases.rules.dmn.model import DecisionModel
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.cases.rules.process.model import Node, Process
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.feel import FeelProblem, compile_expression
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Definition

CASE_FACTS = frozenset({"number", "type", "channel", "urgent", "organisation", "division", "receipt_known"})
#: What is known of the change of a register that a case asks for.
CHANGE_FACTS = frozenset({"register", "entry", "act", "owner", "source"})
_OPEN_ROOTS = frozenset({"departments", "applicant", "outcome", "opinions"})
_ANSWER = Text("表单中没有题目“{key}”", "the form has no question {key!r}")
_FACT = Text("“{root}”没有“{key}”这一项；可用：{known}", "{root} has no {key!r}; it has {known}")
_ROOT = Text("没有名为“{key}”的数据；可用：{known}", "there is no {key!r} to read; there are {known}")


@dataclass(frozen=True, slots=True)
class Readable:
    """The names at the root, and below those whose keys are known (``answers``, ``case``) the keys."""

    roots: frozenset[str]
    keys: Mapping[str, frozenset[str]]

    def wrong(self, name: str) -> Text | None:
        """Why a dotted name cannot be read, or None."""
        root, _, rest = name.partition(".")
        if root not in self.roots:
            return _ROOT.fill(key=root, known=", ".join(sorted(self.roots)))
        key = rest.partition(".")[0]
        if not key or root not in self.keys or key in self.keys[root]:
            return None
        if root == "answers":
            return _ANSWER.fill(key=key)
        return _FACT.fill(root=root, key=key, known=", ".join(sorted(self.keys[root])))

    def all_wrong(self, feel: str | None) -> Iterator[Text]:
        """What is wrong with the names that an expression reads; one that is no FEEL is told elsewhere."""
        if feel is None:
            return
        try:
            names = compile_expression(feel).names
        except FeelProblem:
            return
        yield from (reason for name in sorted(names) if (reason := self.wrong(name)) is not None)

    def paths(self) -> frozenset[str]:
        """``answers.kind`` and so on, as the check of decision tables wants them."""
        return frozenset(f"{root}.{key}" for root, keys in self.keys.items() for key in keys)


def readable(
    form: Form | None, process: Process | None, task_forms: Mapping[str, Form] = MappingProxyType({})
) -> Readable:
    """What can be read of a case of an item; without a form of its own it has its parent's answers."""
    keys = {"case": CASE_FACTS}
    if form is not None:
        keys["answers"] = frozenset(question.key for _, question in form.questions())
    if task_forms:
        keys["findings"] = frozenset(
            question.key for asked in task_forms.values() for _, question in asked.questions()
        )
    decided = {node.decision for node in process.nodes if node.decision} if process is not None else set()
    items = {node.many.item for node in process.nodes if node.many} if process is not None else set()
    if process is not None and any(node.act == AutomaticAct.WRITE_REGISTER for node in process.nodes):
        keys["change"] = CHANGE_FACTS
    return Readable(roots=_OPEN_ROOTS | {"answers", "case"} | keys.keys() | decided | items, keys=keys)


def item_problems(definition: Definition, model: CaseType, names: Readable) -> Iterator[DefinitionProblem]:
    """Names that the item's own expressions read."""
    written: list[tuple[tuple[str | int, ...], str | None]] = [
        (("case_title",), model.case_title),
        (("division",), model.division),
        (("handled_by",), model.handled_by),
        (("result_of",), model.result_of),
    ]
    written += [(("materials", i, "when"), material.when) for i, material in enumerate(model.materials)]
    for path, feel in written:
        for reason in names.all_wrong(feel):
            yield definition.source.problem(path, reason)


def fact_problems(definition: Definition, model: CaseType, names: Readable) -> Iterator[DefinitionProblem]:
    """Names that the facts printed on its licence, and the name of its holder, read."""
    for reason in names.all_wrong(model.result.founds):
        yield definition.source.problem(("result", "founds"), reason)
    for number, fact in enumerate(model.result.facts):
        for reason in names.all_wrong(fact.value):
            yield definition.source.problem(("result", "facts", number, "value"), reason)


def letter_problems(definition: Definition, model: CaseType, names: Readable) -> Iterator[DefinitionProblem]:
    """Names that the letters of its process read."""
    for place, letter in enumerate(model.letters):
        for reason in names.all_wrong(letter.name):
            yield definition.source.problem(("letters", place, "name"), reason)
        for number, fact in enumerate(letter.facts):
            for reason in names.all_wrong(fact.value):
                yield definition.source.problem(("letters", place, "facts", number, "value"), reason)


def process_problems(definition: Definition, process: Process, names: Readable) -> list[DefinitionProblem]:
    """Names that the conditions and expressions of its process read."""
    written = [(flow.id, flow.condition) for flow in process.flows]
    for node in process.nodes:
        written += [(node.id, feel) for feel in _feel_of(node)]
    return [
        element_problem(definition, element, reason)
        for element, feel in written
        for reason in names.all_wrong(feel)
    ]


def decision_problems(
    definition: Definition, wanted: Iterable[str], names: Readable
) -> list[DefinitionProblem]:
    """Names that its decisions, and those that they need, read of the form."""
    model, _ = read_model(definition.source.content, definition.source.shown)
    if model is None:
        return []
    needed = _needed(model, wanted)
    part = DecisionModel(
        id=model.id,
        name=model.name,
        file=model.file,
        inputs=model.inputs,
        decisions={key: decision for key, decision in model.decisions.items() if key in needed},
    )
    return list(check_model(part, names.paths()).problems)


def element_problem(definition: Definition, element: str, reason: Text) -> DefinitionProblem:
    """A problem at an element of a BPMN file."""
    line = definition.source.content.decode().partition(f'id="{element}"')[0].count("\n") + 1
    return DefinitionProblem(file=definition.source.shown, line=line, path=element, reason=reason)


def _feel_of(node: Node) -> list[str]:
    found = [node.organisation] if node.organisation else []
    if node.many is not None:
        found += [node.many.collection, *([node.many.rule.weights] if node.many.rule.weights else [])]
    return found


def _needed(model: DecisionModel, wanted: Iterable[str]) -> set[str]:
    found: set[str] = set()
    pending = [key for key in wanted if key in model.decisions]
    while pending:
        key = pending.pop()
        if key not in found:
            found.add(key)
            pending.extend(need for need in model.decisions[key].needs_decisions if need in model.decisions)
    return found
