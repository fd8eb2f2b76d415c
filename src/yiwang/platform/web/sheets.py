"""Questions of a form judged; a refused act shown, errors at their fields, with what was typed kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem, InvalidInput, NotAllowed, NotFound, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control, option_from, raw_answer

_FILL_IN = Text("请填写此项", "Please fill this in")
_TOO_LONG = Text("最多{most}个字", "At most {most} characters")
_NOT_OFFERED = Text("请从列出的选项中选择", "Choose one of the options")


def unfit(controls: Iterable[Control], answers: Mapping[str, object]) -> tuple[FieldProblem, ...]:
    """What is missing, what is too long, and what was chosen that nobody offered."""
    return tuple(
        FieldProblem(path=control.name, text=text)
        for control in controls
        if (text := _fault(control, answers.get(control.name))) is not None
    )


def _fault(control: Control, answer: object) -> Text | None:
    if not _is_answered(answer):
        return _FILL_IN if control.required else None
    if control.kind == "yes_no":
        return None if answer in {"yes", "no"} else _NOT_OFFERED
    if control.kind in {"choice", "choices", "division"}:
        return None if _chosen(answer) <= _offered(control) else _NOT_OFFERED
    if control.max_length and any(len(part) > control.max_length for part in _written(answer)):
        return _TOO_LONG.fill(most=control.max_length)
    return None


def _is_answered(answer: object) -> bool:
    """An address counts by its parts."""
    return any(answer.values()) if isinstance(answer, Mapping) else bool(answer)


def _chosen(answer: object) -> set[object]:
    return set(answer) if isinstance(answer, list) else {answer}


def _offered(control: Control) -> set[object]:
    return {option_from(option).value for option in control.options}


def _written(answer: object) -> list[str]:
    parts = answer.values() if isinstance(answer, Mapping) else (answer,)
    return [part for part in parts if isinstance(part, str)]


def problems_of(refused: YiwangError) -> tuple[FieldProblem, ...]:
    """The problems of a refusal; one without fields becomes a line of the summary.

    Raises:
        NotAllowed, NotFound: those are no matter of what was typed and get their own page.
    """
    if isinstance(refused, NotAllowed | NotFound):
        raise refused
    if isinstance(refused, InvalidInput) and refused.problems:
        return refused.problems
    return (FieldProblem(path="", text=refused.sentence),)


def with_errors(
    controls: Iterable[Control], data: QueryDict, problems: Iterable[FieldProblem]
) -> tuple[tuple[Control, ...], list[dict[str, object]]]:
    """Controls with values and errors, and the items of the error summary."""
    listed = list(problems)
    shown = tuple(
        replace(
            control,
            value=raw_answer(control.kind, control.name, data),
            errors=[problem.text for problem in listed if problem.path == control.name],
        )
        for control in controls
    )
    anchors = {control.name: f"#{control.anchor}" for control in shown}
    return shown, [{"text": p.text, "href": anchors.get(p.path, "#main")} for p in listed]
