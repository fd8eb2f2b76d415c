"""What is near a mistyped word, against a count of the changes between two words."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.search.rules.correcting import Known, corrections, forms_of, windows


def distance(one: str, other: str) -> int:
    """Optimal string alignment, by its definition."""
    rows = {(-1, at): at + 1 for at in range(-1, len(other))} | {
        (at, -1): at + 1 for at in range(-1, len(one))
    }
    for i, j in itertools.product(range(len(one)), range(len(other))):
        rows[i, j] = min(rows[i - 1, j] + 1, rows[i, j - 1] + 1, rows[i - 1, j - 1] + (one[i] != other[j]))
        if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
            rows[i, j] = min(rows[i, j], rows[i - 2, j - 2] + 1)
    return rows[len(one) - 1, len(other) - 1]


def meant(text: str, *words: str) -> list[str]:
    known = [Known(word=word, sound=word, forms=frozenset(forms_of(word, word))) for word in words]
    return corrections(text, windows(text, {}), known, most=9)


WORDS = st.text("abdefg", min_size=6, max_size=9)


@given(WORDS, WORDS)
def test_whatever_one_change_makes_is_found(typed, word):
    near = distance(typed, word)

    if near == 1:
        assert meant(typed, word) == [word]
    elif near == 0 or near > 2:
        assert meant(typed, word) == []


def test_a_long_query_has_few_windows():
    assert len(windows("居" * 10_000, {"居": ["ju"]})) <= 16 * 7
    assert windows("a" * 10_000, {}) == []
    assert windows("'); DROP --", {}) == []
