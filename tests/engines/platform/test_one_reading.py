"""Within one reading a question is asked once, and faults are asked again."""

from __future__ import annotations

import pytest

from yiwang.platform.one_reading import one_reading, read_once, tell

pytestmark = pytest.mark.django_db
ASKED: list[str] = []


@read_once
def capital(country: str, *, among: frozenset[str] = frozenset()) -> str:
    ASKED.append(country)
    if not country:
        raise LookupError
    return f"capital of {country}"


def test_a_question_is_answered_once_within_a_reading_and_anew_outside() -> None:
    ASKED.clear()
    with one_reading():
        assert [capital("a"), capital("a"), capital("a", among=frozenset("x"))] == ["capital of a"] * 3
        tell(capital, "known", "b")
        assert capital("b") == "known"
        for _ in range(2):
            with pytest.raises(LookupError):
                capital("")
        assert ASKED == ["a", "a", "", ""]
    assert capital("b") == "capital of b"
    with one_reading():
        assert capital("b") == "capital of b"
    assert ASKED == ["a", "a", "", "", "b", "b"]
