"""Studies of layers: figures against naive oracles, under the reader's own rights and within limits."""

from __future__ import annotations

import csv
import io
import json
import math
from datetime import UTC, datetime
from random import Random

import pytest
from django.test import Client
from tests.engines.maps.conftest import PLOT_LAYER, TREE_LAYER, TREES

from yiwang.identity.testing import an_officer, sign_in
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.keep_study import keep_study
from yiwang.maps.analysis.contracts import StudyAsked, StudyRefused
from yiwang.maps.analysis.queries import studies, walking
from yiwang.maps.analysis.queries.studies import make_study
from yiwang.maps.analysis.web import results
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.making.api import list_layer_drafts, publish_layer
from yiwang.maps.queries.layers import read_layers
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, enter_entry, list_entries
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EAST, NORTH, SIDE = 113.26, 23.13, 0.001
#: Metres of a degree at this latitude (series of WGS 84, which CGCS2000 equals here).
PHI = math.radians(NORTH)
UP = 111_132.92 - 559.82 * math.cos(2 * PHI) + 1.175 * math.cos(4 * PHI)
ALONG = 111_412.84 * math.cos(PHI) - 93.5 * math.cos(3 * PHI)
PAGE = "/en/desk/analysis/"


def plot(office: str, number: str, column: float, row: float, side: float = 1) -> None:
    west, south = EAST + column * SIDE, NORTH + row * SIDE
    east, north = west + side * SIDE, south + side * SIDE
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    values = {"number": number, "shape": f"POLYGON(({ring}))", "price": "1", "holder": "陈大文"}
    enter_entry(actor=a_clerk(office), at=AT, register="plots", values=values)


def tree(number: str, column: float, row: float) -> tuple[float, float]:
    place = (round(EAST + column * SIDE, 7), round(NORTH + row * SIDE, 7))
    values = {"number": number, "place": f"{place[0]} {place[1]}", "keeper": "李四"}
    enter_entry(actor=a_clerk("parks"), at=AT, register="trees", values=values)
    return place


@pytest.fixture
def ground(pack) -> dict[str, tuple[float, float]]:
    """Four plots side by side, of two offices, and thirty trees."""
    pack()
    for number in range(3):
        plot("planning", f"P{number}", number, 0)
    plot("parks", "K0", 0, 1)
    random = Random(7)
    return {f"T{n}": tree(f"T{n}", random.uniform(0.05, 3.9), random.uniform(0.05, 1.9)) for n in range(30)}


def study(actor, method: str, layer: str, other: str = "", metres: float | None = None, area: str = ""):
    asked = StudyAsked(method=method, layer=layer, other=other, metres=metres, area=area)
    return make_study(actor, asked, "en")


def inside(place: tuple[float, float], column: float, row: float) -> bool:
    return (
        EAST + column * SIDE <= place[0] <= EAST + (column + 1) * SIDE
        and NORTH + row * SIDE <= place[1] <= NORTH + (row + 1) * SIDE
    )


def far(place: tuple[float, float], column: float, row: float) -> float:
    """Metres from a place to a square plot."""
    west, south = EAST + column * SIDE, NORTH + row * SIDE
    east, north = west + SIDE, south + SIDE
    across = max(west - place[0], 0, place[0] - east) * ALONG
    up = max(south - place[1], 0, place[1] - north) * UP
    return math.hypot(across, up)


SQUARES = {"P0": (0, 0), "P1": (1, 0), "P2": (2, 0), "K0": (0, 1)}


def test_the_nearest_is_the_nearest(ground) -> None:
    found = study(an_officer("planning"), "nearest", "trees", "plots")
    assert len(found.rows) == 30
    for row in found.rows:
        away = {name: far(ground[row.name], *square) for name, square in SQUARES.items()}
        assert row.figures["distance"] == pytest.approx(min(away.values()), abs=0.3)
        assert away[row.other] == pytest.approx(min(away.values()), abs=0.3)
    distances = [row.figures["distance"] for row in found.rows]
    assert distances == sorted(distances)


def test_near_finds_what_lies_within_and_nothing_else(ground) -> None:
    found = study(an_officer("planning"), "near", "trees", "plots", 60)
    away = {name: min(far(place, *square) for square in SQUARES.values()) for name, place in ground.items()}
    assert {row.name for row in found.rows} == {name for name, metres in away.items() if metres <= 60}
    assert 0 < len(found.rows) < 30


def test_statistics_count_what_lies_in_each_area(ground) -> None:
    found = study(an_officer("planning"), "counts", "trees", "plots")
    wanted = {
        name: sum(inside(place, *square) for place in ground.values()) for name, square in SQUARES.items()
    }
    counted = {row.name: row.figures["count"] for row in found.rows}
    assert counted == {name: many for name, many in wanted.items() if name in counted}
    assert set(counted) >= {name for name, many in wanted.items() if many}


def test_overlays_share_and_leave_what_they_should(ground) -> None:
    plot("planning", "X", 0.5, 0.25, 1)
    one = ALONG * UP * SIDE * SIDE
    found = study(an_officer("planning"), "intersection", "plots", "plots")
    shared = {(row.name, row.other): row.figures["square_metres"] for row in found.rows}
    assert shared["X", "P0"] == pytest.approx(one * 0.5 * 0.75, rel=1e-3)
    assert shared["X", "P1"] == pytest.approx(one * 0.5 * 0.75, rel=1e-3)
    assert shared["X", "K0"] == pytest.approx(one * 0.5 * 0.25, rel=1e-3)
    assert ("P0", "P1") not in shared
    assert study(an_officer("planning"), "difference", "plots", "plots").rows == ()


def test_a_buffer_joins_what_touches(ground) -> None:
    (found,) = study(an_officer("planning"), "buffer", "plots", metres=10).rows
    wide, high = ALONG * SIDE, UP * SIDE
    # The L of four squares, a strip of 10 m around it, its five outer corners rounded, the inner one square.
    around = 2 * (3 * wide + 2 * high) * 10
    assert found.figures["square_metres"] == pytest.approx(
        4 * wide * high + around + (5 * math.pi / 4 - 1) * 100, rel=2e-3
    )


def test_cells_hold_each_point_once(ground) -> None:
    found = study(None, "cells", "trees", metres=100)
    assert sum(row.figures["count"] for row in found.rows) == 30
    hot = study(None, "hot_spots", "trees", metres=100)
    assert sum(row.figures["count"] for row in hot.rows) == 30
    scores = [row.figures["z_score"] for row in hot.rows]
    assert scores == sorted(scores, reverse=True)


GIRTH = """
  - {id: 4, name: girth, kind: integer, title: {zh: 树围, en: Girth}, secrecy: public}
"""


_SHOWN = "  - {name: number}\n  - {name: keeper}\n"
WITH_GIRTH = {
    "registers__trees": TREES.rstrip() + GIRTH,
    "layers__trees": TREE_LAYER.replace(_SHOWN, _SHOWN + "  - {name: girth}\n"),
}


@pytest.fixture
def girths(pack) -> dict[str, tuple[float, float, int | None]]:
    """Thirty trees, all but the last with a girth, and four plots."""
    pack(**WITH_GIRTH)
    for number in range(3):
        plot("planning", f"P{number}", number, 0)
    plot("parks", "K0", 0, 1)
    random, found = Random(9), {}
    for n in range(30):
        east, north = (
            round(EAST + random.uniform(0.05, 3.9) * SIDE, 7),
            round(NORTH + random.uniform(0.05, 1.9) * SIDE, 7),
        )
        girth = random.randint(20, 400) if n < 29 else None
        values = {"number": f"T{n}", "place": f"{east} {north}", "keeper": "李四"}
        values |= {"girth": str(girth)} if girth else {}
        enter_entry(actor=a_clerk("parks"), at=AT, register="trees", values=values)
        found[f"T{n}"] = (east, north, girth)
    return found


def measured(actor, method: str, **asked):
    return make_study(actor, StudyAsked(method=method, layer="trees", measured="girth", **asked), "en")


def sums(girths: list[int | None]) -> dict[str, float]:
    known = [girth for girth in girths if girth is not None]
    found: dict[str, float] = {"recorded": len(known)}
    if known:
        found |= {"sum": sum(known), "mean": round(sum(known) / len(known), 2)}
        found |= {"least": min(known), "greatest": max(known)}
    return found


def without(row, *keys: str) -> dict[str, float]:
    return {key: value for key, value in row.figures.items() if key not in keys}


def test_a_number_is_summed_up_by_area_in_all_and_by_cell(girths) -> None:
    reader = an_officer("planning")
    every = [girth for *_, girth in girths.values()]
    found = measured(reader, "counts", other="plots")
    assert found.figures == (
        "count",
        "length",
        "square_metres",
        "recorded",
        "sum",
        "mean",
        "least",
        "greatest",
    )
    for row in found.rows:
        lying = [girth for *place, girth in girths.values() if inside(tuple(place), *SQUARES[row.name])]
        assert without(row, "length", "square_metres") == {"count": len(lying)} | sums(lying)
    (whole,) = measured(None, "total").rows
    assert without(whole, "length", "square_metres") == {"count": 30} | sums(every)
    area = f"POLYGON(({EAST} {NORTH}, {EAST + SIDE} {NORTH}, {EAST + SIDE} {NORTH + SIDE}, {EAST} {NORTH}))"
    (drawn,) = measured(None, "total", area=area).rows
    lying = [
        girth for east, north, girth in girths.values()
        if inside((east, north), 0, 0) and north - NORTH <= east - EAST
    ]  # fmt: skip
    assert without(drawn, "length", "square_metres") == {"count": len(lying)} | sums(lying)
    assert 0 < len(lying) < 10
    cells = measured(None, "cells", metres=100)
    assert sum(row.figures.get("sum", 0) for row in cells.rows) == sums(every)["sum"]
    assert max(row.figures.get("greatest", 0) for row in cells.rows) == sums(every)["greatest"]
    assert all("sum" not in row.figures for row in cells.rows if row.figures["count"] == 0)


def test_d46_sums_are_of_numbers_that_the_reader_sees_and_of_his_rows(client, ground, pack) -> None:
    asked = StudyAsked(method="total", layer="plots", measured="price")
    (own,) = make_study(an_officer("parks"), asked, "en").rows
    assert (own.figures["count"], own.figures["sum"]) == (1, 1)
    (all_four,) = make_study(an_officer("planning"), asked, "en").rows
    assert (all_four.figures["count"], all_four.figures["sum"]) == (4, 4)
    pack(layers__plots=PLOT_LAYER.replace("{name: price}", "{name: price, organisations: [water]}"))
    for field in ("price", "holder", "remark", "number"):
        with pytest.raises(StudyRefused, match="no such number"):
            make_study(
                an_officer("planning"), StudyAsked(method="total", layer="plots", measured=field), "en"
            )
    sign_in(client, an_officer("planning"))
    page = client.get(PAGE, {"method": "total", "layer": "plots", "measured": "plots.price"})
    assert page.status_code == 422
    assert "no such number" in page.content.decode()
    page = client.get(PAGE, {"method": "total", "layer": "plots", "measured": "trees.girth"})
    assert "Choose a number of the chosen layer" in page.content.decode()


def test_a_drawn_area_narrows_what_is_studied(ground) -> None:
    area = f"POLYGON(({EAST} {NORTH}, {EAST + SIDE} {NORTH}, {EAST + SIDE} {NORTH + SIDE}, {EAST} {NORTH}))"
    found = study(an_officer("planning"), "nearest", "trees", "plots", area=area)
    within = {
        name
        for name, (east, north) in ground.items()
        if inside((east, north), 0, 0) and north - NORTH <= east - EAST
    }
    assert {row.name for row in found.rows} == within


def test_d46_nothing_of_another_department_is_in_a_result_or_a_count(ground) -> None:
    parks, stranger = an_officer("parks"), an_officer("tourism")
    assert {row.other for row in study(parks, "nearest", "trees", "plots").rows} == {"K0"}
    assert {row.name for row in study(parks, "counts", "trees", "plots").rows} <= {"K0"}
    for reader in (None, stranger):
        with pytest.raises(LayerNotFound):
            study(reader, "nearest", "trees", "plots")
        with pytest.raises(LayerNotFound):
            study(reader, "buffer", "plots", metres=10)


def test_d46_names_are_of_fields_that_concern_nobody(pack) -> None:
    fields = 'fields:\n  - {name: holder}\nstyle: {draw: plain, colour: "#1d70b8"}\n'
    pack(layers__plots=PLOT_LAYER.partition("fields:")[0] + fields)
    plot("planning", "P0", 0, 0)
    tree("T0", 2, 2)
    (row,) = study(an_officer("planning"), "nearest", "trees", "plots").rows
    assert row.other.isdigit()


def test_too_much_is_refused_with_what_to_do(ground, monkeypatch) -> None:
    reader = an_officer("planning")
    with pytest.raises(StudyRefused, match="cells"):
        study(reader, "cells", "trees", metres=0.5)
    monkeypatch.setattr(studies, "MOST_ENTRIES", 10)
    with pytest.raises(StudyRefused, match="draw a smaller area"):
        study(reader, "buffer", "trees", metres=5)
    with pytest.raises(StudyRefused, match="have it made in the background"):
        study(reader, "nearest", "trees", "plots")
    crossing = "POLYGON((113 23, 114 24, 114 23, 113 24, 113 23))"
    with pytest.raises(StudyRefused, match="crosses itself"):
        study(reader, "nearest", "trees", "plots", area=crossing)
    with pytest.raises(StudyRefused, match="zones are areas"):
        study(reader, "counts", "plots", "trees")
    with pytest.raises(StudyRefused, match="nothing can be taken"):
        study(reader, "difference", "trees", "plots")


def test_d45_a_result_that_is_cut_says_so_everywhere(client, pack, ground, monkeypatch) -> None:
    pack(registers__results_planning=RESULTS)
    for place in ("studies", "study_statements"):
        monkeypatch.setattr(f"yiwang.maps.analysis.queries.{place}.MOST_ROWS", 5)
    monkeypatch.setattr(results, "MOST_ROWS", 5)
    maker = an_officer("planning", roles=("handler",))
    found = study(maker, "nearest", "trees", "plots")
    assert (len(found.rows), found.is_cut) == (5, True)
    sign_in(client, maker)
    address = f"{PAGE}?method=nearest&layer=trees&other=plots"
    assert "Only the first 5 rows are listed" in client.get(address).content.decode()
    refused = client.post(address, TITLES)
    assert refused.status_code == 422
    assert kept(maker) == []
    # Cells are drawn all or not at all: none is left out.
    assert sum(row.figures["count"] for row in study(maker, "cells", "trees", metres=100).rows) == 30


@pytest.mark.parametrize("column", [0, 6_690])
def test_d51_areas_are_of_the_nearest_zone_and_shapes_in_cgcs2000(client, pack, column) -> None:
    pack()
    plot("planning", "P0", column, 0)
    (row,) = study(an_officer("planning"), "total", "plots").rows
    assert row.figures["square_metres"] == pytest.approx(ALONG * UP * SIDE * SIDE, rel=1e-3)
    (cut,) = study(an_officer("planning"), "buffer", "plots", metres=10).rows
    shape = json.loads(cut.shape)
    assert shape["crs"]["properties"]["name"] == "EPSG:4490"
    places = [place for ring in shape["coordinates"] for place in ring]
    west = EAST + column * SIDE
    assert min(east for east, _ in places) == pytest.approx(west - 10 / ALONG, abs=2e-6)
    assert max(north for _, north in places) == pytest.approx(NORTH + SIDE + 10 / UP, abs=2e-6)


def test_the_page_gives_a_table_a_file_and_shapes(client, ground) -> None:
    sign_in(client, an_officer("planning"))
    asked = {"method": "nearest", "layer": "trees", "other": "plots"}
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    assert "Distance (m)" in page.content.decode()
    sheet = client.get(PAGE, asked | {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert {row["Name"] for row in rows} == set(ground)
    assert sheet.headers["Cache-Control"] == "private, no-store"
    shapes = json.loads(client.get(PAGE, asked | {"format": "geojson"}).content)
    assert len(shapes["features"]) == 30


WAYS = """
code: ways
title: {zh: 道路, en: Ways}
summary: {zh: 道路, en: Ways}
owner: transport
open: true
key: number
fields:
  - {id: 1, name: number, kind: text, title: {zh: 号, en: No.}, required: true, unique: true, secrecy: public}
  - {id: 2, name: course, kind: path, title: {zh: 走向, en: Course}, searchable: true, secrecy: public}
"""
WAY_LAYER = """
code: ways
title: {zh: 道路, en: Ways}
summary: {zh: 道路, en: Ways}
group: {zh: 道路, en: Ways}
register: ways
fields: [{name: number}]
style: {draw: plain, colour: "#0b0c0c"}
"""


def way(number: str, *places: tuple[float, float]) -> None:
    corners = ", ".join(f"{EAST + column * SIDE} {NORTH + row * SIDE}" for column, row in places)
    values = {"number": number, "course": f"LINESTRING({corners})"}
    enter_entry(actor=a_clerk("transport"), at=AT, register="ways", values=values)


def test_time_on_foot_is_asked_in_minutes(client, pack) -> None:
    pack(registers__ways=WAYS, layers__ways=WAY_LAYER)
    way("W1", (0, 0), (20, 0))
    tree("T0", 5, 0)
    sign_in(client, an_officer("planning", roles=("handler",)))
    asked = {"method": "walk", "layer": "trees", "other": "ways", "format": "geojson"}
    found = json.loads(client.get(PAGE, asked | {"minutes": "3"}).content)["features"]
    assert found[0]["geometry"] == json.loads(study(None, "walk", "trees", "ways", 240).rows[0].shape)
    for wrong in ("", "0", "61", "x"):
        page = client.get(PAGE, asked | {"minutes": wrong, "metres": "300"})
        assert page.status_code == 422
        assert "Give a number from 1 to 60 (minutes)" in page.content.decode()


def test_places_without_a_way_count_among_those_that_are_too_many(pack, monkeypatch) -> None:
    pack(registers__ways=WAYS, layers__ways=WAY_LAYER)
    way("W1", (0, 0), (20, 0))
    tree("T0", 60, 60)
    for number in range(1, 4):
        tree(f"T{number}", number, 0)
    monkeypatch.setattr(walking, "MOST_STARTS", 3)
    with pytest.raises(StudyRefused, match="more than 3 places"):
        study(None, "walk", "trees", "ways", 300)
    monkeypatch.setattr(walking, "MOST_STARTS", 4)
    assert [row.name for row in study(None, "walk", "trees", "ways", 300).rows] == ["T1", "T2", "T3"]


def test_walking_follows_the_ways_and_turns_where_they_cross(pack) -> None:
    pack(registers__ways=WAYS, layers__ways=WAY_LAYER)
    way("W1", (0, 0), (20, 0))
    way("W2", (12, -10), (12, 10))
    way("far", (100, 0), (120, 0))
    tree("T0", 5, 0)
    tree("lonely", 60, 60)
    straight = 80 * 600 + math.pi * 40**2
    (row,) = study(None, "walk", "trees", "ways", 300).rows
    assert row.name == "T0"
    assert row.figures["square_metres"] == pytest.approx(straight, rel=0.01)
    (row,) = study(None, "walk", "trees", "ways", 1_000).rows
    left = 1_000 - 7 * SIDE * ALONG
    along = min(1_000, 5 * SIDE * ALONG) + 1_000
    both = 80 * along + math.pi * 40**2 + 2 * (80 * (left - 40) + math.pi * 40**2 / 2)
    assert row.figures["square_metres"] == pytest.approx(both, rel=0.01)
    with pytest.raises(StudyRefused, match="one walks along lines"):
        study(an_officer("planning"), "walk", "trees", "plots", 300)


RESULTS = (ROOT / "packs" / "map_analysis" / "registers" / "results_planning.yaml").read_text(
    encoding="utf-8"
)
TITLES = {"title_zh": "古树最近地块", "title_en": "Plot nearest to each tree"}


def kept(actor) -> list[dict[str, object]]:
    page = list_entries(actor=actor, register="results_planning", asked=Asked(limit=1000), at=AT)
    return [entry["values"] for entry in json.loads(page.body)]


def test_a_result_is_kept_for_its_makers_organisation_and_drawn_as_a_layer(client, pack, ground) -> None:
    pack(registers__results_planning=RESULTS)
    maker = an_officer("planning", roles=("handler",))
    sign_in(client, maker)
    answer = client.post(f"{PAGE}?method=nearest&layer=trees&other=plots", TITLES)
    assert answer.status_code == 302, answer.content
    rows = kept(maker)
    assert {row["name"] for row in rows} == set(ground)
    assert {row["result"] for row in rows} == {rows[0]["result"]}
    (draft,) = list_layer_drafts(actor=maker)
    assert answer.headers["Location"].endswith(f"/drafts/{draft.id}/")
    published = publish_layer(actor=maker, at=AT, draft=draft.id, version=draft.version)
    (layer,) = read_layers(maker, [published.code])
    assert layer.layer.only[0].values == (rows[0]["result"],)
    assert len(study(maker, "nearest", published.code, "plots").rows) == 30
    for reader in (None, an_officer("parks"), an_officer("tourism")):
        with pytest.raises(LayerNotFound):
            read_layers(reader, [published.code])


def test_a_result_that_can_not_be_kept_leaves_nothing(client, pack, ground) -> None:
    pack(registers__results_planning=RESULTS)
    maker = an_officer("planning", roles=("handler",))
    sign_in(client, maker)
    address = f"{PAGE}?method=nearest&layer=trees&other=plots"
    assert client.post(address, TITLES | {"title_en": ""}).status_code == 422
    assert client.post(f"{PAGE}?method=near&layer=trees&other=plots", TITLES).status_code == 422
    other = Client()
    sign_in(other, an_officer("parks", roles=("handler",)))
    answer = other.post(address, TITLES)
    assert answer.status_code == 422
    assert "no register for results" in answer.content.decode()
    with pytest.raises(OperationNotAllowed):
        keep_study(
            actor=an_officer("planning", roles=("window",)),
            at=AT,
            asked=StudyAsked(method="nearest", layer="trees", other="plots"),
            title=Text("甲", "A"),
            language="en",
        )
    assert (kept(maker), list(list_layer_drafts(actor=maker))) == ([], [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"layer": "secret"}, "no layer"),
        ({"layer": "x'); DROP"}, "Choose a layer"),
        ({"method": "near", "metres": "-5"}, "from 1 to 5000"),
        ({"method": "near", "metres": "1e9"}, "from 1 to 5000"),
        ({"area": "113,23\n114,x"}, "Line 2 is not"),
        ({"area": "113,23\n" * 9_000}, "Too many corners"),
        ({"method": "everything"}, "Choose what to do"),
    ],
)
def test_what_is_asked_wrongly_is_told_at_its_question(client, ground, wrong, said) -> None:
    sign_in(client, an_officer("planning"))
    answer = client.get(PAGE, {"method": "nearest", "layer": "trees", "other": "plots"} | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
