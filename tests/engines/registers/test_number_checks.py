"""Checks of numbers in SQL give the same answer as the kernel's, for any text."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from yiwang.kernel.codes import (
    check_credit_code,
    check_resident_id,
    credit_check,
    make_credit_code,
    make_resident_id,
    resident_check,
)

#: The database has no clock in a check, so anybody born in this century may be entered.
END_OF_CENTURY = date(2099, 12, 31)
many = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

resident_bodies = st.from_regex(r"[1-9][0-9]{5}(18|19|20)[0-9]{2}[01][0-9][0-3][0-9]{4}", fullmatch=True)
credit_bodies = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17) | st.from_regex(
    r"[1-9ANY][0-9A-H][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True
)


def ask(function: str, value: str | None) -> bool | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reg.{function}(%s)", [value])
        return cursor.fetchone()[0]


@many
@given(resident_bodies.map(lambda body: body + resident_check(body)))
@example("11010519491231002X")
@example("110105190002290021")
@example("440103184912310018")
def test_d7_numbers_with_the_right_check_character_agree(db, number):
    assert ask("is_resident_id", number) is (check_resident_id(number, on=END_OF_CENTURY) is None)


@many
@given(resident_bodies, st.sampled_from("0123456789Xx "))
def test_numbers_with_any_check_character_agree(db, body, check):
    number = body + check
    assert ask("is_resident_id", number) is (check_resident_id(number, on=END_OF_CENTURY) is None)


@many
@given(credit_bodies.map(lambda body: body + credit_check(body)))
def test_d7_credit_codes_with_the_right_check_character_agree(db, code):
    assert ask("is_credit_code", code) is (check_credit_code(code) is None)


@many
@given(credit_bodies, st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZa"))
def test_credit_codes_with_any_check_character_agree(db, body, check):
    assert ask("is_credit_code", body + check) is (check_credit_code(body + check) is None)


@many
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))
def test_any_other_text_is_refused_by_both(db, text):
    assert ask("is_resident_id", text) is (check_resident_id(text, on=END_OF_CENTURY) is None)
    assert ask("is_credit_code", text) is (check_credit_code(text) is None)


def test_d7_made_numbers_are_taken_and_a_changed_digit_is_not(db):
    number = make_resident_id("440103", date(2000, 2, 29), 1)
    code = make_credit_code("440101", 7)

    assert (ask("is_resident_id", number), ask("is_credit_code", code)) == (True, True)
    for place in range(17):
        other = str((int(number[place]) + 1) % 10)
        assert ask("is_resident_id", number[:place] + other + number[place + 1 :]) is False


@pytest.mark.parametrize(
    ("function", "good", "bad"),
    [
        ("is_date", ["2024-02-29", "1900-12-31"], ["2023-02-29", "2026-13-01", "2026-1-1", "2026/01/01", ""]),
        ("is_moment", ["2026-03-02T10:00", "2026-03-02 10:00:59Z", "2026-03-02T10:00+08:00"],
         ["2026-03-02", "2026-02-30T10:00", "2026-03-02T24:00", "2026-03-02T10:00+25:00"]),
        ("is_division", ["440103", "440103001", "440103001101"], ["44010", "4401030011", "040103"]),
        ("is_industry", ["I", "I65", "C2665"], ["I6", "U65", "65", "C26655"]),
        ("is_sex", ["0", "1", "2", "9"], ["3", "男", ""]),
        ("is_ethnic_group", ["01", "56", "97", "98"], ["00", "57", "1", "99"]),
        ("is_phone", ["13800138000", "+8613800138000", "020-83125678", "83125678", "12345", "400-830-1234"],
         ["12800138000", "1380013800", "020-1", "电话"]),
        ("is_integer", ["0", "-12", "123456789012345678"], ["1.0", "1e3", "--1", "1234567890123456789"]),
        ("is_money", ["0", "-1.5", "1000000.00"], ["1.005", "1,000", "¥1"]),
        ("is_yes_no", ["true", "false", "是", "否", "1", "0"], ["yes", "TRUE", "有"]),
        ("is_line", ["广州", "a b"], ["a\nb", "a\tb", "\u202eb", "\u2028"]),
        ("is_prose", ["a\nb", "a\tb"], ["\x07", "\u202eb"]),
        ("is_formula", ["=1", "@a", "+cmd", "-cmd"], ["1", "-12", "+8613800138000", "-.5", "a=b"]),
        ("is_point", ["113.2644 23.1291", "-180 -90", "0 0"], ["181 0", "0 91", "113.2644,23.1291", "113"]),
        ("is_json", ["{}", "[1]", "null"], ["{", "", "{'a':1}"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_d7_each_kind_takes_its_own_and_refuses_the_rest(db, function, good, bad):
    assert [ask(function, value) for value in good] == [True] * len(good)
    assert [ask(function, value) for value in bad] == [False] * len(bad)
    assert ask(function, None) is None


def test_a_moment_without_offset_is_in_beijing_time(db):
    assert ask("moment", "2026-03-02T10:00").isoformat() == "2026-03-02T02:00:00+00:00"
    assert ask("moment", "2026-03-02T10:00Z").isoformat() == "2026-03-02T10:00:00+00:00"
