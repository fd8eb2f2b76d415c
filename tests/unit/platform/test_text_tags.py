"""Words, dates, numbers and money in both languages inside a template."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from yiwang.kernel.text import Text


def shown(source: str, language: str, **values: object) -> str:
    with translation.override("en" if language == "en" else "zh-hans"):
        return Template("{% load text %}" + source).render(Context(values))


def test_a_pair_is_printed_in_the_readers_language() -> None:
    source = '{% t "提交申请" "Submit application" %}'
    assert shown(source, "zh") == "提交申请"
    assert shown(source, "en") == "Submit application"


def test_values_are_escaped_and_never_expanded_twice() -> None:
    source = '{% t "{who}：{what}" "{who}: {what}" who=who what=what %}'
    assert shown(source, "en", who="<b>{what}</b>", what="x&y") == "&lt;b&gt;{what}&lt;/b&gt;: x&amp;y"


def test_a_pair_can_be_stored() -> None:
    source = '{% t "第{n}步" "Step {n}" n=n|add:1 as label %}[{{ label }}]'
    assert shown(source, "zh", n=2) == "[第3步]"
    assert shown(source, "en", n=2) == "[Step 3]"


@pytest.mark.parametrize(
    "source",
    [
        "{% t %}",
        '{% t "只有中文" %}',
        '{% t "中文" variable %}',
        '{% t "中文"|upper "English" %}',
        '{% t "中文" "English" "Français" %}',
        '{% t "第{n}步" "Step {n}" %}',
        '{% t "第{n}步" "Step" n=1 %}',
        '{% t "中文" "English" n=1 %}',
    ],
)
def test_an_incomplete_pair_is_refused_when_the_template_compiles(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load text %}" + source)


def test_texts_and_mappings_are_printed_escaped() -> None:
    assert shown("{% tx name %}", "zh", name=Text("甲<乙", "A")) == "甲&lt;乙"
    assert shown("{% tx name %}", "en", name={"zh": "甲", "en": "A & B"}) == "A &amp; B"
    assert shown("{{ name|say }}", "en", name=Text("甲", "<A>")) == "&lt;A&gt;"


def test_dates_are_written_as_each_language_writes_them() -> None:
    assert shown("{{ when|day }}", "zh", when=date(2026, 11, 21)) == "2026年11月21日"
    assert shown("{{ when|day }}", "en", when=date(2026, 11, 21)) == "21 November 2026"


def test_moments_are_told_in_the_citys_time() -> None:
    late = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)
    assert shown("{{ when|moment }}", "zh", when=late) == "2026年11月22日 00:05"
    assert shown("{{ when|moment }}", "en", when=late) == "22 November 2026, 00:05"
    assert shown("{{ when|day }}", "zh", when=late) == "2026年11月22日"


def test_what_is_no_date_prints_nothing() -> None:
    assert shown("{{ when|day }}{{ when|moment }}", "zh", when=None) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1234567, "1,234,567"), (Decimal("1234.50"), "1,234.50"), (0, "0"), (None, ""), ("甲", "甲")],
)
def test_numbers_are_grouped(value: object, expected: str) -> None:
    assert shown("{{ n|number }}", "zh", n=value) == expected


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (Decimal("1234.5"), "1,234.50元", "¥1,234.50"),
        (Decimal("80.00"), "80元", "¥80"),
        (0, "0元", "¥0"),
        (None, "", ""),
    ],
)
def test_money_is_written_in_yuan(value: object, zh: str, en: str) -> None:
    assert shown("{{ n|money }}", "zh", n=value) == zh
    assert shown("{{ n|money }}", "en", n=value) == en
