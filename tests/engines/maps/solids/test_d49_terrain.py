"""D49: the city stands on the ground that a reader sees heights of; a sight line goes over hills."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from tests.engines.maps.conftest import APPLIED
from tests.engines.maps.rasters.geotiffs import HEIGHTS, written
from tests.engines.maps.solids.conftest import EAST, HOUSES, NORTH, RAISED, house

from yiwang.identity.testing import an_officer, signed_in
from yiwang.maps.rasters import api as rasters
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.solids import api
from yiwang.platform.environment import environment
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
#: Pixels of a ten-thousandth of a degree, 200 × 100 from here: the houses stand on the western half.
WEST, TOP, PIXEL = 113.26, 23.134, 0.0001
GRID = rasterio.Affine(PIXEL, 0, WEST, 0, -PIXEL, TOP)
INSIDE = "audience: {kind: organisations, organisations: [water]}\n"


@pytest.fixture(autouse=True)
def _files(monkeypatch, tmp_path):
    changed = environment().model_copy(update={"var": tmp_path / "var"})
    for place in ("loading", "queries.editions"):
        monkeypatch.setattr(f"yiwang.maps.rasters.{place}.environment", lambda: changed)


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    PROCESS.end()


@pytest.fixture
def hills(pack, tmp_path):
    """Give ground: ``hills(bands)`` loads it as the heights of 2025."""

    def loaded(metres: np.ndarray, heights: str = HEIGHTS, years: tuple[int, ...] = (2025,)) -> int:
        pack(registers__plots=HOUSES, layers__plots=RAISED, rasters__heights=heights)
        path = written(tmp_path / "h.tif", metres[None].astype("float32"), crs=4326, transform=GRID)
        for year in years:
            given = {"raster": "heights", "year": year, "source": path}
            rasters.load_file(actor=acting("planning"), at=APPLIED, told=lambda share: None, **given)
        return house(an_officer("planning"), "one", SQUARE, 2)

    return loaded


#: A house of six metres in the middle of the ground's western half.
SQUARE = (
    f"POLYGON(({EAST} {NORTH}, {EAST + 0.0004} {NORTH}, {EAST + 0.0004} {NORTH + 0.0004}, "
    f"{EAST} {NORTH + 0.0004}, {EAST} {NORTH}))"
)


def flat(metres: float = 20.0) -> np.ndarray:
    return np.full((100, 200), metres)


def test_d49_heights_are_taken_between_pixels_in_proportion(hills):
    columns = np.tile(np.arange(200.0), (100, 1))
    hills(columns)
    places = [(WEST + PIXEL * share, TOP - 0.005) for share in (50.5, 50.75, 120.0)]
    found = rasters.ground_heights(None, places)
    assert found is not None
    # reprojected onto the pixels of zoom 14: within a twentieth of a pixel
    assert found.heights == pytest.approx((50.0, 50.25, 119.5), abs=0.05)
    # the sheet says of no number that it stands for nothing: beyond it none is known all the same
    assert rasters.ground_heights(None, [*places, (WEST - 0.0002, TOP - 0.005)]) is None


def test_d49_on_even_ground_a_sight_line_is_as_on_level_ground(hills):
    entry = hills(flat())
    planning = an_officer("planning")
    west, east = (EAST - 0.0005, NORTH + 0.0002, 1.6), (EAST + 0.0009, NORTH + 0.0002, 1.6)
    hidden = api.look(planning, "plots", west, east, "zh")
    assert (hidden.is_seen, hidden.entry, hidden.name) == (False, entry, "one")
    assert hidden.at == (pytest.approx(EAST, abs=1e-7), pytest.approx(NORTH + 0.0002, abs=1e-7), 1.6)
    assert (hidden.ground.zh, hidden.ground.en) == ("影像（2025）", "Imagery (2025)")
    assert api.look(planning, "plots", (*west[:2], 6.0), (*east[:2], 6.0), "zh").is_seen


def test_d49_a_hill_hides_what_lies_behind_it_and_no_house_does(hills):
    """A ridge 60 m high at column 100: from 1.6 m nothing beyond, from 70 m all."""
    metres = flat()
    metres[:, 95:106] = 80.0
    hills(metres)
    planning = an_officer("planning")
    west, east = (WEST + 0.006, TOP - 0.003, 1.6), (WEST + 0.014, TOP - 0.003, 1.6)
    hidden = api.look(planning, "plots", west, east, "en")
    assert (hidden.is_seen, hidden.entry, hidden.name) == (False, None, "The ground")
    assert hidden.at[0] == pytest.approx(WEST + 0.0095, abs=0.0001)
    assert hidden.at[2] == pytest.approx(0.0, abs=1e-6)
    assert api.look(planning, "plots", (*west[:2], 70.0), (*east[:2], 70.0), "en").is_seen


def test_d49_from_a_hill_one_sees_over_the_house_below(hills):
    """The eye 60 m above the house's ground: level ground would have it hidden."""
    metres = flat()
    metres[:, :38] = 80.0
    hills(metres)
    planning = an_officer("planning")
    eye, far = (WEST + 0.0037, NORTH + 0.0002, 1.6), (WEST + 0.009, NORTH + 0.0002, 1.6)
    found = api.look(planning, "plots", eye, far, "en")
    assert (found.is_seen, found.ground is None) == (True, False)


def test_d49_heights_that_are_not_for_a_reader_tell_him_nothing(hills):
    metres = flat()
    metres[:, 95:106] = 80.0
    hills(metres, HEIGHTS.replace("audience: {kind: readers}\n", INSIDE))
    west, east = (WEST + 0.006, TOP - 0.003, 1.6), (WEST + 0.014, TOP - 0.003, 1.6)
    parks = an_officer("parks")
    found = api.look(parks, "plots", west, east, "en")
    assert (found.is_seen, found.ground) == (True, None)
    page = signed_in(parks).get("/map/solids/", {"centre": f"{EAST},{NORTH}"}).content.decode()
    assert ('id="terrain"' in page, 'id="no-ground"' in page, "heights" in page) == (False, True, False)


def test_d49_a_line_that_leaves_the_heights_is_taken_over_level_ground(hills):
    hills(flat())
    planning = an_officer("planning")
    west, east = (WEST - 0.002, NORTH + 0.0002, 1.6), (EAST + 0.0009, NORTH + 0.0002, 1.6)
    found = api.look(planning, "plots", west, east, "en")
    assert (found.is_seen, found.name, found.ground) == (False, "one", None)


def test_d49_the_page_names_the_latest_heights_and_says_what_a_line_went_over(hills):
    hills(flat(), years=(2025, 2020))
    office = signed_in(an_officer("planning"))
    middle = f"{EAST},{NORTH}"
    asked = {"centre": middle, "eye": f"{middle},1.6", "far": f"{EAST + 0.001},{NORTH - 0.001},1.6"}
    page = office.get("/en/map/solids/", asked).content.decode()
    assert 'data-source="/maps/rasters/heights/2025/terrain.json"' in page
    assert "Taken over the terrain: Imagery (2025)." in page
    elsewhere = office.get("/map/solids/", {"centre": "113.5,23.4"}).content.decode()
    assert "这一带没有可用的高程数据，按平地显示。" in elsewhere
    beyond = {"eye": "113.5,23.4,2", "far": "113.501,23.4,2"}
    assert "按平地计算。" in office.get("/map/solids/", beyond).content.decode()
