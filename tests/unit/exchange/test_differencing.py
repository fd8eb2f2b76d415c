"""D33: what neither of two releases tells, both together don't tell by subtraction either."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.exchange.rules.differencing import Told, finest, small_rests, told_in_lines
from yiwang.exchange.rules.disclosure import protect

DISTRICT, SEX, AGE = ("district", None), ("sex", None), ("age", None)
CELLS = {("d1", "F"): 2, ("d1", "M"): 40, ("d2", "F"): 30, ("d2", "M"): 35, ("d3", "F"): 9, ("d3", "M"): 8}


def told(fields, cells: dict[tuple[str, ...], int], *, least: int = 5) -> Told:
    shown = protect(cells, least=least).counts
    return Told(tuple(fields), frozenset(key for key, count in shown.items() if count is not None))


def turned(cells):
    return {(sex, district): count for (district, sex), count in cells.items()}


def test_another_order_of_the_same_fields_tells_what_was_held_back():
    one, other = told([DISTRICT, SEX], CELLS), told([SEX, DISTRICT], turned(CELLS))
    # the women of d1 are held back in both, with the men of d1 in one and the women of d3 in the other
    assert ("d1", "M") not in one.keys
    assert {("F", "d1"), ("F", "d3")}.isdisjoint(other.keys)

    assert small_rests(one, other, CELLS, least=5) > 0
    assert small_rests(one, one, CELLS, least=5) == 0


def test_a_coarser_release_beside_a_finer_one():
    fine = {("44010301",): 20, ("44010302",): 30, ("44010401",): 3, ("44010402",): 50, ("44010403",): 40}
    grains = [("division", 8)], [("division", 6)]
    one = told(grains[0], fine)
    coarse = told(grains[1], {("440103",): 50, ("440104",): 93})

    # 3 and 20 are held back for each other, until the coarse one tells the sums of two divisions apart
    assert small_rests(one, coarse, fine, least=5) == 1
    # of rows there are no sums, so nothing but 3 was held back
    rows = Told((("division", 8),), frozenset(key for key, count in fine.items() if count >= 5))
    assert small_rests(rows, coarse, fine, least=5) == 1
    safe = fine | {("44010401",): 7}
    assert small_rests(told(grains[0], safe), coarse, safe, least=5) == 0


def test_fields_that_have_nothing_in_common_tell_nothing_more():
    base = {(d, s, a): 10 for d in "12" for s in "FM" for a in "xyz"}
    one = told([DISTRICT, SEX], {(d, s): 30 for d in "12" for s in "FM"})
    other = told([AGE], {(a,): 40 for a in "xyz"})

    assert finest(one.fields, other.fields) == (DISTRICT, SEX, AGE)
    assert small_rests(one, other, base, least=5) == 0


def test_the_finer_grain_counts():
    assert finest([("division", 6), SEX], [("division", None), AGE]) == (("division", None), SEX, AGE)
    assert finest([("division", 4)], [("division", 6)]) == (("division", 6),)


_COUNTS = st.dictionaries(
    st.tuples(st.sampled_from("123"), st.sampled_from("FM")), st.integers(0, 12), min_size=1, max_size=6
)


@given(_COUNTS)
def test_every_single_group_that_a_subtraction_tells_is_found(cells):
    """The naive reader takes each told set of one from each told set of the other that holds it."""
    cells = {key: count for key, count in cells.items() if count}
    if not cells:
        return
    one, other = told([DISTRICT, SEX], cells), told([SEX, DISTRICT], turned(cells))

    def sets(release, project):
        return [frozenset(cell for cell in cells if project(cell)[: len(key)] == key) for key in release.keys]

    ones, others = sets(one, lambda c: c), sets(other, lambda c: (c[1], c[0]))
    found = any(
        small < large and 0 < sum(cells[c] for c in large - small) < 5
        for first, second in ((ones, others), (others, ones))
        for large in first
        for small in second
        # the parts of the same release would do as well: that is what its own protection sees to
        if small not in first
    )
    if found:
        assert small_rests(one, other, cells, least=5) > 0


@pytest.mark.parametrize("fields", [1, 2, 3])
def test_the_lines_of_a_file_say_which_keys_are_told(fields):
    cells = {("", "F", "x"): 7, ("", "M", ""): 6, ("d1", "", "x"): 8, ("d1", "F", ""): 2, ("d1", "F", "y"): 9}
    cut: dict[tuple[str, ...], int] = {}
    for key, count in cells.items():
        cut[key[:fields]] = cut.get(key[:fields], 0) + count
    counts = protect(cut, least=3).counts
    lines = [
        [
            *key,
            *[""] * (fields - len(key)),
            "cell" if len(key) == fields else "total",
            str(n or ""),
        ]
        for key, n in sorted(counts.items())
    ]

    found = told_in_lines(lines, fields=fields, is_table=True)
    assert found == {key for key, count in counts.items() if count is not None}
