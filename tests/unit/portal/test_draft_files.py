"""Several files of one material in a flat mapping."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.portal.rules.draft_files import files_of, with_files

KEYS = st.sampled_from(["plan", "plan_b", "lease"])


@given(st.dictionaries(KEYS, st.lists(st.integers(1, 99), max_size=12), max_size=3), KEYS)
def test_what_was_put_in_comes_out_in_order(given_files, key):
    files: dict[str, int] = {}
    for name, ids in given_files.items():
        files = with_files(files, name, ids)

    assert {name: files_of(files, name) for name in given_files} == {
        name: tuple(ids) for name, ids in given_files.items()
    }
    assert files_of(with_files(files, key, []), key) == ()


def test_ten_files_stay_in_order():
    files = with_files({}, "plan", range(100, 112))

    assert files_of(files, "plan") == tuple(range(100, 112))
