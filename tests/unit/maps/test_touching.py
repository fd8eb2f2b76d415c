"""Which tiles a place touches, against a naive oracle."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yiwang.maps.rules.tiles import EXTENT, MARGIN, WORLD, side
from yiwang.maps.rules.touching import EVERYWHERE, Bounds, span_of

_METRES = st.floats(-WORLD / 2, WORLD / 2)


@given(zoom=st.integers(0, 4), corners=st.tuples(_METRES, _METRES, _METRES, _METRES))
def test_d47_a_box_touches_the_tiles_whose_square_with_its_margin_it_meets(zoom, corners) -> None:
    west, east = sorted(corners[:2])
    south, north = sorted(corners[2:])
    span = span_of(Bounds(west=west, south=south, east=east, north=north), zoom)
    over, half = side(zoom) * MARGIN / EXTENT, WORLD / 2
    for column in range(1 << zoom):
        for row in range(1 << zoom):
            left, top = column * side(zoom) - half, half - row * side(zoom)
            meets = (
                west <= left + side(zoom) + over
                and east >= left - over
                and north >= top - side(zoom) - over
                and south <= top + over
            )
            within = (column, row) in span
            assert within == ((column, row) in set(span))
            # a tile that only touches the line of a border may be in it or not
            assert within == meets or _is_close(west, east, south, north, left, top, zoom)


def _is_close(west, east, south, north, left, top, zoom) -> bool:
    long, over = side(zoom), side(zoom) * MARGIN / EXTENT
    gaps = (
        west - left - long - over,
        east - left + over,
        north - top + long + over,
        south - top - over,
    )
    return any(abs(gap) < 1e-3 for gap in gaps)


def test_d47_everywhere_is_every_tile() -> None:
    assert [len(span_of(EVERYWHERE, zoom)) for zoom in range(4)] == [1, 4, 16, 64]
