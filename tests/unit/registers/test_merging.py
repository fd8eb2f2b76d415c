"""D8: what goes back when a merge is undone, against every case of three states."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.registers.rules.merging import way_back

VALUES = st.integers(0, 3)
FIELDS = st.dictionaries(st.sampled_from("abcde"), st.tuples(VALUES, VALUES, VALUES))


@given(FIELDS, st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["before", "present"])))
def test_d8_the_way_back_is_that_of_a_naive_three_way_comparison(states, choices):
    before, merged, present = ({name: three[place] for name, three in states.items()} for place in range(3))

    back = way_back(states, before=before, merged=merged, present=present, choices=choices)

    after = {**present, **back.restored}
    for name, (old, at_merge, now) in states.items():
        if now == at_merge:
            assert after[name] == old  # untouched since: exactly as it was
        elif choices.get(name) == "before":
            assert after[name] == old
        else:
            assert after[name] == now
        undecided = now not in (at_merge, old) and name not in choices
        assert (name in back.undecided) == undecided
    assert all(present[name] != value for name, value in back.restored.items())
