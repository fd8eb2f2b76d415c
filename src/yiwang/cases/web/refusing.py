"""How a refused act is shown: errors at their fields and in the summary, with what was typed kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict

from yiwang.kernel.errors import FieldProblem, InvalidInput, NotAllowed, NotFound, YiwangError
from yiwang.platform.web.controls import Control, raw_answer


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
