"""A form with one question of every kind and the conditions that packs write."""

from __future__ import annotations

from datetime import date

from yiwang.cases.definitions.form import Form, Question
from yiwang.cases.rules.forms.parsing import Lists
from yiwang.kernel.text import Text

LISTS = Lists(
    today=date(2026, 11, 21),
    divisions={"440103001": Text("沙面街道", "Shamian Street"), "440104": Text("越秀区", "Yuexiu District")},
)


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def question(key: str, kind: str, **more: object) -> dict[str, object]:
    return {"key": key, "kind": kind, "label": text(f"问题{key}", f"Question {key}"), **more}


def options(*values: str) -> list[dict[str, object]]:
    return [{"value": value, "label": text(f"选项{value}", f"Option {value}")} for value in values]


def page(key: str, *questions: dict[str, object], **more: object) -> dict[str, object]:
    return {"key": key, "title": text(f"页{key}", f"Page {key}"), "questions": list(questions), **more}


def form(*pages: dict[str, object]) -> Form:
    return Form.model_validate({"code": "sample", "pages": list(pages)})


def one(kind: str, **more: object) -> Question:
    return Question.model_validate(question("it", kind, **more))


#: kind -> is land asked for -> foreign pages; the last page has a group.
PROJECT = form(
    page(
        "project",
        question("name", "text", max_length=20),
        question("kind", "choice", options=options("new", "refit", "other")),
        question("note", "text", show_if='answers.kind = "other"'),
    ),
    page(
        "land",
        question("area", "decimal", unit=text("平方米", "m²"), min=1, max=5000),
        question("site", "long_text", required="answers.area > 100"),
        show_if='answers.kind = "new"',
    ),
    page(
        "partners",
        question(
            "partners",
            "group",
            min=1,
            max=2,
            questions=[
                question("who", "text", personal=True),
                question("foreign", "yes_no"),
                question("country", "text", show_if="row.foreign = true"),
            ],
        ),
        question("phone", "phone", personal=True, required=False),
    ),
)
