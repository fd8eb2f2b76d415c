"""D34: small groups are held back, and no subtraction brings them back."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yiwang.exchange.rules.disclosure import anonymous_rows, protect

SMALL_TABLES = st.dictionaries(
    st.tuples(st.sampled_from("AB"), st.sampled_from("xyz")), st.integers(0, 7), min_size=1, max_size=6
)


def solutions(cells, shown):
    """Every table that a reader may believe in: held-back cells are 1 to 15 and the published sums hold."""
    unknown = [key for key in cells if shown.counts[key] is None]
    sums = [(key, count) for key, count in shown.counts.items() if count is not None]
    for guess in product(range(1, 16), repeat=len(unknown)):
        believed = {**cells, **dict(zip(unknown, guess, strict=True))}
        if all(sum(v for k, v in believed.items() if k[: len(key)] == key) == count for key, count in sums):
            yield believed


@settings(max_examples=60)
@given(SMALL_TABLES.filter(lambda cells: sum(count > 0 for count in cells.values()) <= 4), st.integers(3, 4))
def test_d34_no_reader_can_tell_that_a_group_is_small(cells, least):
    shown = protect(cells, least=least)

    small = {key: count for key, count in shown.counts.items() if count is not None and 0 < count < least}
    assert small == {}
    if shown.counts[()] is None:
        # nothing is published but zeros, which tell nothing of a person
        assert all(not count for count in shown.counts.values())
        return
    believed = list(solutions(cells, shown))
    assert cells in believed
    for key in shown.counts:
        if shown.counts[key] is None:
            possible = {sum(v for k, v in table.items() if k[: len(key)] == key) for table in believed}
            assert len(possible) > 1
            assert max(possible) >= least


@given(SMALL_TABLES, st.integers(3, 6))
def test_d34_what_is_published_is_true_and_nothing_is_held_back_without_need(cells, least):
    shown = protect(cells, least=least)

    for key, count in shown.counts.items():
        if count is not None:
            assert count == sum(v for k, v in cells.items() if k[: len(key)] == key)
    if all(count == 0 or count >= least for count in cells.values()):
        assert None not in shown.counts.values()
        assert (shown.small, shown.protecting) == (0, 0)


def test_d34_one_small_cell_takes_the_smallest_of_its_neighbours_with_it():
    cells = {
        ("越秀", "男"): 2,
        ("越秀", "女"): 9,
        ("越秀", "未说明"): 5,
        ("海珠", "男"): 20,
        ("海珠", "女"): 30,
    }

    shown = protect(cells, least=3)

    assert shown.counts == {
        (): 66,
        ("海珠",): 50,
        ("海珠", "女"): 30,
        ("海珠", "男"): 20,
        ("越秀",): 16,
        ("越秀", "女"): 9,
        ("越秀", "未说明"): None,
        ("越秀", "男"): None,
    }
    assert (shown.small, shown.protecting) == (1, 1)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xy")), max_size=30), st.integers(3, 5))
def test_d34_each_released_row_has_enough_like_it(rows, least):
    kept, left_out = anonymous_rows(list(Counter(rows).items()), least=least)

    assert sorted(kept) == sorted(row for row in rows if rows.count(row) >= least)
    assert left_out == len(rows) - len(kept)


def test_d34_two_are_too_few():
    with pytest.raises(ValueError, match="at least 3"):
        protect({("a",): 5}, least=2)
    with pytest.raises(ValueError, match="at least 3"):
        anonymous_rows([], least=1)
