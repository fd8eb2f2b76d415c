"""Questions of one page that anybody may try: asked, read, shown again with what is wrong, nothing kept."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from yiwang.cases.api import code_lists, controls_of, read_page, walk
from yiwang.cases.definitions.form import Form
from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import Json
from yiwang.platform.web.controls import Control, raw_answer
from yiwang.portal.web.lists import choosable


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of a page of questions."""

    controls: tuple[Control, ...]
    errors: list[dict[str, object]]
    answers: dict[str, Json]
    is_done: bool
    asks_more: bool


def ask(form: Form) -> Tried:
    """The page before anything was answered."""
    shown = walk(form, {}).pages
    questions = shown[0].questions if shown else ()
    controls = tuple(choosable(control) for control in controls_of(questions, answers={}))
    return Tried(controls=controls, errors=[], answers={}, is_done=False, asks_more=False)


def read(form: Form, data: QueryDict) -> Tried:
    """The page as it was answered; questions that the answers bring up are asked without blame."""
    page = form.pages[0]
    sent = {
        question.key: raw_answer(str(question.kind), question.key, data)
        for question in page.questions
        if question.key in data or f"{question.key}-year" in data
    }
    lists, at = code_lists(timezone.localdate()), timezone.now()
    result = read_page(form, page.key, sent, {}, lists=lists, at=at)
    if any(path in sent for path in result.revealed):
        # Nothing is kept between two tries: a field that was sent was on the page, so it is judged.
        result = read_page(form, page.key, sent, result.answers, lists=lists, at=at)
    seen = walk(form, result.answers, at=at).find(page.key)
    questions = seen.questions if seen else ()
    keys = {question.key for question in questions}
    typed = {key: value for key, value in sent.items() if key in keys}
    problems = list(result.problems)
    asked = controls_of(questions, answers=result.answers, typed=typed, problems=problems)
    controls = tuple(choosable(control) for control in asked)
    return Tried(
        controls=controls,
        errors=errors_of(controls, problems),
        answers=dict(result.answers),
        is_done=result.is_done,
        asks_more=bool(result.revealed) and not problems,
    )


def errors_of(controls: tuple[Control, ...], problems: list[FieldProblem]) -> list[dict[str, object]]:
    """Lines of the error summary, each leading to its question."""
    anchors = {control.name: f"#{control.anchor}" for control in controls}
    return [{"text": p.text, "href": anchors.get(p.path.partition(".")[0], "#main")} for p in problems]
