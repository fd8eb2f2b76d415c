"""From declared questions to the controls that ask them, with answers and errors put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from yiwang.cases.definitions.form import Question, QuestionKind
from yiwang.cases.rules.forms.parsing import as_typed
from yiwang.identity.api import division_names
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.industries import industries
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option
from yiwang.registers.api import draw_ground, suggesting

_YES_NO = {True: "yes", False: "no"}
_STREET, _DISTRICT = 9, 6


def controls_of(
    questions: Iterable[Question],
    *,
    answers: Mapping[str, Json],
    typed: Mapping[str, object] | None = None,
    problems: Iterable[FieldProblem] = (),
    readonly: frozenset[str] = frozenset(),
    sources: Mapping[str, Text] | None = None,
) -> tuple[Control, ...]:
    """Controls of questions. ``typed`` (what was sent, as it was typed) stands before ``answers``;
    ``sources`` says where a pre-filled answer comes from."""
    listed = list(problems)
    return tuple(
        _control(
            question,
            value=typed[question.key]
            if typed is not None and question.key in typed
            else _value(question, answers),
            errors=[problem.text for problem in listed if problem.path == question.key],
            readonly=question.key in readonly,
            source=(sources or {}).get(question.key, ""),
        )
        for question in questions
    )


def _value(question: Question, answers: Mapping[str, Json]) -> object:
    answer = answers.get(question.key)
    return None if answer is None else as_typed(question, answer)


def _control(
    question: Question, *, value: object, errors: list[Text], readonly: bool, source: Text | str
) -> Control:
    control = Control(
        kind=str(question.kind),
        name=question.key,
        label=question.label,
        hint=question.hint or "",
        value=value,
        errors=errors,
        options=_options(question),
        unit=question.unit or "",
        required=question.required is not False,
        readonly=readonly,
        max_length=question.max_length or 0,
        accept=question.accept or (),
        source=source,
        suggest=suggesting() if question.kind is QuestionKind.ADDRESS and not readonly else "",
    )
    if question.kind is QuestionKind.AREA and not readonly:
        return replace(control, ground=draw_ground(control.anchor))
    return control


def _options(question: Question) -> tuple[Option, ...]:
    if question.kind is QuestionKind.DIVISION:
        return places()
    if question.kind is QuestionKind.INDUSTRY:
        return _industries()
    return tuple(Option(value=option.value, label=option.label) for option in question.options or ())


@lru_cache(maxsize=1)
def _industries() -> tuple[Option, ...]:
    names = industries()
    return tuple(
        Option(value=code, label=Text(f"{code} {name.zh}", f"{code} {name.en}"), group=names[code[0]])
        for code, name in names.items()
        if len(code) > 1
    )


def places() -> tuple[Option, ...]:
    """Street offices and towns under their districts."""
    names = division_names()
    return tuple(
        Option(value=code, label=name, group=names[code[:_DISTRICT]])
        for code, name in sorted(names.items())
        if len(code) == _STREET
    )
