"""An address that somebody typed beside the standard address that it means, as the person confirmed it.

A draft notes for each address question ``{typed, code, full, confidence}``; an empty code means that the
person keeps what was typed though the register of addresses has nothing for it. A note counts as long as the
answer is what was typed. The case keeps the same with division and point (degrees of CGCS2000), looked up by
the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from yiwang.cases.definitions.form import Form, Question, QuestionKind
from yiwang.cases.rules.forms.summary import SummaryPage
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, Option, picked_place
from yiwang.registers.api import ADDRESS_BOOK, ADDRESS_BOOKS, AddressBook, BookAddress

#: Where a draft notes them among its answers, and where a case keeps them in its data.
NOTES, KEPT = "_standard_addresses", "standard_addresses"
#: Sent for the last line of the choice.
AS_TYPED = "as-typed"
#: What is found so surely is chosen beforehand; what is the standard text itself is not asked about.
_LIKELY, _SURE = 0.75, 0.9
_WHICH = Text("请选择所填地址对应的标准地址", "Choose the standard address that is meant")
_KEEP = Text("都不是，按我填写的保留", "None of these: keep what I typed")
_KEEP_ALONE = Text(
    "标准地址库中没有找到，按我填写的保留", "Not found in the register of addresses: keep what I typed"
)
_SAID = Text("可信度{percent}%。{reasons}", "{percent}% likely. {reasons}")
_STANDARD = Text(
    "标准地址：{full}（编码{code}，可信度{percent}%）",
    "Standard address: {full} (code {code}, {percent}% likely)",
)
_UNKNOWN = Text("标准地址库中未找到，按所填保留", "Not found in the register of addresses; kept as typed")
Notes = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Picked:
    """What a page sent for the choice: a code or ``AS_TYPED``, and the text for which it was shown."""

    code: str
    typed: str


@dataclass(frozen=True, slots=True)
class Settled:
    """The notes that count now, and for each question that is still open what its text may mean."""

    notes: dict[str, Json]
    open: Mapping[str, tuple[BookAddress, ...]]


def suggesting() -> str:
    """Path of the door that suggests addresses; empty where the city has none."""
    book = _book()
    return book.suggesting() if book is not None else ""


def settle(
    questions: Iterable[Question],
    answers: Mapping[str, Json],
    notes: Notes,
    picked: Mapping[str, Picked] | None = None,
) -> Settled:
    """Compare the address answers of a page with the register; what is noted or picked is not asked again."""
    kept: dict[str, Json] = {key: note for key, note in notes.items() if isinstance(note, dict)}
    still_open: dict[str, tuple[BookAddress, ...]] = {}
    division = ""
    for question in questions:
        answer = answers.get(question.key)
        if question.kind is QuestionKind.DIVISION and isinstance(answer, str):
            division = answer
        if question.kind is not QuestionKind.ADDRESS or not isinstance(answer, str):
            continue
        if _typed(kept.get(question.key)) == answer:
            continue
        kept.pop(question.key, None)
        found = _find(answer, division)
        if found is None:
            continue
        note = _noted(answer, found, (picked or {}).get(question.key))
        if note is None:
            still_open[question.key] = found
        else:
            kept[question.key] = note
    return Settled(kept, still_open)


def picked_addresses(questions: Iterable[Question], data: QueryDict) -> dict[str, Picked]:
    """What a page sent for the choices of its address questions; one without a choice is left out."""
    found = {}
    for question in questions:
        code, typed = picked_place(question.key, data)
        if question.kind is QuestionKind.ADDRESS and code:
            found[question.key] = Picked(code, typed)
    return found


def unsettled(settled: Settled) -> list[FieldProblem]:
    """What is still to be chosen, for pages that take everything at once."""
    return [FieldProblem(key, _WHICH) for key in settled.open]


def with_places(
    controls: Iterable[Control], answers: Mapping[str, Json], found: Mapping[str, tuple[BookAddress, ...]]
) -> tuple[Control, ...]:
    """The controls, those of open addresses with the choice among what was found."""
    return tuple(
        _choosing(control, str(answers[control.name]), found[control.name])
        if control.name in found
        else control
        for control in controls
    )


def kept_addresses(form: Form | None, answers: Mapping[str, Json], notes: Json) -> dict[str, Json]:
    """What a case keeps: of each noted answer that still stands the standard address, or that it has none."""
    book = _book()
    if book is None or form is None or not isinstance(notes, dict):
        return {}
    kept: dict[str, Json] = {}
    for _, question in form.questions():
        note = notes.get(question.key)
        if question.kind is QuestionKind.ADDRESS and isinstance(note, dict):
            typed = _typed(note)
            if typed and typed == answers.get(question.key):
                kept[question.key] = _kept(book, typed, note)
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
        if isinstance(note, dict) and _typed(note) == answers.get(path)
    }
    return tuple(
        replace(
            page,
            rows=tuple(
                replace(row, shown=(*row.shown, lines[row.path])) if row.path in lines else row
                for row in page.rows
            ),
        )
        for page in pages
    )


def _book() -> AddressBook | None:
    return ADDRESS_BOOKS.get(ADDRESS_BOOK) if ADDRESS_BOOK in ADDRESS_BOOKS else None


def _find(text: str, division: str) -> tuple[BookAddress, ...] | None:
    book = _book()
    return book.find(text, division=division) if book is not None else None


def _typed(note: Json) -> str:
    typed = note.get("typed") if isinstance(note, dict) else None
    return typed if isinstance(typed, str) else ""


def _noted(typed: str, found: tuple[BookAddress, ...], picked: Picked | None) -> Json:
    """The note for what was picked for this very text, or for what is the standard text itself; else None."""
    if picked is not None and picked.typed == typed:
        if picked.code == AS_TYPED:
            return {"typed": typed, "code": ""}
        for each in found:
            if each.code == picked.code:
                return _note(typed, each)
    if found and found[0].full == typed and found[0].confidence >= _SURE:
        return _note(typed, found[0])
    return None


def _note(typed: str, each: BookAddress) -> Json:
    return {"typed": typed, "code": each.code, "full": each.full, "confidence": each.confidence}


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


def _choosing(control: Control, typed: str, found: tuple[BookAddress, ...]) -> Control:
    options = [
        Option(
            value=each.code,
            label=Text(each.full, each.full),
            hint=_SAID.fill(percent=_percent(each.confidence), reasons=_joined(each.reasons)),
        )
        for each in found
    ]
    chosen = AS_TYPED
    if found:
        chosen = found[0].code if found[0].confidence >= _LIKELY else ""
    options.append(Option(value=AS_TYPED, label=_KEEP if found else _KEEP_ALONE))
    return replace(control, places=tuple(options), places_for=typed, place=chosen)


def _joined(reasons: tuple[Text, ...]) -> Text:
    return Text("；".join(each.zh for each in reasons), "; ".join(each.en for each in reasons))


def _percent(confidence: object) -> int:
    """Whole per cent, never more than 99: nothing that was read is certain."""
    return min(round(confidence * 100), 99) if isinstance(confidence, int | float) else 0


def _line(note: Mapping[str, Json]) -> Text:
    if not note.get("code"):
        return _UNKNOWN
    return _STANDARD.fill(
        full=note.get("full"), code=note.get("code"), percent=_percent(note.get("confidence"))
    )
