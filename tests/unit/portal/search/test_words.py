"""Words of texts and queries: Chinese by words, Traditional folded, sayings, pinyin, hostile input."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.search.rules.asking import (
    LONGEST_QUERY,
    MOST_SAYINGS,
    MOST_WORDS,
    query_of,
    understood,
)
from yiwang.portal.search.rules.ranking import Hit, ordered
from yiwang.portal.search.rules.spelling import beginnings, spellings
from yiwang.portal.search.rules.vocabulary import vocabulary_of
from yiwang.portal.search.rules.words import coarse, fine, folded, vector_of
from yiwang.portal.search.vocabularies import vocabulary

FEW = vocabulary_of([["开公司", "企业设立", "start a company"], ["fee", "收费"]], ["怎么", "the", "的"])


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("營業執照", "营业执照"),
        ("ＧＢ／Ｔ２１０６３", "gb/t21063"),
        ("頭髮", "头发"),
        ("乾坤", "乾坤"),
        ("Social Insurance", "social insurance"),
    ],
)
def test_texts_are_compared_in_one_form(typed, same):
    assert folded(typed) == same


def test_an_unknown_name_is_cut_into_its_characters_wherever_it_stands():
    assert [word.text for word in coarse("在穗康码里")] == ["在", "穗", "康", "码", "里"]
    assert query_of(understood("穗康码", FEW)) == "(('穗' <1> '康' <1> '码'))"


def test_words_inside_words_stand_at_their_own_places():
    assert [(word.text, word.at) for word in fine("设立登记2026年permits")] == [
        ("设立", 0), ("登记", 2), ("设立登记", 0), ("2026", 4), ("年", 8), ("permit", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("怎么开公司", (("开公司", "企业设立", "start a company"),)),
        ("開公司的收費", (("开公司", "企业设立", "start a company"), ("收费", "fee"))),
        ("coffee the fee", (("coffee",), ("fee", "收费"))),
        ("怎么 的", (("怎么",), ("的",))),
        ("", ()),
        ("' | !:* & <-> \\ ()", ()),
    ],
)
def test_a_query_is_read_as_sayings_then_words(typed, groups):
    assert understood(typed, FEW).groups == groups


def test_a_saying_ends_where_a_word_ends():
    few = vocabulary_of([["居住证", "暂住证"]], [])

    assert understood("居住证", few).groups == (("居住证", "暂住证"),)
    assert understood("居住证明", few).groups == (("居住",), ("证明",))


def test_the_vocabulary_that_is_brought_means_what_it_says():
    brought = vocabulary()

    assert "企业设立" in brought.sayings["注册公司"]
    assert understood("我要怎么办理駕照", brought).groups[0][:2] == ("驾照", "驾驶证")
    assert not set(brought.sayings) & brought.stops


@pytest.mark.parametrize("groups", [[["开公司"]], [["开公司", "開公司"]], [["a1", "b1"], ["b1", "c1"]]])
def test_a_vocabulary_that_contradicts_itself_is_refused(groups):
    with pytest.raises(ValueError, match=r"alone|two groups"):
        vocabulary_of(groups, [])


@given(st.text(max_size=400))
def test_whatever_is_typed_the_query_is_bounded_and_holds_only_words(typed):
    asked = understood(typed, vocabulary())
    text = query_of(asked)

    assert len(asked.text) <= LONGEST_QUERY
    assert len(asked.groups) <= MOST_WORDS
    assert all(1 <= len(group) <= MOST_SAYINGS for group in asked.groups)
    # quotes stand in pairs around words; nothing else but operators
    assert re.sub(r"'[^'\\:\s]+'|<\d+>|[()|& ]", "", text) == ""


@given(st.text(alphabet="营业执照登记设立公司abc 1穗", max_size=30))
def test_a_text_holds_every_word_that_it_is_asked_for_by(text):
    indexed = {word.text for word in fine(folded(text))}

    for word in coarse(folded(text)):
        assert word.text in indexed


def test_titles_are_found_by_pinyin_and_first_letters():
    assert spellings("办护照") == "banhuzhao bhz huzhao hz"
    assert beginnings("办护照", most_words=9) == ("办护照", "banhuzhao", "bhz", "护照", "huzhao", "hz")
    assert vector_of([("A", "护照"), ("B", "GB 1")]) == "'护照':1A 'gb':13B '1':16B"


TODAY = date(2026, 11, 22)


def a_hit(number: int, **given_facts) -> Hit:
    facts = {
        "kind": "news", "relevance": 0.5, "weight": 0.4, "usable": False, "titled": False, "exact": False,
        "dated": None,
    }  # fmt: skip
    return Hit(id=number, **{**facts, **given_facts})


def test_a_service_one_can_use_comes_before_news_about_it():
    news = a_hit(1, relevance=0.99, titled=True, dated=TODAY)
    service = a_hit(2, kind="service", relevance=0.2, weight=1.0, usable=True, titled=True)
    aside = a_hit(3, kind="service", relevance=0.9, weight=1.0, usable=True)
    wanted = a_hit(4, relevance=0.2, titled=True, exact=True, dated=TODAY - timedelta(days=3000))

    assert [hit.id for hit in ordered([news, aside, service, wanted], today=TODAY)] == [2, 4, 1, 3]


def test_of_equals_the_fresher_comes_first_and_ties_keep_their_order():
    old, new = a_hit(1, dated=date(2020, 1, 1)), a_hit(2, dated=date(2026, 11, 1))

    assert [hit.id for hit in ordered([old, new], today=TODAY)] == [2, 1]
    assert [hit.id for hit in ordered([a_hit(9), a_hit(8)], today=TODAY)] == [8, 9]
