"""Components: what they say, how they escape, what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from yiwang.kernel.text import Text
from yiwang.platform.web.components.notices import clock, tag
from yiwang.platform.web.wording import size, span


def shown(source: str, language: str = "zh-hans", **values: object) -> str:
    with translation.override(language):
        return Template("{% load ui text %}" + source).render(Context(values))


def test_words_are_given_in_four_ways() -> None:
    pair = '{% button "提交" "Submit" %}'
    assert ">提交<" in shown(pair)
    assert ">Submit<" in shown(pair, "en")
    assert ">Send<" in shown("{% button words %}", "en", words=Text("发送", "Send"))
    assert ">Send<" in shown("{% button words %}", "en", words={"zh": "发送", "en": "Send"})
    assert ">A &amp; &lt;B&gt;<" in shown("{% button words %}", "en", words="A & <B>")


def test_a_plain_word_is_not_replaced_by_a_default() -> None:
    assert "Own words" in shown('{% back_link "/x/" words %}', "en", words="Own words")
    assert "Back" in shown('{% back_link "/x/" %}', "en")


@pytest.mark.parametrize(
    ("view", "zh", "en"),
    [
        ({"left": 3}, "剩3个工作日", "3 working days left"),
        ({"left": 1}, "剩1个工作日", "1 working day left"),
        ({"left": 0}, "今日到期", "Due today"),
        ({"left": -2, "light": "red"}, "超期2个工作日", "2 working days overdue"),
        ({"left": 90, "unit": "working_minute"}, "剩90个工作分钟", "90 working minutes left"),
        ({"left": 4, "state": "done"}, "按时办结", "Closed on time"),
        ({"left": -1, "state": "done"}, "超期1个工作日办结", "Closed 1 working day late"),
    ],
)
def test_a_clock_says_what_is_left(view: dict[str, object], zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert clock(view)["sentence"] == zh
    with translation.override("en"):
        assert clock(view)["sentence"] == en


def test_a_stopped_clock_tells_no_due_day() -> None:
    with translation.override("zh-hans"):
        running = clock({"left": 3, "due": date(2026, 11, 26)})
        stopped = clock({"left": 3, "due": date(2026, 11, 26), "state": "stopped"})

    assert running["due"] == "2026年11月26日到期"
    assert (stopped["due"], stopped["stopped"], stopped["look"]) == ("", "计时停止", "stopped")


def test_a_tone_must_mean_something() -> None:
    with pytest.raises(ValueError, match="purple"):
        tag("状态", tone="purple")


def test_table_cells_carry_their_column_and_are_escaped() -> None:
    html = shown(
        "{% table columns rows %}",
        columns=[
            {"key": "a", "label": Text("甲", "A")},
            {"key": "n", "label": Text("数", "N"), "numeric": True},
        ],
        rows=[{"a": "<script>", "n": 12345}],
    )

    assert 'data-label="甲"' in html
    assert "&lt;script&gt;" in html
    assert "12,345" in html
    assert "<script>" not in html


def test_pages_keep_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/list/?q=%E6%B0%B4&page=3")
    html = shown("{% pagination page %}", page=Paginator(range(95), 10).page(3), request=request)

    assert 'href="?q=%E6%B0%B4&amp;page=2" rel="prev"' in html
    assert 'href="?q=%E6%B0%B4&amp;page=10"' in html
    assert html.count('aria-current="page"') == 1
    assert "共95条" in html


def test_one_page_has_no_page_links() -> None:
    html = shown("{% pagination page %}", page=Paginator([1], 10).page(1), request=RequestFactory().get("/"))

    assert "yw-pages__link" not in html
    assert "共1条" in html


@pytest.mark.parametrize(("count", "expected"), [(1, "1 KB"), (182_400, "182 KB"), (20_000_000, "20 MB")])
def test_sizes_are_told_as_their_owner_would(count: int, expected: str) -> None:
    assert size(count) == expected


def test_spans_have_their_plural() -> None:
    with translation.override("en"):
        assert [span(1, "day"), span(2, "day"), span(1200, "working_hour")] == [
            "1 day",
            "2 days",
            "1,200 working hours",
        ]
