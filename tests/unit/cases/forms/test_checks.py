"""Forms that are refused before anybody fills them in; the packs' own forms are right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from tests.unit.cases.forms.samples import PROJECT, form, options, page, question, text

from yiwang.cases.definitions.form import Form
from yiwang.cases.rules.forms.checks import check_form
from yiwang.packs.strict_yaml import parse

A = question("a", "choice", options=options("x", "y"))
PACKS = Path(__file__).parents[4] / "packs"


@pytest.mark.parametrize(
    ("pages", "path", "reason"),
    [
        ([page("p", A), page("p", question("b", "text"))], ("pages", 1), "the page “p” stands twice"),
        ([page("p", A), page("q", A)], ("pages", 1, "questions", 0, "key"),
         "the question key “a” stands twice"),
        ([page("p", question("a", "text", show_if="answers.b = 1"))], ("pages", 0, "questions", 0, "show_if"),
         "there is no question “b”"),
        ([page("p", question("a", "text", show_if="a = 1"))], ("pages", 0, "questions", 0, "show_if"),
         "unknown name “a”; conditions read answers.<question>"),
        ([page("p", question("b", "text", show_if='answers.a = "x"'), A)],
         ("pages", 0, "questions", 0, "show_if"), "the question “a” is asked later than this"),
        ([page("p", A, show_if='answers.a = "x"')], ("pages", 0, "show_if"),
         "the question “a” is asked later than this"),
        ([page("p", A), page("q", question("b", "text"), show_if="answers.a =")], ("pages", 1, "show_if"),
         "Expression, line 1, column 12: the expression ends too early"),
        ([page("p", A), page("q", question("b", "text"), show_if='answers.a = "z"')], ("pages", 1, "show_if"),
         "“z” is not an option of “a”"),
        ([page("p", A), page("q", question("b", "text"), show_if='answers.a in ["x", "z"]')],
         ("pages", 1, "show_if"), "“z” is not an option of “a”"),
        ([page("p", A, show_if="false")], ("pages", 0, "show_if"),
         "the page can never be reached: its condition is never true"),
        ([page("p", question("a", "text", required="answers.z"))], ("pages", 0, "questions", 0, "required"),
         "there is no question “z”"),
        ([page("p", question("a", "choice", options=options("x", "x")))],
         ("pages", 0, "questions", 0, "options", 1), "the option “x” stands twice"),
        ([page("p", question("a", "integer", min=5, max=1))], ("pages", 0, "questions", 0, "max"),
         "max is below min"),
        ([page("p", question("a", "integer", min="today"))], ("pages", 0, "questions", 0, "min"),
         "“today” is not a number"),
        ([page("p", question("a", "date", min="soon"))], ("pages", 0, "questions", 0, "min"),
         "“soon” is neither a date nor today"),
        ([page("p", question("a", "text", pattern="(", pattern_hint=text("一", "a")))],
         ("pages", 0, "questions", 0, "pattern"), "the pattern is refused: it is malformed"),
        ([page("p", question("a", "text", prefill={"resource": "firms", "field": "name"}))],
         ("pages", 0, "questions", 0, "prefill", "resource"), "there is no resource “firms”"),
        ([page("p", question("a", "text", prefill={"resource": "persons", "field": "height"}))],
         ("pages", 0, "questions", 0, "prefill", "field"), "the resource “persons” has no field “height”"),
        ([page("p", question("g", "group", questions=[question("b", "text", show_if="row.c = 1")]))],
         ("pages", 0, "questions", 0, "questions", 0, "show_if"), "unknown name “row”"),
    ],
)  # fmt: skip
def test_faulty_forms(pages: list[dict[str, object]], path: tuple[str | int, ...], reason: str) -> None:
    faults = check_form(form(*pages), {"persons": frozenset({"name"})})

    assert [fault.path for fault in faults] == [path]
    assert faults[0].reason.en.startswith(reason)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (question("a", "choice"), "options, and only a choice has them"),
        (question("a", "text", options=options("x")), "options, and only a choice has them"),
        (question("a", "group"), "questions, and only a group has them"),
        (question("a", "integer", pattern="a", pattern_hint=text("一", "a")), "a pattern only for text"),
        (question("a", "text", pattern="a"), "pattern and pattern_hint together"),
        (question("a", "text", min=1), "min and max only for numbers"),
        (question("a", "colour"), "Input should be"),
        (question("A!", "text"), "String should match"),
        (question("a", "text", max_length="5"), "Input should be a valid integer"),
        (question("a", "text", nonsense=1), "Extra inputs are not permitted"),
        (question("a", "group", questions=[question("b", "file")]), "holds no group and no file"),
    ],
)
def test_faulty_questions(broken: dict[str, object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        form(page("p", broken))


def test_the_sample_is_right() -> None:
    assert check_form(PROJECT) == []


@pytest.mark.parametrize("path", sorted(PACKS.glob("*/forms/*.yaml")), ids=lambda path: path.stem)
def test_forms_of_the_packs(path: Path) -> None:
    parsed = parse(path.read_bytes(), path.name)

    assert parsed.problems == []
    read = Form.model_validate(parsed.data)
    assert check_form(read) == []
    assert Form.model_validate(read.model_dump(mode="json")) == read
