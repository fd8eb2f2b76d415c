"""A11, A12: codes, gaps, overlaps and containment of cells, and components in the cell where they stand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from tests.engines.maps.grid.conftest import COMMUNITY, enter, square

from yiwang.maps.grid.api import check_grid, list_grids, read_grid
from yiwang.maps.grid.contracts import Fault, GridNotFound, GridReport
from yiwang.platform.contracts import Actor
from yiwang.registers.api import amend_entry, find_standing

APRIL, LATER = datetime(2026, 4, 1, 2, 0, tzinfo=UTC), datetime(2026, 5, 4, 2, 0, tzinfo=UTC)


def _check(actor: Actor | None, within: str = "440103", day: date = date(2026, 5, 4)) -> GridReport:
    return check_grid(read_grid(actor, "squares", then=True), within=within, valid=day, known=LATER)


def _said(report: GridReport) -> list[tuple[Fault, str, str]]:
    return [(each.fault, each.code, each.other) for each in report.findings]


def _shrink(keeper: Actor) -> None:
    """From April on the fourth cell is a tenth of a thousandth of a degree smaller both ways."""
    found = find_standing("cells", key=f"{COMMUNITY}004")
    assert found is not None
    amend_entry(
        actor=keeper,
        at=APRIL,
        register="cells",
        entry=found.entry,
        version=found.version,
        values={"border": square(1, 0, 0.0009)},
        kind="change",
    )


def test_a11_cells_that_fit_have_no_fault(squares) -> None:
    report = _check(squares["urban_enforcement"])
    assert (report.cells, report.parents, report.components) == (4, 1, 0)
    assert report.findings == ()
    assert report.is_whole


def test_a11_overlap_and_what_lies_outside_are_found_with_their_square_metres(squares) -> None:
    keeper = squares["urban_enforcement"]
    # A tenth of a thousandth of a degree to the west: 10.24 m wide and 110.75 m high, out of the community.
    enter(keeper, "cells", f"{COMMUNITY}006", border=square(-0.1, 0))
    report = _check(keeper)
    found = {each.fault: each for each in report.findings}
    assert set(found) == {Fault.NUMBER_MISSING, Fault.OVERLAP, Fault.OUTSIDE}
    assert found[Fault.NUMBER_MISSING].code == f"{COMMUNITY}005"
    assert (found[Fault.OVERLAP].code, found[Fault.OVERLAP].other) == (f"{COMMUNITY}003", f"{COMMUNITY}006")
    assert found[Fault.OVERLAP].square_metres == pytest.approx(10_211, rel=0.002)
    assert found[Fault.OUTSIDE].other == COMMUNITY
    assert found[Fault.OUTSIDE].square_metres == pytest.approx(1_134.6, rel=0.002)
    assert json.loads(found[Fault.OUTSIDE].shape)["type"] == "Polygon"


def test_a11_a_gap_is_told_by_its_community_and_place(squares) -> None:
    _shrink(squares["urban_enforcement"])
    (gap,) = _check(squares["urban_enforcement"]).findings
    assert (gap.fault, gap.code) == (Fault.GAP, COMMUNITY)
    assert gap.square_metres == pytest.approx(11_345 * 0.19, rel=0.005)


def test_a11_the_day_decides_which_version_is_checked(squares) -> None:
    keeper = squares["urban_enforcement"]
    _shrink(keeper)
    assert _check(keeper, day=date(2026, 3, 31)).findings == ()
    assert [each.fault for each in _check(keeper, day=date(2026, 4, 1)).findings] == [Fault.GAP]


def test_a11_what_is_narrower_than_the_tolerance_is_noise(squares) -> None:
    keeper = squares["urban_enforcement"]
    # 0.000002 of a degree: 20 centimetres beyond the community's border and over its neighbour.
    enter(keeper, "cells", f"{COMMUNITY}005", border=square(2 - 0.002, 0, 0.000002))
    assert _said(_check(keeper)) == []


def test_a11_faulty_codes_and_unknown_parents(squares) -> None:
    keeper = squares["urban_enforcement"]
    enter(keeper, "cells", f"{COMMUNITY}5", border=square(9, 9))
    enter(keeper, "cells", "440103001999001", border=square(12, 9))
    assert sorted(_said(_check(keeper))) == [
        (Fault.MALFORMED, f"{COMMUNITY}5", ""),
        (Fault.NO_PARENT, "440103001999001", "440103001999"),
    ]
    assert _said(_check(keeper, within="440104")) == []


def test_a12_components_stand_in_the_cell_that_they_say(squares) -> None:
    parks = squares["parks"]
    inside, beside = {"lon": 113.2005, "lat": 23.1005}, {"lon": 113.2015, "lat": 23.1015}
    enter(parks, "lamps", "4401030118000001", cell=f"{COMMUNITY}003", place=inside)
    enter(parks, "lamps", "4401030118000002", cell=f"{COMMUNITY}003", place=beside)
    enter(parks, "lamps", "44010301", cell=f"{COMMUNITY}002", place=beside)
    report = _check(parks)
    assert report.components == 3
    assert _said(report) == [
        (Fault.COMPONENT_MALFORMED, "44010301", ""),
        (Fault.COMPONENT_ELSEWHERE, "4401030118000002", f"{COMMUNITY}002"),
    ]


def test_who_may_not_list_components_learns_nothing_of_them(squares) -> None:
    enter(squares["parks"], "lamps", "44010301", cell="nowhere", place={"lon": 113.2, "lat": 23.1})
    report = _check(squares["labour"])
    assert (report.cells, report.components, report.findings) == (4, 0, ())


def test_a_grid_that_is_not_there_is_not_found(squares) -> None:
    assert [each.grid.code for each in list_grids(None)] == ["squares"]
    with pytest.raises(GridNotFound):
        read_grid(squares["parks"], "hexagons")
