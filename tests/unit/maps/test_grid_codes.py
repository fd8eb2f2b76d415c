"""Codes of cells and components (CJ/T 213, CJ/T 214): parts, parents, and numbers without holes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.maps.grid.rules.codes import is_formed, missing_numbers, parent_of

CELL = (6, 3, 3, 3)


@pytest.mark.parametrize(
    ("code", "formed"),
    [
        ("440103001101001", True),
        ("440103001101000", False),
        ("44010300110101", False),
        ("44010300110100a", False),
        ("４40103001101001", False),
        ("", False),
    ],
)
def test_a11_a_code_has_the_digits_that_its_parts_want(code: str, formed: bool) -> None:
    assert is_formed(code, CELL) is formed
    assert parent_of("440103001101001", CELL) == "440103001101"


@given(st.sets(st.tuples(st.sampled_from("ABC"), st.integers(1, 30))))
def test_a11_missing_numbers_are_the_holes_below_the_highest(cells: set[tuple[str, int]]) -> None:
    codes = [f"{parent}{number:02d}" for parent, number in cells]
    expected = {
        f"{parent}{number:02d}"
        for parent in "ABC"
        for number in range(1, max((n for p, n in cells if p == parent), default=0))
    } - set(codes)
    assert set(missing_numbers(codes, (1, 2))) == expected
