"""Each kind of question: what is kept of what people type, and what they are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.cases.forms.samples import LISTS, one, options, text

from yiwang.cases.rules.forms.parsing import Raw, WrongAnswer, as_typed, file_problem, parse
from yiwang.kernel.codes import make_credit_code, make_resident_id

RIGHT: list[tuple[str, dict[str, object], Raw, object]] = [
    ("text", {}, "  广州 某某\t公司 ", "广州 某某 公司"),
    ("text", {}, "   ", None),
    ("text", {"pattern": "广州.+公司", "pattern_hint": text("一", "a")}, "广州甲公司", "广州甲公司"),
    ("long_text", {}, "一\r\n二 ", "一\n二"),
    ("integer", {}, "１，２００", 1200),
    ("integer", {"min": -5}, "-5", -5),
    ("decimal", {}, "12.50", 12.5),
    ("decimal", {}, "12.00", 12),
    ("money", {}, "¥1,200.50 元", 1200.5),
    ("money", {}, "100000000000", 100000000000),
    ("date", {}, {"year": "2026", "month": "２", "day": "28"}, "2026-02-28"),
    ("date", {}, "2026-02-28", "2026-02-28"),
    ("date", {}, "2026年2月28日", "2026-02-28"),
    ("date", {}, {"year": "", "month": "", "day": ""}, None),
    ("date", {"max": "today"}, "2026-11-21", "2026-11-21"),
    ("yes_no", {}, "yes", True),
    ("yes_no", {}, "no", False),
    ("choice", {"options": options("a", "b")}, "b", "b"),
    ("choices", {"options": options("a", "b", "c")}, ["c", "a"], ["a", "c"]),
    ("choices", {"options": options("a", "b", "c")}, [], None),
    ("id_number", {}, " 11010519491231002ｘ", "11010519491231002X"),
    ("credit_code", {}, "91350100 m000100y43", "91350100M000100Y43"),
    ("phone", {}, "138 0013 8000", "13800138000"),
    ("phone", {}, "+86-13800138000", "13800138000"),
    ("phone", {}, "（020）83123456", "020-83123456"),
    ("phone", {}, "0757-82123456", "0757-82123456"),
    ("phone", {}, "+85221234567", "+85221234567"),
    ("email", {}, "name＠example.cn", "name@example.cn"),
    ("address", {}, {"division": "440104", "detail": " 中山五路1号 "}, "中山五路1号"),
    ("address", {}, "中山五路1号", "中山五路1号"),
    ("division", {}, "440103001", "440103001"),
    ("industry", {}, "c39", "C39"),
    ("postcode", {}, "５１００３０", "510030"),
    ("file", {}, ["12", "13", "12"], [12, 13]),
]  # fmt: skip

NO_DATE = "“Question it” must be a real date, such as 21 11 2026"
WRONG: list[tuple[str, dict[str, object], Raw, str]] = [
    ("text", {"max_length": 2}, "三个字", "“Question it” must be 2 characters or fewer"),
    ("text", {}, "a\x00b", "“Question it” contains characters that cannot be stored; type it again"),
    ("text", {"pattern": "a+", "pattern_hint": text("只写a", "only a")}, "b",
     "“Question it” is not in the right form: only a"),
    ("integer", {}, "12.5", "“Question it” must be a whole number, such as 12"),
    ("integer", {}, "1" * 30, "“Question it” must be a whole number, such as 12"),
    ("integer", {"min": 1}, "0", "“Question it” must be 1 or more"),
    ("decimal", {"max": 5000.5}, "5000.6", "“Question it” must be 5,000.5 or less"),
    ("decimal", {}, "1e5", "“Question it” must be a number, such as 12.5"),
    ("decimal", {}, "NaN", "“Question it” must be a number, such as 12.5"),
    ("money", {}, "1.005", "“Question it” must be an amount of money, such as 1200.50"),
    ("date", {}, {"year": "2026", "month": "2", "day": "30"}, NO_DATE),
    ("date", {}, {"year": "26", "month": "2", "day": "3"}, NO_DATE),
    ("date", {}, "soon", NO_DATE),
    ("date", {"max": "today"}, "2026-11-22", "“Question it” must be 21 November 2026 or earlier"),
    ("date", {"min": "2003-07-01"}, "2003-06-30", "“Question it” must be 1 July 2003 or later"),
    ("yes_no", {}, "maybe", "Choose one of the listed answers to “Question it”"),
    ("choice", {"options": options("a")}, "z", "Choose one of the listed answers to “Question it”"),
    ("choices", {"options": options("a")}, ["a", "z"], "Choose one of the listed answers to “Question it”"),
    ("id_number", {}, "110105194912310021",
     "“Question it”: The check character does not fit; compare each character"),
    ("credit_code", {}, "123", "“Question it”: It must have 18 characters; check it again"),
    ("phone", {}, "12345", "“Question it” must be a mobile number, or a landline with its area code,"
     " such as 020-83123456"),
    ("email", {}, "name@", "“Question it” must be an email address, such as name@example.cn"),
    ("division", {}, "440199", "Choose “Question it” from the list"),
    ("industry", {}, "Z99", "“Question it” must be an industry code (GB/T 4754), such as C39"),
    ("postcode", {}, "5100", "“Question it” must be a postcode of 6 digits"),
    ("file", {}, ["../etc"], "Upload “Question it”"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "more", "raw", "kept"), RIGHT)
def test_right_answers(kind: str, more: dict[str, object], raw: Raw, kept: object) -> None:
    asked = one(kind, **more)
    value = parse(asked, raw, LISTS)

    assert value == kept
    assert type(value) is type(kept)
    assert (
        parse(asked, as_typed(asked, value), LISTS) == kept
    )  # shown again and sent again, it stays the same


@pytest.mark.parametrize(("kind", "more", "raw", "told"), WRONG)
def test_wrong_answers(kind: str, more: dict[str, object], raw: Raw, told: str) -> None:
    with pytest.raises(WrongAnswer) as caught:
        parse(one(kind, **more), raw, LISTS)

    assert caught.value.text.en == told
    assert "问题it" in caught.value.text.zh
    assert "{" not in caught.value.text.zh


@given(
    st.sampled_from([kind for kind, *_ in RIGHT]),
    st.text(max_size=40) | st.lists(st.text(max_size=8), max_size=3),
)
def test_any_text_is_kept_or_refused(kind: str, raw: str | list[str]) -> None:
    more = {"options": options("a", "b")} if kind in ("choice", "choices") else {}
    asked = one(kind, **more)
    try:
        value = parse(asked, raw, LISTS)
    except WrongAnswer as wrong:
        told = wrong.text
    else:
        told = None
        assert parse(asked, as_typed(asked, value), LISTS) == value
    assert told is None or (told.zh != "" and told.en != "")


@given(st.dates(min_value=LISTS.today.replace(year=1900), max_value=LISTS.today), st.integers(1, 999))
def test_made_numbers_are_accepted(birth, sequence: int) -> None:
    number = make_resident_id("440103", birth, sequence)
    code = make_credit_code("440103", sequence)

    assert parse(one("id_number"), number.lower(), LISTS) == number
    assert parse(one("credit_code"), code.lower(), LISTS) == code


def test_files_are_judged_by_name_and_size_first() -> None:
    asked = one("file", accept=["pdf", "jpg"], max_megabytes=1)

    assert file_problem(asked, "plan.PDF", 1_000_000) is None
    assert file_problem(asked, "plan.jpeg", 10) is None
    wrong_kind = file_problem(asked, "plan.exe", 10)
    too_large = file_problem(asked, "plan.pdf", 1_000_001)
    assert wrong_kind is not None
    assert wrong_kind.en == "“Question it” must be a file of one of these types: PDF, JPG"
    assert too_large is not None
    assert too_large.zh == "“问题it”的文件不能超过1兆字节"
