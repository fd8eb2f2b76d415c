"""What somebody typed for a dig check: read, or refused with the question that is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from yiwang.maps.analysis.rules.dig_asking import read_asked
from yiwang.maps.analysis.rules.judging import judge

SQUARE = "113.26,23.13\n113.261,23.13\n113.261,23.131\n113.26,23.131"
GOOD = {
    "shape": "area",
    "corners": SQUARE,
    "width": "",
    "depth": "2.5",
    "begins": "2026-04-01",
    "ends": "2026-05-01",
    "reason": "穗建〔2026〕12号",
}


def test_corners_and_wkt_say_the_same() -> None:
    typed, faults = read_asked(GOOD)
    wkt = "POLYGON((113.26 23.13, 113.261 23.13, 113.261 23.131, 113.26 23.131, 113.26 23.13))"
    pasted, _ = read_asked(GOOD | {"corners": wkt})
    assert faults == {}
    assert typed == pasted
    assert typed is not None
    assert (typed.ground.depth, typed.ground.width, len(typed.ground.corners)) == (Decimal("2.5"), None, 4)
    trench, _ = read_asked(GOOD | {"shape": "line", "width": "1.2", "corners": "113.26,23.13\n113.261,23.13"})
    assert trench is not None
    assert trench.ground.wkt == "LINESTRING(113.2600000 23.1300000, 113.2610000 23.1300000)"


@pytest.mark.parametrize(
    ("wrong", "question"),
    [
        ({"corners": ""}, "corners"),
        ({"corners": "113.26,23.13"}, "corners"),
        ({"corners": "113.26,23.13\n113.26,23.13\n113.26,23.13"}, "corners"),
        ({"corners": "\n".join(f"113.{n:06d},23.13" for n in range(201))}, "corners"),
        ({"corners": "113.26,23.13\n" * 1_000_000}, "corners"),
        ({"corners": "POLYGON EMPTY"}, "corners"),
        ({"corners": "LINESTRING(113 23, 114 23)"}, "corners"),
        ({"corners": "200,23\n113,23\n113,24"}, "corners"),
        ({"shape": "line", "corners": "113.26,23.13\n113.261,23.13"}, "width"),
        ({"depth": "NaN"}, "depth"),
        ({"depth": "0"}, "depth"),
        ({"depth": "1e9"}, "depth"),
        ({"begins": "soon"}, "begins"),
        ({"ends": "2026-03-01"}, "ends"),
        ({"ends": "2036-05-01"}, "ends"),
        ({"reason": "x"}, "reason"),
        ({"reason": "440100198503120017 的院子"}, "reason"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_told_at_its_question(wrong, question) -> None:
    asked, faults = read_asked(GOOD | wrong)
    assert asked is None
    assert list(faults) == [question]


@pytest.mark.parametrize(
    ("inside", "depths", "dug", "verdict"),
    [
        (3.0, [1.2, 1.4], "1.0", "hit"),
        (3.0, [1.2, 1.4], "0.6", "below"),
        (3.0, [None, 4.0], "1.0", "below"),
        (3.0, [None, None], "1.0", "unknown"),
        (0.0, [0.5, 0.5], "9.0", "near"),
    ],
)
def test_the_shallower_end_and_a_doubt_decide(inside, depths, dug, verdict) -> None:
    assert judge(inside, depths, Decimal(dug)) == verdict
