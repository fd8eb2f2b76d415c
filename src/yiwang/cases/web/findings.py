"""The questions that a step asks the officer: one after another, as the answers bring them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from yiwang.cases.api import code_lists, controls_of, read_page, walk
from yiwang.cases.definitions.form import Form
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, raw_answer

#: Field that names the questions which stood on the page when it was sent.
ASKED = "asked"
_ANSWER = Text("请回答这个问题", "Answer this question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the officer answered; ``revealed`` are questions that these answers brought up."""

    answers: Mapping[str, Json]
    problems: tuple[FieldProblem, ...]
    revealed: tuple[str, ...]


def read_found(form: Form, data: QueryDict) -> Found:
    """Read the answers; a question that stood there and was left open is a problem, a new one is not."""
    at, asked = timezone.now(), set(data.get(ASKED, "").split(","))
    answers: dict[str, Json] = {}
    problems: list[FieldProblem] = []
    revealed: list[str] = []
    for page in form.pages:
        sent = {q.key: raw_answer(str(q.kind), q.key, data) for q in page.questions}
        result = read_page(form, page.key, sent, answers, lists=code_lists(timezone.localdate(at)), at=at)
        answers = dict(result.answers)
        problems += result.problems
        needed = {question.key for question in page.questions if question.required is not False}
        revealed += [path for path in result.revealed if path not in asked]
        problems += [FieldProblem(path, _ANSWER) for path in result.revealed if path in asked & needed]
    return Found(answers=answers, problems=tuple(problems), revealed=tuple(revealed))


def found_controls(form: Form, answers: Mapping[str, Json]) -> tuple[Control, ...]:
    """The questions that are asked, given the answers so far."""
    questions = [question for page in walk(form, answers).pages for question in page.questions]
    return controls_of(questions, answers=answers)
