"""What a decision would say before anybody applies: its questions on one page, its answer with the reasons.

Nothing is stored; the same tables decide that will route the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.definitions.form import Form, Page, Question
from yiwang.cases.queries.decisions import decision_model
from yiwang.cases.queries.matters import form_of
from yiwang.cases.rules.dmn.evaluation import explain
from yiwang.cases.rules.dmn.model import DecisionModel, DecisionTable
from yiwang.cases.rules.process.model import NodeKind
from yiwang.kernel.feel import Json, compile_expression
from yiwang.kernel.text import Text

PAGE = "what_if"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The answer of a decision, and the descriptions of the rules that hit, by what each of them gave."""

    answer: Json
    reasons: tuple[tuple[Json, Text], ...]


def routing_decision(kind: AppliedType) -> str:
    """The decision by which the process of an item is routed; empty where it has none."""
    nodes = kind.process.nodes if kind.process is not None else ()
    return next((node.decision or "" for node in nodes if node.kind is NodeKind.DECISION_TASK), "")


def joint_case_type(kind: AppliedType) -> str:
    """The case type under which departments examine an item side by side; empty where none is called."""
    nodes = kind.process.nodes if kind.process is not None else ()
    return next((node.case_type or "" for node in nodes if node.many is not None and node.case_type), "")


def try_decision(kind: AppliedType, decision: str, answers: Mapping[str, Json], *, at: datetime) -> Trial:
    """Let a decision of an item answer; raises what the decision refuses."""
    explained = explain(decision_model(kind.id, decision), decision, {"answers": answers}, at=at)
    many = explained.answer if isinstance(explained.answer, list) else [explained.answer]
    descriptions = [hit.description for hit in explained.hits]
    # A collecting table gives an answer for each rule that hit; an aggregate has no single rule behind it.
    reasons = zip(many, descriptions, strict=True) if len(many) == len(descriptions) else ()
    return Trial(answer=explained.answer, reasons=tuple(reasons))


def what_if_form(kind: AppliedType, decision: str) -> Form | None:
    """The questions of the application that a decision and the list of papers depend on, as one page."""
    form = form_of(kind)
    if form is None:
        return None
    names = set(_asked(decision_model(kind.id, decision), decision))
    names.update(_named(material.when for material in kind.definition.materials))
    return one_page(form, only=_with_conditions(form, names))


def one_page(form: Form, *, only: frozenset[str] | None = None) -> Form:
    """A form drawn together into one page; a page's condition becomes that of its questions."""
    questions: list[Question] = []
    for page, question in form.questions():
        if only is not None and question.key not in only:
            continue
        both = [condition for condition in (page.show_if, question.show_if) if condition]
        joined = " and ".join(f"({condition})" for condition in both) if len(both) > 1 else "".join(both)
        questions.append(question.model_copy(update={"show_if": joined or None, "prefill": None}))
    page = Page(key=PAGE, title=form.title or Text("问题", "Questions"), questions=tuple(questions))
    return Form(code=form.code, title=form.title, pages=(page,))


def _with_conditions(form: Form, names: set[str]) -> frozenset[str]:
    """The questions named, and those that decide whether these are asked at all."""
    conditions: dict[str, tuple[str | None, ...]] = {}
    for page, question in form.questions():
        required = question.required if isinstance(question.required, str) else None
        conditions[question.key] = (page.show_if, question.show_if, required)
    wanted: set[str] = set()
    pending = [name for name in names if name in conditions]
    while pending:
        key = pending.pop()
        if key not in wanted:
            wanted.add(key)
            pending.extend(name for name in _named(conditions[key]) if name in conditions)
    return frozenset(wanted)


def _asked(model: DecisionModel, decision: str) -> Iterator[str]:
    """Questions that a decision reads, and those of the decisions that it needs."""
    found = model.decisions[decision]
    for needed in found.needs_decisions:
        yield from _asked(model, needed)
    if isinstance(found.logic, DecisionTable):
        for column in found.logic.inputs:
            yield from _keys(column.expression.names)
    else:
        yield from _keys(found.logic.expression.names)


def _named(conditions: Iterable[str | None]) -> Iterator[str]:
    for condition in conditions:
        if condition:
            yield from _keys(compile_expression(condition).names)


def _keys(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        root, _, key = name.partition(".")
        if root == "answers" and key:
            yield key.partition(".")[0]
