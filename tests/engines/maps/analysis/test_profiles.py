"""Profiles of pipes: what a line cuts and how deep, the run from end to end, under the reader's rights."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, datetime
from itertools import pairwise
from xml.etree import ElementTree

import pypdfium2
import pytest
from rasterio.transform import Affine
from tests.engines.maps.rasters.geotiffs import HEIGHTS, WORLD, height_bands, written

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.analysis.contracts import StudyAsked, StudyRefused
from yiwang.maps.analysis.queries import profiling
from yiwang.maps.analysis.queries.studies import make_study
from yiwang.maps.analysis.rules.following import follow
from yiwang.maps.analysis.rules.stations import height_at, stations
from yiwang.maps.analysis.rules.studying import read_study
from yiwang.maps.analysis.rules.walking import Edge, Stretch
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.rasters.api import Ground, ground_heights, load_file
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.platform.environment import ROOT, environment
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EAST, NORTH, SIDE = 113.26, 23.13, 0.001
PHI = math.radians(NORTH)
UP = (111_132.92 - 559.82 * math.cos(2 * PHI) + 1.175 * math.cos(4 * PHI)) * SIDE
ALONG = (111_412.84 * math.cos(PHI) - 93.5 * math.cos(3 * PHI)) * SIDE
PAGE = "/en/desk/analysis/"
_PACK = ROOT / "packs" / "underground_pipes"


@pytest.fixture
def laid(pack) -> None:
    """A water main in three pieces with a branch, a sewer beside it, a pipe of unknown depth."""
    files = ("registers/pipes", "registers/pipe_owners", "layers/pipes", "underground/pipes")
    pack(**{name.replace("/", "__"): (_PACK / f"{name}.yaml").read_text(encoding="utf-8") for name in files})
    for code, kind in (("JS01", "JS"), ("PS02", "WS"), ("DL01", "DL")):
        values = {"code": code, "name": code, "name_en": code, "kind": kind, "sharing": "full"}
        values |= {"contact": "科", "authority": "construction"}
        enter_entry(actor=a_clerk("construction"), at=AT, register="pipe_owners", values=values)
    pipe("parks", "JS1", "JS", "JS01", (0, 0), (4, 0), depths=("1", "2"))
    pipe("parks", "JS2", "JS", "JS01", (8, 0), (4, 0), depths=("3", "2"))
    pipe("parks", "JS3", "JS", "JS01", (8, 0), (8, 5), depths=("3", "3.5"))
    pipe("parks", "JS4", "JS", "JS01", (4, 0), (4, 3), depths=("2", "2"))
    pipe("parks", "WS1", "WS", "PS02", (0, 0.1), (8, 0.1), depths=("4", "4.8"), diameter=800)
    pipe("planning", "DL1", "DL", "DL01", (0, -1), (8, -1), depths=("", ""))


def pipe(
    office: str, code: str, kind: str, owner: str, *places: tuple[float, float],
    depths: tuple[str, str], diameter: int = 300,
) -> None:  # fmt: skip
    corners = ", ".join(f"{EAST + x * SIDE} {NORTH + y * SIDE}" for x, y in places)
    values = {
        "code": code, "kind": kind, "owner": owner, "division": "440104", "sharing": "shared",
        "course": f"LINESTRING({corners})", "diameter": diameter,
    }  # fmt: skip
    values |= {"depth_from": depths[0], "depth_to": depths[1]} if depths[0] else {}
    enter_entry(actor=a_clerk(office), at=AT, register="pipes", values=values)


def line(*places: tuple[float, float]) -> str:
    return "LINESTRING(" + ", ".join(f"{EAST + x * SIDE:.7f} {NORTH + y * SIDE:.7f}" for x, y in places) + ")"


def profile(actor, method: str, *places: tuple[float, float], layer: str = "pipes"):
    return make_study(actor, StudyAsked(method=method, layer=layer, line=line(*places)), "en")


def test_a_line_across_gives_what_it_cuts_in_order_with_the_depth_there(laid) -> None:
    found = profile(an_officer("construction"), "section", (2, -2), (2, 1))
    assert [(row.name, row.other) for row in found.rows] == [
        ("DL1", "Power"), ("JS1", "Water"), ("WS1", "Sewage"),
    ]  # fmt: skip
    assert [row.figures["distance"] for row in found.rows] == pytest.approx([UP, 2 * UP, 2.1 * UP], abs=0.3)
    assert [row.figures.get("depth") for row in found.rows] == [None, 1.5, 4.2]
    assert [row.figures["diameter"] for row in found.rows] == [300, 300, 800]
    assert found.profile is not None
    assert found.profile.length == pytest.approx(3 * UP, abs=0.3)
    assert [piece.colour for piece in found.profile.pieces] == ["#d4351c", "#1d70b8", "#6b3f1d"]
    assert (found.profile.ground, found.profile.source) == ((), None)
    back = profile(an_officer("construction"), "section", (2, 1), (2, -2))
    assert [row.name for row in back.rows] == ["WS1", "JS1", "DL1"]


def test_a_run_follows_connected_pipes_of_one_kind_whichever_way_they_were_drawn(laid) -> None:
    found = profile(an_officer("construction"), "along", (1, 0), (8, 2.5))
    assert [row.name for row in found.rows] == ["JS1", "JS2", "JS3"]
    lengths = [row.figures["length"] for row in found.rows]
    assert lengths == pytest.approx([3 * ALONG, 4 * ALONG, 2.5 * UP], abs=0.3)
    assert [row.figures["depth"] for row in found.rows] == [1.25, 2.0, 3.0]
    assert [row.figures["depth_end"] for row in found.rows] == [2.0, 3.0, 3.25]
    assert [row.figures["distance"] for row in found.rows] == pytest.approx(
        [0, 3 * ALONG, 7 * ALONG], abs=0.3
    )
    assert found.profile is not None
    assert found.profile.length == pytest.approx(7 * ALONG + 2.5 * UP, abs=0.3)


def test_d46_a_profile_shows_nothing_that_the_readers_list_would_not(laid, pack) -> None:
    parks, stranger = an_officer("parks"), an_officer("tourism")
    assert [row.name for row in profile(parks, "section", (2, -2), (2, 1)).rows] == ["JS1", "WS1"]
    for reader in (None, stranger):
        with pytest.raises(LayerNotFound):
            profile(reader, "section", (2, -2), (2, 1))
    layer = (_PACK / "layers" / "pipes.yaml").read_text(encoding="utf-8")
    kept = layer.replace("{name: diameter,", "{name: diameter, organisations: [water],")
    pack(layers__pipes=kept)
    found = profile(an_officer("construction"), "section", (2, -2), (2, 1))
    assert all("diameter" not in row.figures for row in found.rows)
    pack(layers__pipes=kept.replace("{name: depth_from,", "{name: depth_from, organisations: [water],"))
    with pytest.raises(StudyRefused, match="no depths that you may see"):
        profile(an_officer("construction"), "section", (2, -2), (2, 1))


def test_what_is_no_profile_is_refused_with_what_to_do(laid, monkeypatch) -> None:
    reader = an_officer("construction")
    with pytest.raises(StudyRefused, match="underground pipes"):
        profile(reader, "section", (0, 0), (1, 0), layer="trees")
    with pytest.raises(StudyRefused, match="longer than 5 km"):
        profile(reader, "section", (0, 0), (60, 0))
    with pytest.raises(StudyRefused, match="within 30 m of both ends"):
        profile(reader, "along", (1, 0), (1, 4))
    pipe("parks", "JS9", "JS", "JS01", (0, 8), (4, 8), depths=("1", "1"))
    with pytest.raises(StudyRefused, match="aren't connected"):
        profile(reader, "along", (1, 0), (1, 8))
    monkeypatch.setattr(profiling, "_MOST_PIECES", 3)
    with pytest.raises(StudyRefused, match="too many pipes"):
        profile(reader, "along", (1, 0), (8, 2.5))
    for text, said in (
        ("113,23", "at least 2"),
        ("113,23\n113;24", "Line 2"),
        ("113,23\n" * 300, "at least"),
    ):
        _, faults = read_study({"method": "section", "layer": "pipes", "line": text})
        assert said in faults["line"].en


@pytest.fixture
def heights(laid, pack, monkeypatch, tmp_path):
    """The slope of the small test file, moved to where the pipes lie: a quarter metre a pixel."""
    changed = environment().model_copy(update={"var": tmp_path / "var", "raster_pixels": 2_000_000})
    for place in ("loading", "queries.editions"):
        monkeypatch.setattr(f"yiwang.maps.rasters.{place}.environment", lambda: changed)
    pack(rasters__heights=HEIGHTS)

    pixel = WORLD / 256 / (1 << 16)
    column = math.floor((EAST - 0.002 + 180) / 360 * (1 << 16)) * 256
    row = math.floor(
        (1 - math.asinh(math.tan(math.radians(NORTH + 0.006))) / math.pi) / 2 * (1 << 16)
    ) * 256  # fmt: skip
    grid = Affine(pixel, 0, column * pixel - WORLD / 2, 0, -pixel, WORLD / 2 - row * pixel)
    source = written(tmp_path / "h.tif", height_bands(1024), transform=grid)
    load_file(actor=a_clerk("planning"), at=AT, raster="heights", year=2025, source=source, told=print)
    yield lambda east: ((east + 180) / 360 * 256 * (1 << 16) - column - 0.5) * 0.25 - 3.5
    PROCESS.end()


def test_d50_with_known_ground_a_profile_tells_heights_above_the_sea(heights) -> None:
    reader = an_officer("construction")
    places = [(EAST, NORTH), (EAST + 0.0033, NORTH + 0.001)]
    found = ground_heights(reader, places)
    assert isinstance(found, Ground)
    assert found.heights == pytest.approx([heights(east) for east, _ in places], abs=0.002)
    assert ground_heights(reader, [*places, (114.0, 23.0)]) is None
    made = profile(reader, "section", (2, -2), (2, 1))
    street = heights(EAST + 2 * SIDE)
    assert [row.figures.get("elevation") for row in made.rows][1:] == pytest.approx(
        [street - 1.5, street - 4.2], abs=0.02
    )
    assert made.profile is not None
    assert made.profile.source is not None
    assert made.profile.ground[0][0] == 0
    run = profile(reader, "along", (1, 0), (7, 0))
    assert run.rows[1].figures["elevation"] == pytest.approx(heights(EAST + 4 * SIDE) - 2, abs=0.02)


def test_d50_heights_are_drawn_for_those_alone_for_whom_they_are(heights, pack) -> None:
    assert profile(an_officer("construction"), "section", (2, -2), (2, 1)).profile.ground
    ours = "audience: {kind: organisations, organisations: [water]}"
    pack(rasters__heights=HEIGHTS.replace("audience: {kind: readers}", ours))
    found = profile(an_officer("construction"), "section", (2, -2), (2, 1))
    assert found.profile.ground == ()
    assert "elevation" not in found.figures
    assert ground_heights(an_officer("water"), [(EAST, NORTH)]) is not None


def test_the_page_draws_the_profile_with_its_table_and_prints_it(client, laid) -> None:
    sign_in(client, an_officer("construction"))
    asked = {"method": "section", "layer": "pipes", "line": line((2, -2), (2, 1))}
    page = client.get(PAGE, asked).content.decode()
    drawn = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns")) + 6]
    root = ElementTree.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    assert root.attrib["role"] == "img"
    assert root.find(f"{space}title").text == "Section across: Underground pipes"
    assert "3 " in root.find(f"{space}desc").text
    assert "Of 1 no depth is recorded" in root.find(f"{space}desc").text
    assert len(root.findall(f"{space}ellipse")) == 3
    assert "style=" not in drawn
    assert "Depth of the top (m)" in page
    sheet = client.get(PAGE, asked | {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [(row["Kind"], row["Depth of the top (m)"]) for row in rows] == [
        ("Power", ""), ("Water", "1.5"), ("Sewage", "4.2"),
    ]  # fmt: skip
    printed = client.get(PAGE, asked | {"format": "pdf"})
    assert printed.headers["Cache-Control"] == "private, no-store"
    text = pypdfium2.PdfDocument(printed.content)[0].get_textpage().get_text_range()
    assert "Section across" in text
    assert "JS1" in text


def test_a_run_takes_the_shorter_way_round_a_ring() -> None:
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ring = [Edge(a, b, 10) for a, b in pairwise(corners)]
    assert follow(ring, (0, 0.9), (2, 0.1)) == _run((0, 0.9, 1), (1, 0, 1), (2, 0, 0.1))
    assert follow(ring, (0, 0.1), (2, 0.9)) == _run((0, 0.1, 0), (3, 1, 0), (2, 1, 0.9))
    assert follow(ring, (1, 0.8), (1, 0.2)) == _run((1, 0.8, 0.2))
    assert follow([*ring, Edge((5, 5), (6, 6), 1)], (0, 0.5), (4, 0.5)) is None
    long = [Edge((0, 0), (1, 0), 100), Edge((0, 0), (1, 0), 1)]
    assert follow(long, (0, 0.05), (0, 0.95)) == _run((0, 0.05, 0), (1, 0, 1), (0, 1, 0.95))


def _run(*parts: tuple[int, float, float]) -> list[Stretch]:
    return [Stretch(*part) for part in parts]


def test_places_along_a_line_lie_where_the_metres_say() -> None:
    bent = [(0.0, 0.0), (0.002, 0.0), (0.002, 0.002)]
    found = stations(bent, 400.0, [0, 100, 200, 300, 400])
    assert [east for east, _ in found] == pytest.approx([0, 0.001, 0.002, 0.002, 0.002])
    assert [north for _, north in found] == pytest.approx([0, 0, 0, 0.001, 0.002])
    assert [height_at([(0, 1.0), (10, 3.0), (20, 3.0)], at) for at in (-5, 0, 5, 10, 15, 99)] == [
        1.0, 1.0, 2.0, 3.0, 3.0, 3.0,
    ]  # fmt: skip
