"""Check digits against the published examples and a naive oracle; masks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.identity.rules.identity_numbers import (
    credit_check_character,
    is_credit_code,
    is_resident_id,
    masked_phone,
    masked_resident_id,
    resident_check_digit,
)

TODAY = date(2026, 3, 2)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_the_example_of_the_standard():
    # GB 11643-1999, 附录: 11010519491231002X and 440524188001010014.
    assert is_resident_id("11010519491231002X", today=TODAY)
    assert is_resident_id("440524188001010014", today=TODAY)


@pytest.mark.parametrize(
    "number",
    [
        "110105194912310021",
        "11010519491231002x",
        "11010519491331002X",
        "1101051949123100",
        "",
        "０10105194912310021",
        "110105204912310028",
    ],
)
def test_malformed_numbers_are_refused(number):
    assert not is_resident_id(number, today=TODAY)


@given(st.text("0123456789", min_size=17, max_size=17))
def test_iso_7064_mod_11_2(body):
    # The standard's own definition: the weighted sum with the check character is 1 modulo 11.
    check = resident_check_digit(body)
    value = 10 if check == "X" else int(check)
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body)) + value
    assert total % 11 == 1


@pytest.mark.parametrize("code", ["91350100M000100Y43", "92371000MA3MXH0E3W"])
def test_credit_codes_in_use(code):
    assert is_credit_code(code)


@pytest.mark.parametrize("code", ["91350100M000100Y44", "91350100M000100Y4", "9135010OM000100Y43", ""])
def test_malformed_credit_codes_are_refused(code):
    assert not is_credit_code(code)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(body, place, sign):
    wrong = body[:place] + sign + body[place + 1 :]
    assert (credit_check_character(wrong) == credit_check_character(body)) == (wrong == body)


def test_masks():
    assert masked_resident_id("440103198001011234") == "440103********1234"
    assert masked_resident_id("") == ""
    assert masked_phone("13812345678") == "138****5678"
    assert masked_phone("020") == "*20"
