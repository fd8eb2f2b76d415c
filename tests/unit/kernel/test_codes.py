"""GB 11643 and GB 32100 against published examples and a naive reading of the standards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.kernel import codes

ON = date(2026, 11, 21)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])  # GB 11643-1999, annex
def test_published_identity_numbers(number: str) -> None:
    assert codes.check_resident_id(number, on=ON) is None


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B"]
)
def test_published_credit_codes(code: str) -> None:
    assert codes.check_credit_code(code) is None
    assert codes.organisation_check(code[8:16]) == code[16]


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("1101051949123100", "18 characters"),
        ("11010519491231002A", "must be digits"),
        ("1101051949123100２X", "must be digits"),
        ("99010519491231002X", "of a province"),
        ("11010519490231002X", "date of birth"),
        ("11010520991231002X", "date of birth"),
        ("110105194912310021", "check character"),
    ],
)
def test_refused_identity_numbers(number: str, part: str) -> None:
    problem = codes.check_resident_id(number, on=ON)

    assert problem is not None
    assert part in problem.en


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("91350100M000100Y4", "18 characters"),
        ("91350100M000100I43", "without I, O"),
        ("B1350100M000100Y43", "registering department"),
        ("9135010AM000100Y43", "division code"),
        ("91350100M000100Y44", "check character"),
    ],
)
def test_refused_credit_codes(code: str, part: str) -> None:
    problem = codes.check_credit_code(code)

    assert problem is not None
    assert part in problem.en


def test_typed_forms_are_understood() -> None:
    assert codes.normalise(" １１０１０５ 19491231 002ｘ ") == "11010519491231002X"
    assert codes.normalise("91350100-m000100y43") == "91350100M000100Y43"


def naive_resident(number: str) -> bool:
    """GB 11643, formula: the sum of a(i) * 2^(i-1) over all 18 places from the right is 1 modulo 11."""
    values = [10 if sign == "X" else int(sign) for sign in reversed(number)]
    return sum(value * 2**place for place, value in enumerate(values)) % 11 == 1


def naive_credit(code: str) -> bool:
    """GB 32100, formula: the check makes the weighted sum a multiple of 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
    total = sum(signs.index(sign) * weight for sign, weight in zip(code, weights, strict=False))
    return (total + signs.index(code[17])) % 31 == 0


@given(st.integers(0, 60_000), st.integers(1, 999), st.integers(0, 16), st.sampled_from("0123456789"))
def test_identity_numbers_against_the_formula(day: int, sequence: int, place: int, sign: str) -> None:
    number = codes.make_resident_id("440103", date(1850, 1, 1) + timedelta(days=day), sequence)
    changed = number[:place] + sign + number[place + 1 :]

    assert codes.check_resident_id(number, on=ON) is None
    assert naive_resident(number)
    assert codes.birth_of(number) == date(1850, 1, 1) + timedelta(days=day)
    assert (codes.resident_check(changed[:17]) == changed[17]) is naive_resident(changed)
    assert naive_resident(changed) is (changed == number)  # every single slip is found


@given(st.integers(0, 9_999_999), st.integers(8, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_credit_codes_against_the_formula(sequence: int, place: int, sign: str) -> None:
    code = codes.make_credit_code("440103", sequence)
    changed = code[:place] + sign + code[place + 1 :]

    assert codes.check_credit_code(code) is None
    assert naive_credit(code)
    assert (codes.check_credit_code(changed) is None) is naive_credit(changed) is (changed == code)


@pytest.mark.parametrize(("region", "sequence"), [("44", 1), ("440103", 0), ("440103", 1000), ("44010３", 1)])
def test_impossible_numbers_are_not_made(region: str, sequence: int) -> None:
    with pytest.raises(ValueError, match="region"):
        codes.make_resident_id(region, ON, sequence)
