"""Who is one: best pairs first, one row a list, and what people decided wins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.registers.matching.rules.clusters import Pair, join

A, B, C = 1, 2, 4


def partition(joined):
    groups = {}
    for group, root in joined.root.items():
        groups.setdefault(root, set()).add(group)
    return sorted(map(sorted, groups.values()))


def joined(pairs, lists, **decided):
    return join([Pair(*pair) for pair in pairs], lists=lists, accept=0.9, review=0.5, **decided)


def test_the_likeliest_pair_wins_where_two_want_the_same_row():
    found = joined([(1, 3, 0.95), (2, 3, 0.97)], {1: A, 2: A, 3: B})

    assert partition(found) == [[1], [2, 3]]
    assert [pair[:2] for pair in found.doubtful] == [(1, 3)]


def test_groups_that_hold_the_same_list_never_become_one_by_themselves():
    found = joined([(1, 2, 0.99), (2, 3, 0.98)], {1: A, 2: B, 3: A})

    assert partition(found) == [[1, 2], [3]]


def test_less_likely_pairs_are_asked_and_unlikely_ones_forgotten():
    found = joined([(1, 2, 0.6), (1, 3, 0.4)], {1: A, 2: B, 3: C})

    assert partition(found) == [[1], [2], [3]]
    assert [pair[:2] for pair in found.doubtful] == [(1, 2)]


def test_what_people_decided_wins_and_is_not_asked_again():
    pairs, lists = [(1, 2, 0.99), (1, 3, 0.7)], {1: A, 2: B, 3: C}

    found = joined(pairs, lists, apart=[(1, 2)], same=[(1, 3)])

    assert partition(found) == [[1, 3], [2]]
    assert found.doubtful == []
    # also by way of a third: 3 is 1, so 3 and 2 are apart too
    assert partition(joined([*pairs, (3, 2, 0.98)], lists, apart=[(1, 2)], same=[(1, 3)])) == [[1, 3], [2]]


def naive(pairs, lists):
    """Sets instead of a forest; tries every pair against the whole partition."""
    groups = [{group} for group in lists]
    for pair in sorted(pairs, key=lambda pair: (-pair.probability, pair.left, pair.right)):
        one = next(group for group in groups if pair.left in group)
        other = next(group for group in groups if pair.right in group)
        held = [lists[row] for row in one] + [lists[row] for row in other]
        if one is not other and pair.probability >= 0.9 and len(set(held)) == len(held):
            groups.remove(other)
            one |= other
    return sorted(map(sorted, groups))


_GROUPS = st.dictionaries(st.integers(0, 9), st.sampled_from([A, B, C]), min_size=2)


@given(st.data(), _GROUPS)
def test_joining_agrees_with_a_naive_partition_and_keeps_one_row_a_list(data, lists):
    member = st.sampled_from(sorted(lists))
    likely = st.sampled_from([0.3, 0.6, 0.9, 0.95, 0.99])
    pairs = [Pair(*p) for p in data.draw(st.lists(st.tuples(member, member, likely))) if p[0] != p[1]]

    found = join(pairs, lists=lists, accept=0.9, review=0.5)

    assert partition(found) == naive(pairs, lists)
    for group in partition(found):
        assert len({lists[row] for row in group}) == len(group)
