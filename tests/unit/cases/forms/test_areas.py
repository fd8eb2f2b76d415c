"""The ground that a question asks for: what is taken, and what is refused with where it is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from yiwang.cases.definitions.form import Question, QuestionKind
from yiwang.cases.rules.forms.areas import WrongArea, corners_of, read_area, square_metres
from yiwang.cases.rules.forms.parsing import Lists, WrongAnswer, as_typed, parse
from yiwang.cases.rules.forms.summary import shown_answer
from yiwang.kernel.text import Text

KEPT = "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.1301, 113.26 23.1301, 113.26 23.13))"
LINES = "113.26,23.13\n113.261,23.13\n113.261,23.1301\n113.26,23.1301"
QUESTION = Question(key="ground", kind=QuestionKind.AREA, label=Text("范围", "Ground"))
LISTS = Lists(today=date(2026, 11, 20))


@pytest.mark.parametrize(
    "typed",
    [
        LINES,
        LINES + "\n113.26,23.13",
        "  113.26 23.13\r\n\r\n113.261，23.13\n113.261,23.13\n113.261, 23.1301\n113.26,23.1301\n",
        "１１３.２６,23.13\n113.261,23.13\n113.261,23.1301\n113.26,23.1301",
        KEPT,
        KEPT.replace("POLYGON((", "polygon ( (").replace("))", ") )"),
        '{"type": "Polygon", "coordinates": [[[113.26, 23.13], [113.261, 23.13, 5], [113.261, 23.1301], '
        '[113.26, 23.1301], [113.26, 23.13]]]}',
        '{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": '
        "[[[113.26, 23.13], [113.261, 23.13], [113.261, 23.1301], [113.26, 23.1301], [113.26, 23.13]]]}}",
    ],
)  # fmt: skip
def test_a01_corners_wkt_and_geojson_are_kept_alike(typed):
    assert parse(QUESTION, typed, LISTS) == KEPT


def test_a02_what_is_kept_is_shown_again_as_corners_and_in_words():
    assert as_typed(QUESTION, KEPT) == LINES
    assert parse(QUESTION, as_typed(QUESTION, KEPT), LISTS) == KEPT
    assert round(square_metres(corners_of(KEPT))) == 1140
    words = shown_answer(QUESTION, KEPT, LISTS)
    assert words.zh.startswith("4个角点，约1,139.6平方米：113.26,23.13; 113.261,23.13")
    assert words.en.startswith("4 corners, about 1,139.6 m²: 113.26,23.13; 113.261,23.13")
    assert as_typed(QUESTION, "POLYGON((1,,2))") == "POLYGON((1,,2))"
    assert shown_answer(QUESTION, "POLYGON((1,,2))", LISTS).en == "POLYGON((1,,2))"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("POLYGON((1,,2))", "corner 1, “1”, is not longitude and latitude"),
        ("POLYGON(())", "corner 1, “”, is not longitude and latitude"),
        (LINES.replace("113.261,23.1301", "高塘路"), "corner 3, “高塘路”, is not longitude"),
        (LINES.replace("113.261,23.1301", "513.261,23.1"), "corner 3, “513.261,23.1”, is not"),
        (LINES.replace("23.13\n", "NaN\n", 1), "corner 1, “113.26,NaN”, is not longitude"),
        ("113.26,23.13\n113.261,23.13", "give at least three different corners"),
        ("113.26,23.13\n" * 4, "give at least three different corners"),
        ("113.26,23.13\n113.261,23.13\n113.262,23.13", "its border crosses itself: sides 1 and 3 meet at"),
        ("113.26,23.13\n113.2600001,23.13\n113.26,23.1300001", "it has no area"),
        (
            KEPT.replace(", 113.26 23.13))", "))"),
            "it is not closed: it begins at 113.26,23.13 and ends at 113.26,23.1301",
        ),
        (
            "113.26,23.13\n113.261,23.131\n113.261,23.13\n113.26,23.131",
            "its border crosses itself: sides 1 and 3 meet at 113.2605,23.1305",
        ),
        (
            "113.26,23.13\n113.262,23.13\n113.262,23.131\n113.261,23.13\n113.26,23.131",
            "its border crosses itself: sides 1 and 3 meet at 113.261,23.13",
        ),
        (
            "113.26,23.13\n113.262,23.13\n113.261,23.13\n113.261,23.131",
            "its border crosses itself: sides 1 and 2 meet at",
        ),
        ("\n".join(f"113.{at},23.13" for at in range(100, 301)), "it has too many corners: at most 200"),
        ("113.26,23.13\n" * 3000, "it has too many corners: at most 200"),
        ("MULTIPOLYGON(((1 1, 2 1, 2 2, 1 1)))", "give one area without holes"),
        ("POLYGON((0 0, 9 0, 9 9, 0 0), (5 2, 6 2, 6 3, 5 2))", "give one area without holes"),
        ("LINESTRING(1 1, 2 2, 3 1)", "give one area without holes"),
        ("{", "give one area without holes"),
        ("{" * 40_000, "give one area without holes"),
        ('{"type": "Polygon", "coordinates": []}', "give one area without holes"),
        ('{"type": "Polygon", "coordinates": [[]]}', "give one area without holes"),
        ('{"type": "Polygon", "coordinates": [[["a", 1]]]}', "give one area without holes"),
        ('{"type": "Polygon", "coordinates": [[[1e400, 1], [1, 1]]]}', "corner 1, “inf,1.0”, is not"),
    ],
)  # fmt: skip
def test_a03_what_is_no_area_is_refused_with_the_place(typed, said):
    with pytest.raises(WrongAnswer) as refused:
        parse(QUESTION, typed, LISTS)

    assert refused.value.text.en.startswith(f"“Ground”: {said}")
    assert refused.value.text.zh.startswith("“范围”：")


def test_a04_ground_elsewhere_is_refused_and_the_corner_named():
    lists = Lists(today=date(2026, 11, 20), outside_city=lambda corners: 2)
    with pytest.raises(WrongAnswer) as refused:
        parse(QUESTION, LINES, lists)

    assert refused.value.text.en == ("“Ground”: corner 3, 113.261,23.1301, lies outside the city’s districts")
    assert parse(QUESTION, LINES, Lists(today=date(2026, 11, 20), outside_city=lambda corners: None)) == KEPT


def test_a06_ground_of_another_size_than_the_form_allows_is_refused():
    for limits, said in (({"max": 1000}, "must be 1,000 m² or less"), ({"min": 1200}, "must be 1,200 m² or")):
        with pytest.raises(WrongAnswer) as refused:
            parse(QUESTION.model_copy(update=limits), LINES, LISTS)
        assert refused.value.text.en.startswith("“Ground”: it is about 1,140 m² and " + said)
    assert parse(QUESTION.model_copy(update={"min": 1100, "max": 1200}), LINES, LISTS) == KEPT


def test_a05_a_wrong_area_says_so_itself():
    with pytest.raises(WrongArea, match="at least three"):
        read_area("")
