"""D52: made-up addresses are the same for a seed, stand once, and read as they are printed."""

from __future__ import annotations

from yiwang.maps.addresses.rules.gazetteer import make_gazetteer
from yiwang.maps.addresses.rules.printing import printed
from yiwang.maps.addresses.rules.reading import read
from yiwang.maps.addresses.synthesis.dirty import Dirt, dirty_truth
from yiwang.maps.addresses.synthesis.roads import made_up

from .conftest import COMMUNITIES, DIVISIONS


def test_d52_made_up_addresses_are_the_same_for_a_seed_and_read_as_they_are_printed():
    names, rows = made_up(COMMUNITIES, count=2_000, seed=9)
    made = list(rows)
    again_names, again = made_up(COMMUNITIES, count=2_000, seed=9)
    gazetteer = make_gazetteer(DIVISIONS)

    assert (names, made) == (again_names, list(again))
    assert [len({row.code for row in made}), len({row.full for row in made})] == [2_000, 2_000]
    assert {row.origin for row in made} == {"synthetic"}
    assert [row.full for row in made if printed(read(row.full, gazetteer).address) != row.full] == []


def test_d52_dirty_texts_are_the_same_for_a_seed():
    names, rows = made_up(COMMUNITIES, count=200, seed=9)
    made, above = list(rows), {each.code: each.names for each in COMMUNITIES}
    drawn = [
        list(dirty_truth(made, above.__getitem__, Dirt(4, ["荔湾区", "天河区"], names), count=50, seed=4))
        for _ in range(2)
    ]

    assert drawn[0] == drawn[1]
    assert {each.code for each in drawn[0]} <= {row.code for row in made}
