"""What an entry that is picked fills in, and which of the declared conflicts there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from string import Formatter

from yiwang.cases.definitions.form import Page, Question, QuestionKind
from yiwang.cases.definitions.picks import Conflict, Picks
from yiwang.cases.rules.forms.parsing import Lists, Raw, WrongAnswer, as_typed, parse
from yiwang.kernel.feel import Json, compile_expression
from yiwang.kernel.text import Text

#: A form asks for the street office or town; registers say the community too (12 digits).
_STREET = 9
#: In a sentence about what lies over an entry: how much of it.
OVERLAP = "overlap"
_CLOSED = Text("—", "—")


def filled_in(
    page: Page, picks: Picks, values: Mapping[str, Json], answers: Mapping[str, Json], *, lists: Lists
) -> dict[str, Json]:
    """The answers with those of the entry put in.

    What the entry doesn't say, or says in a way that the question doesn't take, is left open: what another
    entry filled in must not stay.
    """
    filled = dict(answers)
    for question in page.questions:
        if question.key not in picks.fills:
            continue
        filled.pop(question.key, None)
        value = _taken(question, values.get(picks.fills[question.key]), lists)
        if value is not None:
            filled[question.key] = value
    return filled


def conflicts_of(
    conflicts: Iterable[Conflict],
    known: Mapping[str, Mapping[str, Json]],
    words: Mapping[str, Text],
    *,
    at: datetime,
) -> tuple[Text, ...]:
    """The sentences of conflicts whose condition is true; what is not answered yet conflicts with nothing.

    ``known`` are ``answers``, ``picked`` and, where there is such an entry, ``beside``; ``words`` are all
    values of the entry that the sentences name, as people read them.
    """
    return tuple(
        said_of(conflict.says, words)
        for conflict in conflicts
        if _is_said(conflict.when, known) and compile_expression(conflict.when).is_true(known, at=at)
    )


def _is_said(feel: str, known: Mapping[str, Mapping[str, Json]]) -> bool:
    """Whether all that a condition reads is there: null is unequal to everything, but conflicts with none."""
    named = (name.split(".") for name in compile_expression(feel).names)
    return all(known[parts[0]].get(parts[1]) is not None for parts in named if len(parts) > 1)


def named_in(says: Text) -> frozenset[str]:
    """The names in braces of a sentence, in either language; raises ValueError where braces don't close."""
    parts = [part for language in (says.zh, says.en) for part in Formatter().parse(language)]
    return frozenset(name for _, name, _, _ in parts if name is not None)


def said_of(says: Text, words: Mapping[str, Text]) -> Text:
    """A sentence with words put in; a field that the register has closed since is a dash."""
    return says.fill(**{name: words.get(name, _CLOSED) for name in named_in(says)})


def _taken(question: Question, value: Json, lists: Lists) -> Json:
    if isinstance(value, dict) and question.kind is QuestionKind.AREA:
        value = _outline(value)
    if value is None or isinstance(value, list | dict):
        return None
    try:
        is_place = question.kind is QuestionKind.DIVISION
        raw: Raw = str(value)[:_STREET] if is_place else as_typed(question, value)
        return parse(question, raw, lists)
    except (WrongAnswer, ValueError):
        return None


def _outline(shape: Mapping[str, Json]) -> str | None:
    """An area of one piece without holes as WKT, longitude first; None for any other shape (GeoJSON)."""
    pieces = shape.get("coordinates")
    if shape.get("type") == "Polygon":
        pieces = [pieces]
    elif shape.get("type") != "MultiPolygon":
        return None
    if not isinstance(pieces, list) or len(pieces) != 1:
        return None
    (rings,) = pieces
    if not isinstance(rings, list) or len(rings) != 1 or not isinstance(rings[0], list):
        return None
    corners = [corner for corner in rings[0] if isinstance(corner, list)]
    return f"POLYGON(({', '.join(f'{corner[0]} {corner[1]}' for corner in corners)}))"
