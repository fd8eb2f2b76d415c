"""Finding services by words."""

from __future__ import annotations

from yiwang.portal.rules.search import Weighted, ranked, terms

ITEMS = [
    ("food", [Weighted("食品经营许可 Food business licence", 10), Weighted("营业执照 Business licence", 1)]),
    ("passport", [Weighted("普通护照签发 Ordinary passport", 10), Weighted("出国出境 Going abroad", 3)]),
    ("shop", [Weighted("个体工商户设立登记 Registration", 10), Weighted("营业执照 Business licence", 4)]),
]


def test_a_query_becomes_words_and_character_pairs():
    assert terms("办护照 Passport passport") == ("办护", "护照", "passport")


def test_a_title_comes_before_a_paper():
    assert ranked("营业执照", ITEMS) == ["shop", "food"]
    assert ranked("business licence", ITEMS)[0] == "food"


def test_english_and_chinese_find_the_same_item():
    assert ranked("护照", ITEMS) == ranked("Passport", ITEMS) == ["passport"]


def test_one_common_pair_is_not_enough():
    assert ranked("食堂卫生许可证", ITEMS) == []


def test_nothing_asked_finds_nothing():
    assert ranked("  ", ITEMS) == []
