"""B36: every refusal of our own kinds of question, word for word, in both languages."""

from __future__ import annotations

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import translation

from yiwang.kernel.text import Text
from yiwang.platform.web.components.refused import title_error
from yiwang.platform.web.controls import KINDS, Control, Option
from yiwang.platform.web.filling import sent_problems

MISSING = ("请填写此项", "Please fill this in")
NO_DAY = ("请填写日期", "Enter a day")
NOT_A_DAY = ("没有这一天，请核对年、月、日", "There is no such day: check year, month and day")
TOO_LONG = ("最多10个字", "At most 10 characters")
NOT_OFFERED = ("请从列出的选项中选择", "Choose one of the options")
#: What a kind says to nothing, to eleven signs, and to an answer that nobody offered.
WRITTEN = (MISSING, TOO_LONG)
CHOSEN = (MISSING, NOT_OFFERED)
SAID = {
    "text": WRITTEN,
    "long_text": WRITTEN,
    "integer": WRITTEN,
    "decimal": WRITTEN,
    "money": WRITTEN,
    "date": (NO_DAY, NOT_A_DAY),
    "yes_no": CHOSEN,
    "choice": CHOSEN,
    "choices": CHOSEN,
    "id_number": WRITTEN,
    "credit_code": WRITTEN,
    "phone": WRITTEN,
    "email": WRITTEN,
    "address": WRITTEN,
    "area": WRITTEN,
    "division": CHOSEN,
    "industry": WRITTEN,
    "postcode": WRITTEN,
}
ELSEWHERE = {"file", "group"}  # judged by content as it is stored; by its children


def asked(kind: str, *, required: bool = True) -> Control:
    options = (Option(value="one", label=Text("一", "One")),)
    label = Text("问题", "Question")
    return Control(kind=kind, name="q", label=label, required=required, options=options, max_length=10)


def said(control: Control, sent: dict[str, str]) -> tuple[str, str] | None:
    problems = sent_problems(RequestFactory().post("/", sent), [control])
    assert [problem.path for problem in problems] in ([], ["q"])
    return (problems[0].text.zh, problems[0].text.en) if problems else None


def test_b36_every_kind_is_judged() -> None:
    assert set(KINDS) == SAID.keys() | ELSEWHERE


@pytest.mark.parametrize("kind", SAID)
def test_b36_each_refusal_word_for_word_in_both_languages(kind: str) -> None:
    missing, wrong = SAID[kind]
    nonsense = dict.fromkeys(("q", "q-detail", "q-year", "q-month", "q-day"), "一二三四五六七八九十𠮷")

    assert said(asked(kind), {}) == missing
    assert said(asked(kind), nonsense) == wrong
    assert said(asked(kind, required=False), {}) is None
    assert said(asked(kind, required=False), nonsense) == wrong


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("text", {"q": "一二三四五六七八九𠮷"}),
        ("yes_no", {"q": "no"}),
        ("choices", {"q": "one"}),
        ("division", {"q": "one"}),
        ("address", {"q-detail": "科学大道1号"}),
        ("date", {"q-year": "2028", "q-month": "2", "q-day": "29"}),
    ],
)
def test_b36_what_fits_is_not_refused(kind: str, sent: dict[str, str]) -> None:
    assert said(asked(kind), sent) is None


@pytest.mark.parametrize(("language", "first"), [("zh-hans", "有误："), ("en", "Error: ")])
def test_b36_the_title_says_first_that_a_form_was_refused(language: str, first: str) -> None:
    class Form(forms.Form):
        name = forms.CharField()

    faulty = Control(kind="text", name="q", label="问题", errors=("请填写",))
    with translation.override(language):
        told = [{"errors": [{"text": "x"}]}, {"missed": True}, {"form": Form({})}, {"controls": [faulty]}]
        assert [title_error(context) for context in told] == [first] * 4
        quiet = [{}, {"errors": []}, {"form": Form()}, {"controls": [asked("text")]}, {"tried": None}]
        assert [title_error(context) for context in quiet] == [""] * 5
