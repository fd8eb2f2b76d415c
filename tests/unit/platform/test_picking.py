"""B37: the calendar beside a date, the list of chosen files, columns that sort: what the server gives."""

from __future__ import annotations

import json

from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from yiwang.kernel.text import Text
from yiwang.platform.web.controls import Control
from yiwang.platform.web.sorting import Sorting, asked_sorting, sorted_columns


def drawn(control: Control, language: str):
    with translation.override(language):
        return html.fromstring(Template("{% load ui %}{% question c %}").render(Context({"c": control})))


def test_b37_a_date_question_brings_the_words_of_its_calendar():
    control = Control(kind="date", name="day", label=Text("日期", "Day"))

    zh, en = (
        json.loads(drawn(control, language).xpath("//@data-picker")[0]) for language in ("zh-hans", "en")
    )

    assert (zh["open"], zh["months"][10], zh["weekdays"][6], zh["short"][0]) == (
        "从日历选择", "11月", "星期日", "一",
    )  # fmt: skip
    assert (en["open"], en["months"][10], en["weekdays"][6], en["short"][0]) == (
        "Choose from a calendar", "November", "Sunday", "Mo",
    )  # fmt: skip
    assert zh.keys() == en.keys()
    assert drawn(control, "en").xpath("//@data-days-off") == ["/calendar/1000/"]


def test_b37_nobody_looks_for_a_birthday_in_a_calendar():
    birthday = Control(kind="date", name="day", label=Text("出生日期", "Born"), autocomplete="bday")
    fixed = Control(kind="date", name="day", label=Text("日期", "Day"), readonly=True)

    assert [drawn(each, "en").xpath("//@data-picker") for each in (birthday, fixed)] == [[], []]


def test_b37_a_question_for_several_files_brings_the_words_of_its_list():
    several = Control(kind="file", name="f", label=Text("附件", "Files"), multiple=True)
    (words,) = drawn(several, "en").xpath("//@data-chooser")

    assert json.loads(words)["remove"] == "Remove"
    assert (
        drawn(Control(kind="file", name="f", label=Text("附件", "File")), "en").xpath("//@data-chooser") == []
    )


def test_b37_columns_sort_by_what_may_be_sorted_and_keep_the_rest_of_the_address():
    columns = [{"key": "title", "label": "标题"}, {"key": "kind", "label": "类型"}]
    request = RequestFactory().get("/?q=a&page=7&sort=-title")
    sorting = asked_sorting(request, {"title"})

    assert sorting == Sorting(column="title", descending=True)
    assert sorted_columns(request, columns, sorting, {"title"}) == [
        {"key": "title", "label": "标题", "sort_href": "?q=a&sort=title", "sorted": "descending"},
        {"key": "kind", "label": "类型"},
    ]
    assert asked_sorting(RequestFactory().get("/?sort=-kind"), {"title"}) == Sorting()
