"""The drawing: millimetres of paper are metres of ground by the scale, and what is left out is told."""

from __future__ import annotations

import math
import re
from contextlib import ExitStack

import pytest
from django.test import Client
from tests.engines.maps.conftest import TREE_LAYER
from tests.engines.maps.test_tiles import AT, _plot, _tree

from yiwang.maps.printing import drawing
from yiwang.maps.printing.contracts import Frame, MapAsked, PrinterBusy
from yiwang.maps.printing.queries import shapes
from yiwang.maps.printing.turns import MOST_AT_ONCE, turn
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
#: Metres of 0.001 degrees of longitude on the ellipsoid of CGCS2000 at 23.1291° north.
EAST = 102.425
AS_POINTS = "Old trees: heat or clusters on screen, each point on paper."


def _frame(scale: int) -> Frame:
    return Frame(centre=(113.2644, 23.1291), scale=scale, width=200.0, height=120.0)


def _drawn(actor, layers: tuple[str, ...], scale: int):
    asked = MapAsked(layers=layers, frame=_frame(scale), language="zh")
    return drawing.draw_map(actor=actor, asked=asked, at=AT)


def _circles(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', svg)]


@pytest.mark.parametrize("scale", [1_000, 2_000, 5_000])
def test_d46_the_scale_on_paper_is_true(pack, scale) -> None:
    pack()
    _tree(a_clerk("parks"), 1, 113.2644)
    _tree(a_clerk("parks"), 2, 113.2649)
    (x1, y1), (x2, y2) = sorted(_circles(_drawn(None, ("trees",), scale).svg))
    assert (x1, y1) == (100.0, 60.0)
    ground = math.hypot(x2 - x1, y2 - y1) / 1_000 * scale
    # the zone's own scale differs from one by 0.0001 here; drawn to the hundredth of a millimetre
    assert ground == pytest.approx(EAST / 2, abs=0.02 + 0.01 / 1_000 * scale)


def test_a_plot_is_as_large_as_its_ground(pack) -> None:
    pack()
    _plot(a_clerk("planning"), "planning-1")
    found = _drawn(a_clerk("planning"), ("plots",), 5_000)
    assert found.shown == {"plots": 1}
    assert [(part.title.en, [line.colour for line in part.lines]) for part in found.legend] == [
        ("Plots", ["#1d70b8"])
    ]
    assert (found.epsg, found.meridian, found.is_everybodys) == (4547, 114, False)


def test_what_is_left_out_is_told(pack, monkeypatch) -> None:
    pack()
    for number in range(5):
        _tree(a_clerk("parks"), number, 113.2644 + number / 10_000)
    monkeypatch.setattr(shapes, "MOST_FIGURES", 3)
    found = _drawn(None, ("trees",), 2_000)
    assert found.shown == {"trees": 3}
    assert [note.en for note in found.notes] == [AS_POINTS, "Old trees: 5 here, the largest 3 are drawn."]
    far = _drawn(a_clerk("planning"), ("plots",), 2_000_000)
    assert (far.shown, [note.en for note in far.notes]) == ({}, ["Plots: not drawn at this scale."])


def test_heat_is_drawn_as_points_and_the_sheet_says_so(pack) -> None:
    pack(layers__trees=f"{TREE_LAYER.split('style:')[0]}style: {{draw: heat}}\n")
    _tree(a_clerk("parks"), 1, 113.2644)
    found = _drawn(None, ("trees",), 2_000)
    assert found.shown == {"trees": 1}
    assert [note.en for note in found.notes] == [AS_POINTS]


def test_no_more_maps_are_drawn_at_once_than_the_machine_bears(pack) -> None:
    pack()
    still = "/maps/images/trees.png?centre=113.2644,23.1291&scale=2000&width=40&height=40"
    with ExitStack() as taken:
        for _ in range(MOST_AT_ONCE):
            taken.enter_context(turn())
        with pytest.raises(PrinterBusy):
            taken.enter_context(turn())
        busy = Client().get(still)
        assert (busy.status_code, busy.json()["detail"]) == (503, PrinterBusy.text.as_dict())
        for page in (
            "/map/print/map.pdf?layers=trees&centre=113.2644,23.1291&scale=2000",
            "/map/print/map.png?layers=trees&centre=113.2644,23.1291&scale=2000",
        ):
            assert Client().get(page).status_code == 503
    given = Client().get(still)
    assert (given.status_code, given["Content-Type"]) == (200, "image/png")
