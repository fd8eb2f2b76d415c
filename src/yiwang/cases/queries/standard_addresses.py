"""An address that somebody typed beside the standard address that it means, as the person confirmed it.

A draft keeps a note (``registers/address_choices.py``) for each address question, by the path of its answer:
the key, in the row of a group ``group.0.key``. A note counts as long as the answer is what was typed.
The case keeps the same with division and point (degrees of CGCS2000), looked up by the code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from django.http import QueryDict

from yiwang.cases.definitions.form import Form, Question, QuestionKind
from yiwang.cases.rules.forms.summary import SummaryPage, SummaryRow
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, control_from, picked_place
from yiwang.registers.api import (
    WHICH_ADDRESS,
    AddressBook,
    BookAddress,
    PickedAddress,
    address_book,
    choosing,
    noted_address,
    percent,
    typed_in,
)

#: Where a draft notes them among its answers, and where a case keeps them in its data.
NOTES, KEPT = "_standard_addresses", "standard_addresses"
_STANDARD = Text(
    "标准地址：{full}（编码{code}，可信度{percent}%）",
    "Standard address: {full} (code {code}, {percent}% likely)",
)
_UNKNOWN = Text("标准地址库中未找到，按所填保留", "Not found in the register of addresses; kept as typed")
Notes = Mapping[str, Json]
_Said = TypeVar("_Said", PickedAddress, dict[str, Json])


@dataclass(frozen=True, slots=True)
class _Given:
    """An address that was answered; ``kind`` is what rows share: the question's path without their number."""

    path: str
    kind: str
    text: str
    division: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The notes that count now, and for each answer that is still open what its text may mean, by path."""

    notes: dict[str, Json]
    open: Mapping[str, tuple[BookAddress, ...]]


def asks_address(form: Form | None) -> bool:
    """Whether a form asks for an address, on its own or in the rows of a group."""
    return form is not None and any(_kinds(question for _, question in form.questions()))


def settle(
    questions: Iterable[Question],
    answers: Mapping[str, Json],
    notes: Notes,
    picked: Mapping[str, PickedAddress] | None = None,
) -> Settled:
    """Compare the address answers of a page with the register; what is noted or picked is not asked again."""
    listed = tuple(questions)
    asked = set(_kinds(listed))
    noted = {path: note for path, note in notes.items() if isinstance(note, dict)}
    kept: dict[str, Json] = {path: note for path, note in noted.items() if _kind_of(path) not in asked}
    still_open: dict[str, tuple[BookAddress, ...]] = {}
    every = tuple(_given(listed, answers))
    for given in every:
        note = _of_same_text(given, noted, every)
        if note is None:
            found = _find(given.text, given.division)
            if found is None:
                continue
            note = noted_address(given.text, found, _of_same_text(given, picked or {}, every))
            if note is None:
                still_open[given.path] = found
                continue
        kept[given.path] = note
    return Settled(kept, still_open)


def picked_addresses(questions: Iterable[Question], data: QueryDict) -> dict[str, PickedAddress]:
    """What a page sent for the choices of its address questions; one without a choice is left out."""
    kinds = set(_kinds(questions))
    found = {}
    for name in data:
        path = name.removesuffix("-place")
        if path != name and _kind_of(path) in kinds:
            code, typed = picked_place(path, data)
            if code:
                found[path] = PickedAddress(code, typed)
    return found


def unsettled(settled: Settled) -> list[FieldProblem]:
    """What is still to be chosen, for pages that take everything at once."""
    return [FieldProblem(path, WHICH_ADDRESS) for path in settled.open]


def with_places(
    controls: Iterable[Control], answers: Mapping[str, Json], found: Mapping[str, tuple[BookAddress, ...]]
) -> tuple[Control, ...]:
    """The controls, those of open addresses with the choice among what was found."""
    return tuple(_with_places(control, answers, found) for control in controls)


def _with_places(
    control: Control, answers: Mapping[str, Json], found: Mapping[str, tuple[BookAddress, ...]]
) -> Control:
    if control.children:
        inner = with_places(map(control_from, control.children), answers, found)
        return replace(control, children=inner)
    if control.name not in found:
        return control
    return choosing(control, str(_answer_at(answers, control.name)), found[control.name])


def kept_addresses(form: Form | None, answers: Mapping[str, Json], notes: Json) -> dict[str, Json]:
    """What a case keeps: of each noted answer that still stands the standard address, or that it has none."""
    book = address_book()
    if book is None or form is None or not isinstance(notes, dict):
        return {}
    noted = {path: note for path, note in notes.items() if isinstance(note, dict)}
    kept: dict[str, Json] = {}
    every = tuple(_given((question for _, question in form.questions()), answers))
    for given in every:
        note = _of_same_text(given, noted, every)
        if note is not None:
            kept[given.path] = _kept(book, given.text, note)
    return kept


def with_noted(
    pages: Iterable[SummaryPage], answers: Mapping[str, Json], notes: Json
) -> tuple[SummaryPage, ...]:
    """The pages, under each address that was compared a line with the standard one."""
    if not isinstance(notes, dict):
        return tuple(pages)
    lines = {
        path: _line(note)
        for path, note in notes.items()
        if isinstance(note, dict) and typed_in(note) == _answer_at(answers, path)
    }
    return tuple(
        replace(page, rows=tuple(replace(row, shown=_shown(row, lines)) for row in page.rows))
        for page in pages
    )


def _shown(row: SummaryRow, lines: Mapping[str, Text]) -> tuple[Text, ...]:
    """The lines of an answer with its standard address behind; of a group behind each of its rows."""
    if row.path in lines:
        return (*row.shown, lines[row.path])
    shown: list[Text] = []
    for number, line in enumerate(row.shown):
        place = f"{row.path}.{number}."
        shown += [line, *(said for path, said in lines.items() if path.startswith(place))]
    return tuple(shown)


def _kinds(questions: Iterable[Question]) -> Iterator[str]:
    for question in questions:
        if question.kind is QuestionKind.ADDRESS:
            yield question.key
        for inner in question.questions:
            if inner.kind is QuestionKind.ADDRESS:
                yield f"{question.key}.{inner.key}"


def _kind_of(path: str) -> str:
    return re.sub(r"\.\d+\.", ".", path)


def _given(questions: Iterable[Question], answers: Mapping[str, Json]) -> Iterator[_Given]:
    """The addresses that were answered; where they lie says the last division before, of the row or page."""
    division = ""
    for question in questions:
        answer = answers.get(question.key)
        if question.kind is QuestionKind.DIVISION and isinstance(answer, str):
            division = answer
        elif question.kind is QuestionKind.ADDRESS and isinstance(answer, str):
            yield _Given(question.key, question.key, answer, division)
        elif question.kind is QuestionKind.GROUP and isinstance(answer, list):
            for number, row in enumerate(answer):
                inner = row if isinstance(row, dict) else {}
                yield from (
                    _Given(f"{question.key}.{number}.{given.path}", f"{question.key}.{given.kind}", *rest)
                    for given in _given(question.questions, inner)
                    for rest in [(given.text, given.division or division)]
                )


def _of_same_text(given: _Given, said: Mapping[str, _Said], others: Collection[_Given]) -> _Said | None:
    """What was said of this answer: at its path, or in a row of the same text that has moved since."""
    still_there = {other.path for other in others if other.text == given.text}
    moved: list[str] = [path for path in said if _kind_of(path) == given.kind and path not in still_there]
    for path in (given.path, *moved):
        if path in said and _text_of(said[path]) == given.text:
            return said[path]
    return None


def _text_of(said: PickedAddress | dict[str, Json]) -> str:
    return said.typed if isinstance(said, PickedAddress) else typed_in(said)


def _answer_at(answers: Mapping[str, Json], path: str) -> Json:
    """The answer of a path; None where there is none."""
    key, _, rest = path.partition(".")
    answer = answers.get(key)
    if not rest:
        return answer
    number, _, inner = rest.partition(".")
    rows = answer if isinstance(answer, list) else []
    row = rows[int(number)] if number.isdecimal() and int(number) < len(rows) else None
    return row.get(inner) if isinstance(row, dict) else None


def _find(text: str, division: str) -> tuple[BookAddress, ...] | None:
    book = address_book()
    return book.find(text, division=division) if book is not None else None


def _kept(book: AddressBook, typed: str, note: Mapping[str, Json]) -> Json:
    code = note.get("code")
    found = book.of_code(code) if isinstance(code, str) and code else None
    if found is None:
        return {"typed": typed, "code": ""}
    return {
        "typed": typed,
        "code": found.code,
        "full": found.full,
        "division": found.division,
        "longitude": found.longitude,
        "latitude": found.latitude,
        "confidence": note.get("confidence"),
    }


def _line(note: Mapping[str, Json]) -> Text:
    if not note.get("code"):
        return _UNKNOWN
    return _STANDARD.fill(
        full=note.get("full"), code=note.get("code"), percent=percent(note.get("confidence"))
    )
