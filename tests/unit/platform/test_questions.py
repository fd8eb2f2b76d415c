"""Declared questions as form controls: wiring, values, refusals."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import translation

from yiwang.kernel.text import Text
from yiwang.platform.web.components.questions import errors_of
from yiwang.platform.web.controls import Control, Option, control_from, date_parts, raw_answer


class Fields(HTMLParser):
    """Collects the attributes of every field."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"input", "select", "textarea"}:
            self.found.append(dict(attrs))


def rendered(control: Control | dict[str, object], language: str = "zh-hans") -> str:
    with translation.override(language):
        return Template("{% load ui %}{% question control %}").render(Context({"control": control}))


def fields_of(control: Control | dict[str, object], language: str = "zh-hans") -> list[dict[str, str | None]]:
    parser = Fields()
    parser.feed(rendered(control, language))
    return parser.found


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(value=str(n), label=Text(f"选项{n}", f"Option {n}")) for n in range(count))


LABEL = Text("问题", "Question")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", {"type": "text"}),
        ("integer", {"type": "text", "inputmode": "numeric"}),
        ("decimal", {"type": "text", "inputmode": "decimal"}),
        ("money", {"type": "text", "inputmode": "decimal"}),
        ("id_number", {"type": "text", "maxlength": "18", "autocomplete": "off", "spellcheck": "false"}),
        ("credit_code", {"type": "text", "maxlength": "18", "autocomplete": "off"}),
        ("phone", {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        ("email", {"type": "email", "inputmode": "email", "autocomplete": "email"}),
    ],
)
def test_each_kind_helps_the_hand(kind: str, expected: dict[str, str]) -> None:
    (field,) = fields_of(Control(kind=kind, name="a.b", label=LABEL))

    assert {key: field.get(key) for key in expected} == expected
    assert (field["id"], field["name"]) == ("q-a-b", "a.b")


def test_hint_and_errors_are_wired_to_the_field() -> None:
    html = rendered(Control(kind="text", name="x", label=LABEL, hint="提示", errors=("请填写",), value="<b>"))
    (field,) = fields_of(
        Control(kind="text", name="x", label=LABEL, hint="提示", errors=("请填写",), value="<b>")
    )

    assert field["aria-describedby"] == "q-x-hint q-x-error"
    assert (field["aria-invalid"], field["aria-required"], field["value"]) == ("true", "true", "<b>")
    assert 'id="q-x-hint"' in html
    assert 'id="q-x-error"' in html
    assert "&lt;b&gt;" in html


def test_an_optional_question_says_so() -> None:
    control = Control(kind="text", name="x", label=LABEL, required=False)

    assert "（选填）" in rendered(control)
    assert "(optional)" in rendered(control, "en")
    assert "aria-required" not in rendered(control)


def test_a_date_stands_in_the_order_of_the_language() -> None:
    control = Control(kind="date", name="d", label=LABEL, value=date(2026, 3, 9))

    assert [(f["name"], f["value"]) for f in fields_of(control)] == [
        ("d-year", "2026"),
        ("d-month", "3"),
        ("d-day", "9"),
    ]
    assert [f["name"] for f in fields_of(control, "en")] == ["d-day", "d-month", "d-year"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 3, 9), {"year": "2026", "month": "3", "day": "9"}),
        ("2026-03-09", {"year": "2026", "month": "3", "day": "9"}),
        ({"year": "26", "month": "13", "day": ""}, {"year": "26", "month": "13", "day": ""}),
        (None, {"year": "", "month": "", "day": ""}),
        ("nonsense", {"year": "", "month": "", "day": ""}),
    ],
)
def test_a_date_is_shown_as_it_was_typed(value: object, expected: dict[str, str]) -> None:
    assert date_parts(value) == expected


def test_few_choices_are_buttons_and_many_are_a_list() -> None:
    few = Control(kind="choice", name="c", label=LABEL, options=options(7), value="3")
    many = Control(kind="choice", name="c", label=LABEL, options=options(8), value="3")

    assert [f["value"] for f in fields_of(few) if "checked" in f] == ["3"]
    assert [f["type"] for f in fields_of(few)] == ["radio"] * 7
    assert len(fields_of(many)) == 1
    assert '<option value="3" selected>' in rendered(many)


def test_yes_no_shows_a_stored_answer() -> None:
    for value, expected in ((True, ["yes"]), (False, ["no"]), ("no", ["no"]), (None, [])):
        control = Control(kind="yes_no", name="y", label=LABEL, value=value)
        assert [f["value"] for f in fields_of(control) if "checked" in f] == expected


def test_a_dictionary_serves_as_well_and_an_unknown_key_is_refused() -> None:
    given: dict[str, object] = {
        "kind": "integer",
        "name": "n",
        "label": {"zh": "数", "en": "Number"},
        "value": 3,
    }

    assert fields_of(given)[0]["value"] == "3"
    with pytest.raises(ValueError, match="colour"):
        control_from({**given, "colour": "red"})
    with pytest.raises(ValueError, match="no kind of question"):
        control_from({**given, "kind": "colour"})


def test_a_group_asks_its_children() -> None:
    child = Control(kind="phone", name="agent.phone", label=LABEL)
    group = Control(kind="group", name="agent", label=LABEL, children=(child,))

    assert [f["name"] for f in fields_of(group)] == ["agent.phone"]
    assert "<legend>" in rendered(group)


def test_errors_point_at_the_first_field() -> None:
    wrong = {"label": LABEL, "errors": ("错",)}
    controls = [
        Control(kind="date", name="d", **wrong),
        Control(kind="choice", name="c", options=options(3), **wrong),
        Control(kind="choice", name="many", options=options(9), **wrong),
        Control(kind="group", name="g", label=LABEL, children=(Control(kind="text", name="g.t", **wrong),)),
        Control(kind="address", name="a", **wrong),
    ]

    assert [error["href"] for error in errors_of(controls)] == [
        "#q-d-year",
        "#q-c-1",
        "#q-many",
        "#q-g-t",
        "#q-a-detail",
    ]


def test_answers_come_back_as_typed() -> None:
    data = QueryDict("t=+x+&c=1&c=2&d-year=2026&d-month=2&d-day=30&a-division=440104001&a-detail=%E8%B7%AF1")

    assert raw_answer("text", "t", data) == "x"
    assert raw_answer("choices", "c", data) == ["1", "2"]
    assert raw_answer("date", "d", data) == {"year": "2026", "month": "2", "day": "30"}
    assert raw_answer("address", "a", data) == {"division": "440104001", "detail": "路1"}
    assert raw_answer("text", "missing", data) == ""
