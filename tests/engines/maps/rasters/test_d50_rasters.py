"""D50: imagery and heights as cloud-optimised GeoTIFF: exact pixels, for whom, a process of their own."""

from __future__ import annotations

import json
import os
import signal
from io import BytesIO

import numpy as np
import pytest
import rasterio
from PIL import Image
from tests.engines.maps.conftest import APPLIED
from tests.engines.maps.rasters.geotiffs import (
    COLUMN,
    PHOTO,
    RASTERS,
    ROW,
    ZOOM,
    height_bands,
    photo_bands,
    written,
)

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.models import RasterEdition
from yiwang.maps.rasters.api import ensure_imagery, load_file
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.rasters.keeping import PictureStore
from yiwang.maps.rasters.queries import pictures
from yiwang.maps.rasters.queries.editions import folder_of
from yiwang.platform.contracts import Actor, OperationNotAllowed
from yiwang.platform.environment import environment
from yiwang.platform.models import JournalEntry
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
AT = APPLIED
HERE = f"{ZOOM}/{COLUMN}/{ROW}"
KEEPER = acting("planning")


@pytest.fixture(autouse=True)
def _afresh(monkeypatch, tmp_path, pack):
    """A city of its own files, without kept pictures."""
    changed = environment().model_copy(update={"var": tmp_path / "var", "raster_pixels": 1_000_000})
    for place in ("loading", "queries.editions"):
        monkeypatch.setattr(f"yiwang.maps.rasters.{place}.environment", lambda: changed)
    monkeypatch.setattr(pictures, "KEPT", PictureStore(1_000_000))
    pack(**{name.replace("/", "__"): text for name, text in RASTERS.items()})


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    PROCESS.end()


def load(code, path, *, year=2025, actor=KEEPER, told=lambda share: None):
    return load_file(actor=actor, at=AT, raster=code, year=year, source=path, told=told)


def tile(client, asked, code="photo", year=2025):
    return client.get(f"/maps/rasters/{code}/{year}/{asked}")


def pixels(answer) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(answer.content)).convert("RGBA"))


def test_d50_pixels_are_given_exactly_and_what_is_not_there_is_empty(client, tmp_path):
    heard = []
    loaded = load("photo", written(tmp_path / "a.tif", photo_bands(400)), told=heard.append)
    row = RasterEdition.objects.get()
    place = folder_of(row.raster) / row.file
    with rasterio.open(place) as kept:
        assert kept.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (kept.crs.to_epsg(), kept.block_shapes[0], kept.overviews(1)[0]) == (3857, (256, 256), 2)
    assert (loaded.edition, loaded.revision, row.zoom, row.width, row.source_system) == (
        "2025",
        1,
        16,
        400,
        "EPSG:3857",
    )
    assert heard == sorted(heard)
    assert heard[-1] == 0.95

    found = pixels(tile(client, f"{HERE}.png"))
    assert (found[..., :3] == np.moveaxis(photo_bands(256), 0, 2)).all()
    assert (found[..., 3] == 255).all()
    beside = pixels(tile(client, f"{ZOOM}/{COLUMN + 1}/{ROW}.png"))
    assert (beside[:, :144, 0] == np.arange(144)).all()
    assert (beside[:, :144, 3] == 255).all()
    assert (beside[:, 144:, 3] == 0).all()
    assert tile(client, f"{HERE}.webp")["Content-Type"] == "image/webp"
    for outside in (f"{ZOOM}/{COLUMN + 2}/{ROW}.png", "3/0/0.png"):
        answer = tile(client, outside)
        assert (answer.status_code, answer.content) == (204, b"")
    assert tile(client, f"{ZOOM}/{COLUMN}/{ROW}.jpg").status_code == 400
    assert tile(client, f"terrain/{HERE}.png").status_code == 400
    assert tile(client, "2/4/0.png").status_code == 404


def test_d50_heights_are_coded_within_a_256th_of_a_metre_and_shaded(client, tmp_path):
    load("heights", written(tmp_path / "h.tif", height_bands(), nodata=-9999))
    code = pixels(tile(client, f"terrain/{HERE}.png", "heights")).astype("float64")
    heights = code[..., 0] * 256 + code[..., 1] + code[..., 2] / 256 - 32768
    assert (heights == height_bands()[0]).all()

    shade = pixels(tile(client, f"{HERE}.png", "heights"))
    # falls to the west by 0.25 m in 2.389 m × cos 23.09°: 255 × (0.1138 / 2 + √½) / √(1 + 0.1138²)
    assert len(np.unique(shade[1:-1, 1:-1, 0])) == 1
    assert shade[9, 9, 0] == 194
    told = client.get("/maps/rasters/heights/2025/terrain.json").json()
    assert (told["encoding"], told["tiles"]) == (
        "terrarium",
        ["http://testserver/maps/rasters/heights/2025/terrain/{z}/{x}/{y}.png"],
    )
    assert client.get("/maps/rasters/photo/2025/terrain.json").status_code == 404


def test_d50_another_reference_system_is_reprojected(client, tmp_path):
    west, north = 113.262, 23.134
    grid = rasterio.Affine(0.00001, 0, west, 0, -0.00001, north)
    load("photo", written(tmp_path / "a.tif", np.full((1, 300, 300), 77, "uint8"), crs=4490, transform=grid))
    told = client.get("/maps/rasters/photo/2025.json").json()
    assert told["bounds"] == pytest.approx([west, north - 0.003, west + 0.003, north], abs=1e-7)
    assert told["maxzoom"] == 17
    still = pixels(client.get("/maps/rasters/photo/2025/still.png"))
    assert set(map(tuple, still[still[..., 3] == 255])) == {(77, 77, 77, 255)}


def test_d50_an_edition_is_replaced_whole_and_its_tags_with_it(
    client, tmp_path, django_capture_on_commit_callbacks
):
    load("photo", written(tmp_path / "a.tif", photo_bands()))
    first = tile(client, f"{HERE}.png")
    again = client.get(f"/maps/rasters/photo/2025/{HERE}.png", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, first["Cache-Control"]) == (304, "public, no-cache")
    with django_capture_on_commit_callbacks(execute=True):
        loaded = load("photo", written(tmp_path / "b.tif", photo_bands() // 2))
    assert (loaded.revision, loaded.is_renewed) == (2, True)
    second = client.get(f"/maps/rasters/photo/2025/{HERE}.png", headers={"If-None-Match": first["ETag"]})
    assert (pixels(second)[..., :3] == np.moveaxis(photo_bands() // 2, 0, 2)).all()
    assert [path.name for path in folder_of("photo").iterdir()] == [RasterEdition.objects.get().file]


def test_d50_imagery_that_is_not_for_a_reader_is_not_there(client, tmp_path):
    path = written(tmp_path / "a.tif", photo_bands())
    for code in ("inner", "ours"):
        load(code, path)
    addresses = [f"2025/{HERE}.png", "2025.json", "2025/still.png"]

    def seen(reader, code):
        return [reader.get(f"/maps/rasters/{code}/{address}").status_code for address in addresses]

    nothing = client.get(f"/maps/rasters/nothing/2025/{HERE}.png")
    refused = client.get(f"/maps/rasters/inner/2025/{HERE}.png")
    assert refused.json() == json.loads(nothing.content.replace(b"nothing", b"inner"))
    assert seen(client, "inner") == seen(client, "ours") == [404] * 3
    parks = sign_in(client, an_officer("parks"))
    assert (seen(parks, "inner"), seen(parks, "ours")) == ([200] * 3, [404] * 3)
    assert parks.get(f"/maps/rasters/inner/2025/{HERE}.png")["Cache-Control"] == "private, no-cache"
    assert seen(sign_in(client, an_officer("water")), "ours") == [200] * 3
    assert seen(sign_in(client, an_officer("planning")), "ours") == [200] * 3


@pytest.mark.parametrize(
    "actor", [acting("parks"), acting("planning", "window"), Actor(kind="citizen", person_id=1)]
)
def test_d50_only_the_owners_officers_load(tmp_path, actor):
    with pytest.raises(OperationNotAllowed):
        load("photo", written(tmp_path / "a.tif", photo_bands()), actor=actor)
    assert_unchanged()


def assert_unchanged():
    assert not RasterEdition.objects.exists()
    assert list(folder_of("photo").iterdir()) == []


def test_d50_a_loaded_file_stands_in_the_journal(tmp_path):
    load("photo", written(tmp_path / "a.tif", photo_bands()), actor=Actor.system("command line"))
    row = JournalEntry.objects.filter(operation="maps.raster.load").get()
    assert (row.subject, row.detail["raster"], row.detail["year"]) == ("raster:photo/2025", "photo", 2025)


def test_d50_a_process_that_dies_or_hangs_does_not_stop_the_next_tile(client, tmp_path):
    load("photo", written(tmp_path / "a.tif", photo_bands(512)))
    assert tile(client, f"{HERE}.png").status_code == 200
    before = PROCESS.pid
    os.kill(before, signal.SIGKILL)
    assert tile(client, f"{ZOOM}/{COLUMN + 1}/{ROW}.png").status_code == 200
    after = PROCESS.pid
    assert after not in {None, before}

    os.kill(after, signal.SIGSTOP)
    PROCESS._seconds, kept = 0.3, PROCESS._seconds
    hung = tile(client, f"{ZOOM}/{COLUMN}/{ROW + 1}.png")
    PROCESS._seconds = kept
    assert (hung.status_code, hung["Retry-After"]) == (503, "3")
    assert tile(client, f"{ZOOM}/{COLUMN}/{ROW + 1}.png").status_code == 200


def test_d50_a_file_that_broke_ends_no_process(client, tmp_path):
    load("photo", written(tmp_path / "a.tif", photo_bands()))
    load("photo", written(tmp_path / "b.tif", photo_bands()), year=2024)
    row = RasterEdition.objects.get(edition="2024")
    (folder_of("photo") / row.file).write_bytes(b"II*\x00 and nothing more")
    assert tile(client, f"{HERE}.png").status_code == 200
    before = PROCESS.pid
    assert tile(client, f"{HERE}.png", year=2024).status_code == 503
    assert PROCESS.pid == before


def test_d50_the_demonstration_paints_what_is_declared_made_up_once(client, pack):
    assert ensure_imagery(actor=Actor.system("demonstration"), at=AT) == 0
    made_up = f"{PHOTO.replace('code: photo', 'code: orthophotos')}made_up: true\nto_zoom: 16\n"
    pack(rasters__orthophotos=made_up)
    assert ensure_imagery(actor=Actor.system("demonstration"), at=AT) == 2
    assert ensure_imagery(actor=Actor.system("demonstration"), at=AT) == 0
    stills = [client.get(f"/maps/rasters/orthophotos/{year}/still.png").content for year in (1995, 2025)]
    assert all(still.startswith(b"\x89PNG") for still in stills)
    assert stills[0] != stills[1]
    assert "虚构数据 Made up" in client.get("/maps/rasters/orthophotos/1995.json").json()["attribution"]


def test_d50_libraries_of_pictures_stay_out_of_web_processes(web_modules):
    assert {"rasterio", "rio_tiler", "yiwang.maps.rasters.tiling"} & web_modules == set()
    assert "yiwang.maps.rasters.web.tiles" in web_modules
