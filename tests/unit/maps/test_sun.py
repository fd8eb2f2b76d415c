"""The sun against published values, shadows against points followed towards it, sight against walls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from yiwang.maps.solids.contracts import Building, Outline
from yiwang.maps.solids.rules.shadows import convergence, shadow_of, shadows_of, thrown
from yiwang.maps.solids.rules.sight import hidden_by
from yiwang.maps.solids.rules.sun import Sun, daylight, orbit_at, sun_at

CITY = (113.2644, 23.1291)
CHINA = timezone(timedelta(hours=8))
SQUARE = ((0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000))
COURT = ((3_000, 3_000), (3_000, 7_000), (7_000, 7_000), (7_000, 3_000))


def _building(entry: int, height: int, *outlines: Outline) -> Building:
    return Building(entry=entry, outlines=outlines, height=height, values={}, places={})


def test_the_example_of_nrel_spa() -> None:
    # Reda and Andreas, NREL/TP-560-34302, table A5.1: zenith 50.11162, azimuth 194.34024
    sun = sun_at((-105.1786, 39.742476), datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC))
    assert sun.altitude == pytest.approx(90 - 50.11162, abs=0.02)
    assert sun.azimuth == pytest.approx(194.34024, abs=0.02)


def test_the_examples_of_meeus() -> None:
    # examples 25.a and 28.b: 1992 October 13, 0 h; declination -7.78507, equation of time 13 min 42.6 s
    orbit = orbit_at(datetime(1992, 10, 13, tzinfo=UTC))
    assert orbit.declination == pytest.approx(-7.78507, abs=0.001)
    assert orbit.ahead == pytest.approx(13.7094, abs=0.02)


def test_at_noon_of_midsummer_the_sun_is_overhead_at_the_tropic() -> None:
    rise, down = daylight(CITY, datetime(2026, 6, 21, 12, tzinfo=CHINA)) or (None, None)
    assert rise is not None
    assert down is not None
    noon = rise + (down - rise) / 2
    assert sun_at(CITY, noon).altitude == pytest.approx(90 - (23.436 - 23.1291), abs=0.02)
    # at Guangzhou the almanac says 5:42 and 19:15
    assert abs(rise - datetime(2026, 6, 21, 5, 42, tzinfo=CHINA)) < timedelta(minutes=2)
    assert abs(down - datetime(2026, 6, 21, 19, 15, tzinfo=CHINA)) < timedelta(minutes=2)


def test_near_the_pole_the_sun_stays_up_or_down() -> None:
    assert daylight((20, 78), datetime(2026, 6, 21, 11, tzinfo=UTC)) is None
    assert daylight((20, 78), datetime(2026, 12, 21, 11, tzinfo=UTC)) is None


def test_a_shadow_is_as_long_as_the_height_at_45_degrees_and_away_from_the_sun() -> None:
    assert thrown(30_000, Sun(45, 180), 0) == (0, 30_000)
    assert thrown(30_000, Sun(45, 90), 0) == (-30_000, 0)
    assert thrown(30_000, Sun(1.9, 90), 0) is None
    # where the zone's north lies west of true north, the shadow turns eastwards on the map
    turned = convergence(CITY, 114)
    assert turned == pytest.approx(-0.289, abs=0.001)
    assert thrown(1_000_000, Sun(45, 180), turned) == (5043, 999_987)
    assert shadows_of(_building(1, 0, Outline(SQUARE)), Sun(45, 180), 0) == []


@pytest.mark.parametrize("throw", [(0, 3_000), (2_000, 1_500), (-9_000, 4_000), (0, 0)])
def test_a_point_lies_in_the_shadow_where_a_line_to_the_sun_meets_the_body(throw) -> None:
    shadow = shadow_of(Outline(SQUARE, (COURT,)), throw)
    steps = 400
    for x in range(-9_950, 13_000, 700):
        for y in range(-950, 15_000, 700):
            back = [(x - throw[0] * n / steps, y - throw[1] * n / steps) for n in range(steps + 1)]
            is_dark = any(_inside(SQUARE, *each) and not _inside(COURT, *each) for each in back)
            assert any(_lies_in(each, x, y) for each in shadow) == is_dark, (x, y)


def _inside(ring, x, y) -> bool:
    (west, south), (east, north) = (min(ring), max(ring))
    return west < x < east and south < y < north


def _lies_in(outline: Outline, x: int, y: int) -> bool:
    return _odd(outline.outer, x, y) and not any(_odd(court, x, y) for court in outline.courts)


def _odd(ring, x, y) -> bool:
    crossed = 0
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1):
            crossed += 1
    return crossed % 2 == 1


def test_a_wall_hides_what_lies_lower_behind_it_and_a_court_does_not() -> None:
    near, far = _building(7, 9_000, Outline(SQUARE, (COURT,))), (5_000, 60_000, 0)
    beyond = _building(8, 50_000, Outline(tuple((x, y + 30_000) for x, y in SQUARE)))
    found = hidden_by((5_000, -10_000, 1_600), far, (beyond, near))
    assert found is not None
    assert (found.entry, found.at[:2]) == (7, (5.0, 0.0))
    assert hidden_by((5_000, 3_500, 1_600), (5_000, 6_500, 1_600), [near]) is None
    assert hidden_by((-1, -5_000, 1_600), (-1, 50_000, 1_600), [near]) is None
    assert hidden_by((0, -5_000, 1_600), (0, 50_000, 1_600), [near]) is None
    # over the roof, and just under its edge
    assert hidden_by((5_000, -10_000, 9_000), (5_000, 20_000, 9_000), [near]) is None
    assert hidden_by((5_000, -10_000, 8_999), (5_000, 20_000, 8_999), [near]) is not None
    # from high above, falling below the roof only over the second wing
    down = hidden_by((5_000, -1_000, 14_000), (5_000, 11_000, 2_000), [near])
    assert down is not None
    assert down.at == (5.0, 7.0, 6.0)
