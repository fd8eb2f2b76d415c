"""What a page sent -> answers to keep and problems to show; and the same check for a whole set of answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.definitions.form import CHOOSING, Form, Question, QuestionKind
from yiwang.cases.rules.forms import wording
from yiwang.cases.rules.forms.parsing import Lists, Raw, WrongAnswer, as_typed, parse
from yiwang.cases.rules.forms.walk import NOTHING, Answers, Conditions, Surroundings, Walk, walk
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.feel import Json
from yiwang.kernel.text import Text

MAX_ROWS = 50
#: What a page sent, by the names of its fields; a field in a group's row is ``group.0.key``.
Sent = Mapping[str, Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What became of a page.

    ``answers`` are all answers of the form, right ones of this page among them and hidden ones dropped; save
    them even when there are problems. ``revealed`` are questions that this page's answers brought up and
    that were not on it when it was sent: ask them before going on; they are no mistake of the person's.
    """

    answers: Answers
    problems: tuple[FieldProblem, ...]
    revealed: tuple[str, ...]
    walk: Walk

    @property
    def is_done(self) -> bool:
        """Whether one can go on to the next page."""
        return not self.problems and not self.revealed


def read_page(
    form: Form,
    page_key: str,
    sent: Sent,
    answers: Answers,
    *,
    lists: Lists,
    surroundings: Surroundings = NOTHING,
    at: datetime | None = None,
) -> PageResult:
    """Read what a page sent over the answers so far. Raises KeyError when the form has no such page."""
    page = form.page(page_key)
    before = walk(form, answers, surroundings=surroundings, at=at)
    asked_before = {
        question.key: before.answers[question.key]
        for one in before.pages
        if one.page.key != page_key
        for question in one.questions
        if question.key in before.answers
    }
    here = before.find(page_key)
    shown = frozenset(question.key for question in here.questions) if here else frozenset()
    reader = _Reader(Conditions(surroundings, at, dict(asked_before)), sent, lists, shown)
    fresh: dict[str, Json] = dict(answers)
    for question in page.questions:
        fresh.pop(question.key, None)
        if reader.way.holds(question.show_if):
            value = reader.read(question)
            if value is not None:
                fresh[question.key] = value
                reader.way.keep(question, fresh)
    after = walk(form, fresh, surroundings=surroundings, at=at)
    return PageResult(
        answers=after.answers, problems=tuple(reader.problems), revealed=tuple(reader.revealed), walk=after
    )


def check_answers(
    form: Form,
    answers: Answers,
    *,
    lists: Lists,
    surroundings: Surroundings = NOTHING,
    at: datetime | None = None,
) -> tuple[Answers, tuple[FieldProblem, ...]]:
    """Judge a whole set of answers, as on submission; gives those that count and every problem."""
    sent: dict[str, Raw] = {}
    for _, question in form.questions():
        sent.update(_as_sent(question, answers.get(question.key)))
    reader = _Reader(Conditions(surroundings, at), sent, lists)
    for visible in walk(form, answers, surroundings=surroundings, at=at).pages:
        for question in visible.questions:
            value = reader.read(question)
            reader.way.keep(question, {question.key: value})
    return reader.way.answers, tuple(reader.problems)


def first_unfinished_page(
    form: Form,
    answers: Answers,
    *,
    lists: Lists,
    surroundings: Surroundings = NOTHING,
    at: datetime | None = None,
) -> str | None:
    """The first visible page with something still to do; None when the form is complete."""
    _, problems = check_answers(form, answers, lists=lists, surroundings=surroundings, at=at)
    wrong = {problem.path.partition(".")[0] for problem in problems}
    for visible in walk(form, answers, surroundings=surroundings, at=at).pages:
        if any(question.key in wrong for question in visible.questions):
            return visible.page.key
    return None


def _as_sent(question: Question, value: Json) -> dict[str, Raw]:
    if question.kind is not QuestionKind.GROUP:
        return {question.key: _sendable(question, value)}
    sent: dict[str, Raw] = {}
    for index, row in enumerate(value if isinstance(value, list) else []):
        for inner in question.questions:
            given = row.get(inner.key) if isinstance(row, dict) else None
            sent[f"{question.key}.{index}.{inner.key}"] = _sendable(inner, given)
    return sent


def _sendable(question: Question, value: Json) -> Raw:
    """A kept answer as typed; one that is not even of the right shape (from an API) stays a wrong text."""
    if isinstance(value, dict) or (question.kind is QuestionKind.DATE and not _is_iso(value)):
        return None if value is None else str(value)[:200]
    return as_typed(question, value)


def _is_iso(value: Json) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is not None


class _Reader:
    """Reads question by question, collecting problems by path."""

    def __init__(
        self, way: Conditions, sent: Sent, lists: Lists, shown: frozenset[str] | None = None
    ) -> None:
        self.way = way
        self.sent = sent
        self.lists = lists
        self.shown = shown  # questions that were on the page when it was sent; None: all of them
        self.problems: list[FieldProblem] = []
        self.revealed: list[str] = []

    def read(self, question: Question) -> Json:
        """The answer to a visible question, or None after a problem or where none was given."""
        if question.kind is QuestionKind.GROUP:
            return self._group(question)
        return self._single(question, question.key, None)

    def _single(self, question: Question, path: str, row: Mapping[str, Json] | None) -> Json:
        try:
            value = parse(question, self.sent.get(path), self.lists)
        except WrongAnswer as wrong:
            self.problems.append(FieldProblem(path, wrong.text))
            return None
        if value is None:
            self._missing(question, path, row)
        return value

    def _missing(self, question: Question, path: str, row: Mapping[str, Json] | None) -> None:
        was_shown = self.shown is None or row is not None or question.key in self.shown
        if not was_shown:
            self.revealed.append(path)
        elif self.way.is_required(question, row):
            self.problems.append(FieldProblem(path, wording.about(_asking(question), question.label)))

    def _group(self, group: Question) -> Json:
        rows: list[Json] = []
        for index in self._row_numbers(group):
            row: dict[str, Json] = {}
            for question in group.questions:
                path = f"{group.key}.{index}.{question.key}"
                if self.way.holds(question.show_if, row):
                    value = self._single(question, path, row)
                    if value is not None:
                        row[question.key] = value
            rows.append(row)
        least = group.min if isinstance(group.min, int) else int(self.way.is_required(group))
        most = group.max if isinstance(group.max, int) else MAX_ROWS
        if len(rows) < least:
            self._refuse_rows(group, wording.ADD_ROW, least=least)
        elif len(rows) > most:
            self._refuse_rows(group, wording.TOO_MANY_ROWS, most=most)
        return rows or None

    def _refuse_rows(self, group: Question, sentence: Text, **values: object) -> None:
        self.problems.append(FieldProblem(group.key, wording.about(sentence, group.label, **values)))

    def _row_numbers(self, group: Question) -> list[int]:
        """Numbers of the rows in which something was typed, at most a hundred."""
        shape = re.compile(rf"{re.escape(group.key)}\.(\d{{1,3}})\.[a-z0-9_]+")
        found: set[int] = set()
        for name, raw in self.sent.items():
            match = shape.fullmatch(name)
            if match is not None and _is_filled(raw):
                found.add(int(match.group(1)))
        return sorted(found)[: 2 * MAX_ROWS]


def _is_filled(raw: Raw) -> bool:
    if isinstance(raw, str):
        return bool(raw.strip())
    values = raw.values() if isinstance(raw, Mapping) else raw or ()
    return any(value.strip() for value in values)


def _asking(question: Question) -> Text:
    if question.kind in CHOOSING or question.kind in (QuestionKind.YES_NO, QuestionKind.DIVISION):
        return wording.CHOOSE
    return wording.UPLOAD if question.kind is QuestionKind.FILE else wording.ENTER
