"""The way through a form: which pages and questions are asked, given the answers so far.

Conditions are asked in the order of the questions and see only answers to questions that are themselves
visible: an answer that was given and then hidden has no effect, and is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yiwang.cases.definitions.form import Form, Page, Question, QuestionKind
from yiwang.kernel.feel import Json, compile_expression

Answers = Mapping[str, Json]
Surroundings = Mapping[str, object]
NOTHING: Surroundings = {}


@dataclass(frozen=True, slots=True)
class VisiblePage:
    """A page with those of its questions that are asked."""

    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """What is asked, in order, and the answers that remain."""

    pages: tuple[VisiblePage, ...]
    answers: Answers

    def find(self, key: str) -> VisiblePage | None:
        """The visible page of a key."""
        return next((one for one in self.pages if one.page.key == key), None)

    def next_page(self, key: str) -> str | None:
        """The page after this one; None after the last. A page that is hidden now leads to the first."""
        keys = [one.page.key for one in self.pages]
        if key not in keys:
            return keys[0] if keys else None
        after = keys.index(key) + 1
        return keys[after] if after < len(keys) else None

    def previous_page(self, key: str) -> str | None:
        """The page before this one; None before the first."""
        keys = [one.page.key for one in self.pages]
        return keys[keys.index(key) - 1] if key in keys and keys.index(key) > 0 else None


def walk(
    form: Form, answers: Answers, *, surroundings: Surroundings = NOTHING, at: datetime | None = None
) -> Walk:
    """Go through the form. ``surroundings`` are further names of conditions, such as ``applicant``."""
    way = Conditions(surroundings=surroundings, at=at)
    pages: list[VisiblePage] = []
    for page in form.pages:
        if not way.holds(page.show_if):
            continue
        questions: list[Question] = []
        for question in page.questions:
            if way.holds(question.show_if):
                questions.append(question)
                way.keep(question, answers)
        if questions:
            pages.append(VisiblePage(page, tuple(questions)))
    return Walk(tuple(pages), way.answers)


@dataclass(slots=True)
class Conditions:
    """Evaluates conditions over the answers that have been kept so far."""

    surroundings: Surroundings = field(default_factory=dict)
    at: datetime | None = None
    answers: dict[str, Json] = field(default_factory=dict)

    def holds(self, condition: str | None, row: Mapping[str, Json] | None = None) -> bool:
        """Whether there is no condition or it is true."""
        if condition is None:
            return True
        context: dict[str, object] = {**self.surroundings, "answers": self.answers}
        if row is not None:
            context["row"] = row
        return compile_expression(condition).is_true(context, at=self.at)

    def is_required(self, question: Question, row: Mapping[str, Json] | None = None) -> bool:
        """Whether a question that is asked must be answered."""
        if isinstance(question.required, str):
            return self.holds(question.required, row)
        return question.required

    def keep(self, question: Question, answers: Answers) -> None:
        """Take over the answer to a visible question; of a group's rows only what is visible in each."""
        value = answers.get(question.key)
        if value is None:
            return
        if question.kind is QuestionKind.GROUP and isinstance(value, list):
            value = [self._row(question, row) for row in value if isinstance(row, dict)]
        self.answers[question.key] = value

    def _row(self, group: Question, given: dict[str, Json]) -> Json:
        row: dict[str, Json] = {}
        for question in group.questions:
            if self.holds(question.show_if, row) and given.get(question.key) is not None:
                row[question.key] = given[question.key]
        return row
