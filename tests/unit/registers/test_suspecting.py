"""Whether coordinates are those of a web map, told by places that are known."""

from __future__ import annotations

import pytest

from yiwang.registers.rules.shifted import to_bd09, to_gcj02
from yiwang.registers.rules.suspecting import Suspicion, suspicion

KNOWN = [(113.2 + step / 200, 23.0 + step / 300) for step in range(40)]


@pytest.mark.parametrize(("system", "there"), [("gcj02", to_gcj02), ("bd09", to_bd09)])
def test_d48_each_displacement_is_told_from_the_other(system, there):
    found = suspicion([(there(*place), place) for place in KNOWN])

    assert found is not None
    assert (found.system, found.rows, found.after) == (system, 40, 0)
    assert found.before > 500


def test_d48_a_few_wrong_addresses_do_not_hide_it():
    places = [(to_gcj02(*place), place) for place in KNOWN]
    places[::5] = [(given, (114.0, 22.5)) for given, _ in places[::5]]

    assert suspicion(places) == Suspicion("gcj02", 40, suspicion(places).before, 0)


@pytest.mark.parametrize(
    "places",
    [
        [(place, place) for place in KNOWN],
        [((x + 0.01, y), (x, y)) for x, y in KNOWN],
        [(to_gcj02(*place), place) for place in KNOWN[:9]],
        [],
    ],
    ids=["right", "off by something else", "too few", "none"],
)
def test_d48_nothing_is_said_where_nobody_can_tell(places):
    assert suspicion(places) is None
