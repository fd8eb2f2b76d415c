"""``cases/*.yaml``: service items, applied as versions under which new cases begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from pydantic import BaseModel

from yiwang.cases.contracts.words import AutomaticAct
from yiwang.cases.definitions.case_type import CaseType
from yiwang.cases.definitions.form import Form, QuestionKind
from yiwang.cases.kinds.decisions import decision_ids
from yiwang.cases.kinds.names import (
    Readable,
    decision_problems,
    element_problem,
    fact_problems,
    item_problems,
    letter_problems,
    process_problems,
    readable,
)
from yiwang.cases.kinds.prefills import prefill_problems
from yiwang.cases.kinds.processes import nodes_of, process_of
from yiwang.cases.kinds.records import record_problems, with_given
from yiwang.cases.rows.adoption import adopt_type, retire_type
from yiwang.cases.rules.process.model import NodeKind, Process
from yiwang.cases.rules.process.stored import from_json
from yiwang.kernel.errors import DefinitionProblem
from yiwang.kernel.feel import FeelProblem, compile_expression
from yiwang.kernel.text import Text
from yiwang.packs.api import definition_of, digest_of, read_model
from yiwang.packs.contracts import Change, Definition, Known, SourceFile, Step
from yiwang.platform.contracts import Json

_OWN_CLOCKS = frozenset({"statutory", "promised"})
_DUG = {
    "area": QuestionKind.AREA,
    "depth": QuestionKind.DECIMAL,
    "begins": QuestionKind.DATE,
    "ends": QuestionKind.DATE,
}
_NOT_ASKED = Text("表单中没有这样的题目：{key}", "the form asks no such question: {key}")
_NO_FORM = Text("没有表单“{code}”", "there is no form {code!r}")
_NO_PROCESS = Text("没有流程“{code}”", "there is no process {code!r}")
_NO_CLOCK = Text(
    "事项没有声明时限“{key}”；可用：{known}", "the item declares no clock {key!r}; it declares {known}"
)
_NO_STOP = Text(
    "事项没有声明停止计时的依据“{key}”；已声明：{known}",
    "the item declares no ground {key!r} that stops the limits; it declares {known}",
)
_NO_LETTER = Text("事项没有为环节“{key}”声明文书", "the item declares no letter for the step {key!r}")
_NO_SENDER = Text(
    "流程中没有发出文书的环节“{key}”（act为send_letter）", "no step {key!r} of the process sends a letter"
)
_NO_STEP = Text("流程中没有人工环节“{key}”", "the process has no human step {key!r}")


class CaseTypeKind:
    """A service item. Its content takes along the form, process and decisions that it uses."""

    key: ClassVar[str] = "cases"
    suffixes: ClassVar[tuple[str, ...]] = (".yaml",)
    model: ClassVar[type[BaseModel] | None] = CaseType
    order: ClassVar[int] = 60

    def read(self, source: SourceFile) -> tuple[Definition | None, list[DefinitionProblem]]:
        """Validate the elements and every FEEL expression in them."""
        model, problems = read_model(CaseType, source)
        if model is None:
            return None, problems
        problems = list(_feel_problems(model, source))
        if problems:
            return None, problems
        content: Json = {"definition": model.model_dump(mode="json")}
        return definition_of(self.key, model.code, source, content), []

    def check(self, definition: Definition, known: Known) -> list[DefinitionProblem]:
        """Form, process, clocks and eligibility are declared and fit each other."""
        model = model_of(definition)
        found = [
            definition.source.problem((kind,), reason.fill(code=code))
            for kind, folder, code, reason in (
                ("form", "forms", model.form, _NO_FORM),
                ("process", "processes", model.process, _NO_PROCESS),
            )
            if code is not None and known.lacks(folder, code)
        ]
        if found:
            return found
        process = known.get("processes", model.process or "")
        if process is not None:
            declared = {clock.key for clock in model.clocks} | _OWN_CLOCKS
            found += [
                element_problem(
                    process, node.id, _NO_CLOCK.fill(key=node.clock, known=", ".join(sorted(declared)))
                )
                for node in nodes_of(process)
                if node.clock is not None and node.clock not in declared
            ]
            found += _drawn_problems(process, model, known)
            found += _step_problems(definition, process, model)
        if model.eligibility is not None and known.lacks("forms", model.eligibility.form):
            reason = _NO_FORM.fill(code=model.eligibility.form)
            found.append(definition.source.problem(("eligibility", "form"), reason))
        found += _name_problems(definition, model, known)
        # What the item takes along is part of its digest: a changed process is a new version of the item.
        _take_along(definition, model, known)
        return found

    def steps(self, applied: Json, wanted: Definition | None) -> tuple[Step, ...]:
        """New cases begin under the new version; running ones finish under theirs."""
        if wanted is None:
            return (Step(Text("停止受理该事项", "Take no more cases of this item")),)
        if applied is None:
            return (Step(Text("开始受理该事项", "Offer this item")),)
        return (Step(Text("新版本；在办件仍按原版本办理", "A new version; running cases keep theirs")),)

    def apply(self, change: Change, *, at: datetime) -> None:
        """Write the version row."""
        if change.wanted is None:
            retire_type(change.code)
            return
        content = change.wanted.content
        assert isinstance(content, dict)  # noqa: S101 - written by read() and check() above
        stored, parts = content.get("process"), content.get("parts")
        adopt_type(
            model_of(change.wanted),
            from_json(stored) if isinstance(stored, dict) else None,
            parts=parts if isinstance(parts, dict) else {},
            at=at,
        )


def _drawn_problems(process: Definition, model: CaseType, known: Known) -> list[DefinitionProblem]:
    """Forms that steps ask and grounds on which they stop the limits, and that are not declared."""
    stops = {stop.key for stop in model.stops}
    found = []
    for node in nodes_of(process):
        if node.form is not None and known.lacks("forms", node.form):
            found.append(element_problem(process, node.id, _NO_FORM.fill(code=node.form)))
        if node.stops is not None and node.stops not in stops:
            reason = _NO_STOP.fill(key=node.stops, known=", ".join(sorted(stops)))
            found.append(element_problem(process, node.id, reason))
    return found


def _step_problems(
    definition: Definition, process: Definition, model: CaseType
) -> Iterator[DefinitionProblem]:
    """Letters without a step that sends them, steps that send none, files put to steps that aren't there."""
    sending = {node.id for node in nodes_of(process) if node.act == AutomaticAct.SEND_LETTER}
    declared = {letter.step for letter in model.letters}
    for step in sorted(sending - declared):
        yield element_problem(process, step, _NO_LETTER.fill(key=step))
    for place, letter in enumerate(model.letters):
        if letter.step not in sending:
            yield definition.source.problem(("letters", place, "step"), _NO_SENDER.fill(key=letter.step))
    doing = {node.id for node in nodes_of(process) if node.kind is NodeKind.USER_TASK}
    for place, each in enumerate(model.encloses_at):
        if each.step not in doing:
            yield definition.source.problem(("encloses_at", place, "step"), _NO_STEP.fill(key=each.step))


def model_of(definition: Definition) -> CaseType:
    """The typed item of a definition."""
    assert isinstance(definition.content, dict)  # noqa: S101 - written by read() above
    return CaseType.model_validate(definition.content["definition"])


def _name_problems(definition: Definition, model: CaseType, known: Known) -> list[DefinitionProblem]:
    """Names that expressions of the item, its process and its decisions read and that aren't there."""
    if model.form is not None and known.get("forms", model.form) is None:
        return []
    declared = known.get("processes", model.process or "")
    process = process_of(declared) if declared is not None else None
    names = readable(_form_of(known, model.form), process, task_forms(known, process))
    found = list(item_problems(definition, model, names))
    found += fact_problems(definition, model, with_given(names, model))
    found += letter_problems(definition, model, names)
    found += record_problems(definition, model, names, known)
    found += prefill_problems(definition, model, names, known)
    if declared is not None and process is not None:
        found += process_problems(declared, process, names)
        found += _in_decisions(known, {node.decision for node in process.nodes}, names)
    found += _publication_problems(definition, model, _form_of(known, model.form))
    if model.eligibility is not None:
        asked = readable(_form_of(known, model.eligibility.form), None)
        found += _in_decisions(known, {model.eligibility.decision}, asked)
    return found


def _publication_problems(
    definition: Definition, model: CaseType, form: Form | None
) -> list[DefinitionProblem]:
    """What is searched for is asked; what is to be published is asked too, and in its kind."""
    asked = {question.key: question.kind for _, question in form.questions()} if form is not None else {}
    found = [
        definition.source.problem(("looks_for", place), _NOT_ASKED.fill(key=key))
        for place, key in enumerate(model.looks_for)
        if key not in asked
    ]
    if model.digs is not None:
        for name, kind in _DUG.items():
            if asked.get(key := getattr(model.digs, name)) is not kind:
                found.append(definition.source.problem(("digs", name), _NOT_ASKED.fill(key=key)))
    if model.publication is None:
        return found
    wanted = {"agreed": {QuestionKind.YES_NO}, "text": {QuestionKind.TEXT, QuestionKind.LONG_TEXT}}
    return found + [
        definition.source.problem(("publication", name), _NOT_ASKED.fill(key=key))
        for name, kinds in wanted.items()
        if asked.get(key := getattr(model.publication, name)) not in kinds
    ]


def _in_decisions(known: Known, wanted: set[str | None], names: Readable) -> list[DefinitionProblem]:
    return [
        problem
        for file in known.of_kind("decisions")
        if (used := decision_ids(file) & wanted)
        for problem in decision_problems(file, sorted(used), names)
    ]


def task_forms(known: Known, process: Process | None) -> dict[str, Form]:
    """The forms that the tasks of a process ask, by code."""
    codes = process.forms if process is not None else ()
    return {code: form for code in codes if (form := _form_of(known, code)) is not None}


def _form_of(known: Known, code: str | None) -> Form | None:
    declared = known.get("forms", code or "")
    return None if declared is None else Form.model_validate(declared.content)


def _take_along(definition: Definition, model: CaseType, known: Known) -> None:
    content = definition.content
    assert isinstance(content, dict)  # noqa: S101 - written by read() above
    parts: dict[str, Json] = {}
    process = known.get("processes", model.process or "")
    if process is not None and isinstance(process.content, dict):
        content["process"] = process.content["process"]
        parts["diagram"] = process.content["xml"]
    form = known.get("forms", model.form or "")
    if form is not None:
        parts["form"] = form.content
    drawn = process_of(process) if process is not None else None
    if drawn is not None and drawn.forms:
        parts["task_forms"] = {
            code: asked.content for code in drawn.forms if (asked := known.get("forms", code)) is not None
        }
    if model.eligibility is not None:
        asked = known.get("forms", model.eligibility.form)
        parts["eligibility"] = asked.content if asked is not None else None
    wanted = {node.decision for node in nodes_of(process)} if process is not None else set()
    wanted |= {model.eligibility.decision} if model.eligibility is not None else set()
    parts["decisions"] = {
        key: file.content["xml"]
        for file in known.of_kind("decisions")
        if isinstance(file.content, dict)
        for key in sorted(decision_ids(file) & wanted)
    }
    template = known.get("templates", model.result.template or "")
    if template is not None:
        parts["template"] = template.content
    content["parts"] = parts
    object.__setattr__(definition, "digest", digest_of(content))


def _feel_problems(model: CaseType, source: SourceFile) -> list[DefinitionProblem]:
    written: list[tuple[tuple[str | int, ...], str | None]] = [
        (("case_title",), model.case_title),
        (("division",), model.division),
        (("handled_by",), model.handled_by),
        (("result_of",), model.result_of),
    ]
    written += [(("materials", i, "when"), material.when) for i, material in enumerate(model.materials)]
    written += [(("result", "facts", i, "value"), fact.value) for i, fact in enumerate(model.result.facts)]
    written.append((("result", "founds"), model.result.founds))
    written += [(("gives", i, "division"), given.division) for i, given in enumerate(model.gives)]
    written += [
        (("records", i, "fields", name), feel)
        for i, record in enumerate(model.records)
        for name, feel in record.fields.items()
    ]
    for i, letter in enumerate(model.letters):
        written.append((("letters", i, "name"), letter.name))
        written += [(("letters", i, "facts", j, "value"), fact.value) for j, fact in enumerate(letter.facts)]
    for i, prefill in enumerate(model.prefills):
        written.append((("prefills", i, "key"), prefill.key))
        written += [(("prefills", i, "fields", name), feel) for name, feel in prefill.fields.items()]
    if model.grants is not None:
        written += [(("grants", name), feel) for name, feel in model.grants.terms().items()]
    found = []
    for path, text in written:
        if text is None:
            continue
        try:
            compile_expression(text)
        except FeelProblem as problem:
            found.append(source.problem(path, problem.sentence))
    return found
