"""The rows of a group as pages ask them: those that there are, and empty ones to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict

from yiwang.cases.definitions.form import Question
from yiwang.cases.queries.controls import controls_of
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import DATE_PARTS, Control, Typed, raw_answer

_MOST_ROWS = 50
_ROW = Text("第{n}项", "Entry {n}")
#: Parts of a name that a control of several fields sends.
_PARTS = (*DATE_PARTS, "division", "detail")


def rows_sent(data: QueryDict, group: Question) -> Iterator[tuple[str, Typed]]:
    """Name and content of each field of a row that was on the page."""
    for number in range(_MOST_ROWS):
        for question in group.questions:
            name = f"{group.key}.{number}.{question.key}"
            if name in data or any(f"{name}-{part}" in data for part in _PARTS):
                yield name, raw_answer(str(question.kind), name, data)


def with_rows(
    control: Control,
    group: Question,
    kept: Json,
    *,
    typed: Mapping[str, Typed] | None = None,
    problems: Sequence[FieldProblem] = (),
    spare: int = 1,
) -> Control:
    """The control of a group with its rows and ``spare`` more to fill in; a row left empty is no row.

    ``kept`` is the answer so far; ``typed`` (what was sent, by field) stands before it.
    """
    rows = [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []
    count = len(rows)
    if typed is not None:
        names = [name for name, raw in typed.items() if name.startswith(f"{group.key}.") and _said(raw)]
        filled = [int(name.split(".")[1]) for name in names]
        count = max([*filled, count - 1]) + 1 if filled else count
    return replace(
        control,
        children=tuple(
            _row(group, number, rows[number] if number < len(rows) else {}, typed, problems)
            for number in range(min(count + spare, _MOST_ROWS))
        ),
    )


def _said(raw: Typed) -> bool:
    if isinstance(raw, str):
        return bool(raw)
    return any(raw.values() if isinstance(raw, Mapping) else raw or ())


def _row(
    group: Question,
    number: int,
    row: Mapping[str, Json],
    typed: Mapping[str, Typed] | None,
    problems: Sequence[FieldProblem],
) -> Control:
    place = f"{group.key}.{number}"
    renamed = [inner.model_copy(update={"key": f"{place}.{inner.key}"}) for inner in group.questions]
    values = {f"{place}.{key}": value for key, value in row.items()}
    children = controls_of(renamed, answers=values, typed=typed, problems=problems)
    return Control(kind="group", name=place, label=_ROW.fill(n=number + 1), children=children)
