"""WMTS 1.0.0 for older programs: layers as vector tiles and imagery as pictures, for whom, and refusals."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from django.test import Client
from lxml import etree
from PIL import Image
from pyproj import Transformer
from tests.engines.maps.conftest import APPLIED
from tests.engines.maps.ogc.foreign import read_by
from tests.engines.maps.rasters.geotiffs import (
    COLUMN,
    NORTH,
    PIXEL,
    ROW,
    WEST,
    ZOOM,
    height_bands,
    photo_bands,
    written,
)

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.rules.matrices import set_of
from yiwang.maps.rasters.api import load_file
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.maps.testing import read_tile
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
WMTS = "/ogc/wmts?service=WMTS"
GET = f"{WMTS}&version=1.0.0&request=GetTile"
_GET = GET.partition("?")[2]
HERE = f"{ZOOM}/{ROW}/{COLUMN}"
MVT = "application/vnd.mapbox-vector-tile"
_NS = {"w": "http://www.opengis.net/wmts/1.0", "ows": "http://www.opengis.net/ows/1.1"}
_OWSLIB = """
import json, sys
from owslib.wmts import WebMapTileService
service = WebMapTileService(sys.argv[1])
found = {}
for name, layer in service.contents.items():
    sets = {}
    for link in layer.tilematrixsetlinks:
        matrices = service.tilematrixsets[link].tilematrix
        given = service.gettile(
            layer=name, tilematrixset=link, tilematrix="0", row=0, column=0, format=layer.formats[0]
        )
        sets[link] = [len(matrices), given.info()["Content-Type"]]
    found[name] = [layer.title, layer.formats, sets]
print(json.dumps(found))
"""
_PICTURED = """
import base64, json, sys
from owslib.wmts import WebMapTileService
service = WebMapTileService(sys.argv[1])
found = {}
for name, matrix, row, column in %s:
    given = service.gettile(
        layer="photo.2025", tilematrixset=name, tilematrix=str(matrix), row=row, column=column,
        format="image/png",
    )
    found[name] = [base64.b64encode(given.read()).decode(), given.info()["Content-Type"]]
print(json.dumps(found))
"""
_GDAL = """
import json, sys, rasterio
with rasterio.open("WMTS:" + sys.argv[1] + ",layer=photo.2025") as found:
    window = rasterio.windows.from_bounds(*json.loads(%r), transform=found.transform)
    pixels = found.read(window=window.round_offsets().round_lengths(), out_shape=(found.count, 256, 256))
print(json.dumps({"crs": str(found.crs), "bands": found.count, "pixel": pixels[:3, 7, 40].tolist()}))
"""


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    PROCESS.end()


def test_d44_owslib_reads_each_tile_set_by_wmts(imagery, settings) -> None:
    """Nothing lies in the north-west corner of the world but ocean: vector tiles are empty, pictures none."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    vector = {"WebMercatorQuad": [23, MVT], "CGCS2000Quad": [22, MVT], "CityGrid4549": [15, MVT]}
    found = read_by(_OWSLIB, "/ogc/wmts", actor=imagery.officers["water"])
    kinds = ["image/png", "image/webp"]
    assert {name: said[:2] for name, said in found.items()} == {
        "plots": ["地块", [MVT]],
        "trees": ["古树", [MVT]],
        "ours.2025": ["影像 2025", kinds],
        "photo.2025": ["影像 2025", kinds],
    }
    assert [found[code][2] for code in ("plots", "trees")] == [vector, vector]
    pictured = {"WebMercatorQuad": 23, "CGCS2000Quad": 22, "CityGrid4549": 15}
    for code in ("photo.2025", "ours.2025"):
        assert {name: sets[0] for name, sets in found[code][2].items()} == pictured


def test_d51_owslib_reads_imagery_in_degrees_of_cgcs2000_and_in_the_citys_metres(imagery, settings) -> None:
    """Each pixel is the one whose middle lies there: red by column and green by row of the Mercator photo."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    asked = [
        ["CGCS2000Quad", 4490, 180.0, -180.0, 90.0, 15],
        ["CityGrid4549", 4549, 262144.0, -280000.0, 2720000.0, 9],
    ]
    places = [_matrix_at(*each) for each in asked]
    found = read_by(_PICTURED % json.dumps(places), "/ogc/wmts")
    assert list(found) == ["CGCS2000Quad", "CityGrid4549"]
    for name, matrix, row, column in places:
        picture, kind = found[name]
        assert kind == "image/png"
        shown = np.asarray(Image.open(BytesIO(b64decode(picture))).convert("RGBA")).astype("float64")
        box = set_of(name).box(matrix, row, column)
        pixel = (box[2] - box[0]) / 256
        rows, columns = np.nonzero(shown[..., 3] == 255)
        assert len(rows) > 2_000, name
        for y, x in list(zip(rows, columns, strict=True))[:: len(rows) // 40]:
            red, green = _photo_at(set_of(name).srid, box[0] + (x + 0.5) * pixel, box[3] - (y + 0.5) * pixel)
            if 2 < red < 253 and 2 < green < 253:
                assert shown[y, x, 0] == pytest.approx(red, abs=1.5)
                assert shown[y, x, 1] == pytest.approx(green, abs=1.5)


def test_d51_imagery_that_is_not_for_a_reader_is_in_no_set(imagery) -> None:
    name, matrix, row, column = _matrix_at("CGCS2000Quad", 4490, 180.0, -180.0, 90.0, 15)
    place = f"default/{name}/{matrix}/{row}/{column}.png"
    water = sign_in(Client(), imagery.officers["water"])
    assert water.get(f"/ogc/wmts/1.0.0/ours.2025/{place}").status_code == 200
    assert Client().get(f"/ogc/wmts/1.0.0/ours.2025/{place}").status_code == 400
    empty = Client().get(f"/ogc/wmts/1.0.0/photo.2025/default/{name}/{matrix}/0/0.png")
    assert (empty.status_code, empty.content) == (204, b"")


def test_d51_heights_are_shaded_alike_in_both_sets(imagery, tmp_path) -> None:
    load_file(
        actor=acting("planning"), at=APPLIED, raster="heights", year=2025,
        source=written(tmp_path / "h.tif", height_bands(), nodata=-9999), told=lambda share: None,
    )  # fmt: skip
    for said in (
        ("CGCS2000Quad", 4490, 180.0, -180.0, 90.0, 16),
        ("CityGrid4549", 4549, 262144.0, -280000.0, 2720000.0, 9),
    ):
        name, matrix, row, column = _matrix_at(*said)
        given = Client().get(f"/ogc/wmts/1.0.0/heights.2025/default/{name}/{matrix}/{row}/{column}.png")
        shown = np.asarray(Image.open(BytesIO(given.content)).convert("LA"))
        light = shown[..., 0][shown[..., 1] == 255]
        # 194 in the Mercator square: the same slope, so the same light but for the borders
        assert np.median(light) == pytest.approx(194, abs=2)


def _matrix_at(
    name: str, srid: int, side: float, west: float, north: float, matrix: int
) -> tuple[str, int, int, int]:
    """The tile in which the middle of the photo lies."""
    x, y = Transformer.from_crs(3857, srid, always_xy=True).transform(WEST + 128 * PIXEL, NORTH - 128 * PIXEL)
    length = side / (1 << matrix)
    return name, matrix, int((north - y) / length), int((x - west) / length)


def _photo_at(srid: int, x: float, y: float) -> tuple[float, float]:
    east, up = Transformer.from_crs(srid, 3857, always_xy=True).transform(x, y)
    return (east - WEST) / PIXEL - 0.5, (NORTH - up) / PIXEL - 0.5


def test_d44_gdal_reads_the_pixels_of_imagery_by_wmts(imagery, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    bounds = [WEST, NORTH - 256 * PIXEL, WEST + 256 * PIXEL, NORTH]
    found = read_by(_GDAL % str(bounds), "/ogc/wmts/1.0.0/WMTSCapabilities.xml")
    assert found == {"crs": "EPSG:3857", "bands": 4, "pixel": [40, 7, 47]}


def test_d44_tiles_of_wmts_are_those_of_the_other_addresses(client, imagery) -> None:
    asked = "&style=default&tilematrixset=WebMercatorQuad"
    place = f"&tilematrix={ZOOM}&tilerow={ROW}&tilecol={COLUMN}"
    for ending in ("png", "webp"):
        same = client.get(f"/maps/rasters/photo/2025/{ZOOM}/{COLUMN}/{ROW}.{ending}")
        pairs = client.get(f"{GET}&layer=photo.2025{asked}{place}&format=image/{ending}")
        address = client.get(f"/ogc/wmts/1.0.0/photo.2025/default/WebMercatorQuad/{HERE}.{ending}")
        assert pairs.content == address.content == same.content
        assert pairs["Content-Type"] == address["Content-Type"] == f"image/{ending}"
    given = client.get(f"{GET}&layer=photo.2025{asked}{place}&format=image/png")
    shown = np.asarray(Image.open(BytesIO(given.content)).convert("RGB"))
    assert (np.moveaxis(shown, -1, 0) == photo_bands()).all()
    trees = client.get("/ogc/wmts/1.0.0/trees/default/WebMercatorQuad/14/7109/13346.mvt")
    assert (trees["Content-Type"], trees.content) == (
        MVT,
        client.get("/ogc/collections/trees/tiles/WebMercatorQuad/14/7109/13346").content,
    )
    assert "T1" in {each["number"] for each in read_tile(trees.content).of("trees")}
    empty = client.get(f"/ogc/wmts/1.0.0/photo.2025/default/WebMercatorQuad/{ZOOM}/0/0.png")
    assert (empty.status_code, empty.content) == (204, b"")
    again = client.get(
        f"/ogc/wmts/1.0.0/photo.2025/default/WebMercatorQuad/{HERE}.png",
        headers={"If-None-Match": given["ETag"]},
    )
    assert again.status_code == 304


def _listed(client: Client) -> list[str]:
    said = etree.fromstring(client.get(f"{WMTS}&request=GetCapabilities").content)
    return said.xpath("//w:Layer/ows:Identifier/text()", namespaces=_NS)


def test_d44_layers_and_imagery_of_wmts_are_those_of_the_reader(imagery) -> None:
    seen = {code: _listed(sign_in(Client(), officer)) for code, officer in imagery.officers.items()}
    everybody = ["trees", "photo.2025"]
    assert {code: sorted(each) for code, each in (seen | {"nobody": _listed(Client())}).items()} == {
        "planning": ["ours.2025", "photo.2025", "plots", "trees"],
        "parks": ["photo.2025", "plots", "trees"],
        "water": ["ours.2025", "photo.2025", "plots", "trees"],
        "labour": sorted(everybody),
        "nobody": sorted(everybody),
    }
    root = "/ogc/wmts/1.0.0"
    for path, name in (("ours.2025", "png"), ("plots", "mvt")):
        answers = [
            Client().get(f"{root}/{each}/default/WebMercatorQuad/{HERE}.{name}")
            for each in (path, path.replace("ours", "none").replace("plots", "nothing"))
        ]
        assert [each.status_code for each in answers] == [400, 400]
        said = answers[1].content.replace(b"nothing", b"plots").replace(b"none", b"ours")
        assert answers[0].content == said
    water = sign_in(Client(), imagery.officers["water"])
    given = water.get(f"{root}/ours.2025/default/WebMercatorQuad/{HERE}.png")
    assert (given.status_code, given["Cache-Control"]) == (200, "private, no-cache")
    same = [water.get(f"{root}/WMTSCapabilities.xml"), water.get(f"{WMTS}&request=GetCapabilities")]
    assert same[0].content == same[1].content
    assert same[0]["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("query", "code", "locator"),
    [
        ("request=GetTile", "MissingParameterValue", "SERVICE"),
        ("service=WMTS&request=GetFeatureInfo", "OperationNotSupported", "REQUEST"),
        (
            "service=WMTS&request=GetCapabilities&acceptversions=2.0.0",
            "VersionNegotiationFailed",
            "ACCEPTVERSIONS",
        ),
        ("GET", "MissingParameterValue", "FORMAT"),
        ("GET&format=image/jpeg", "InvalidParameterValue", "FORMAT"),
        (f"GET&format={MVT}", "MissingParameterValue", "TILEMATRIX"),
        (f"GET&format={MVT}&style=dark", "InvalidParameterValue", "STYLE"),
        ("TILE&layer=trees&tilematrixset=nothing", "InvalidParameterValue", "TILEMATRIXSET"),
        ("TILE&layer=nothing&tilematrixset=CGCS2000Quad", "InvalidParameterValue", "LAYER"),
        ("TILE&tilematrixset=CGCS2000Quad", "MissingParameterValue", "LAYER"),
        ("TILE&layer=photo.1999&tilematrixset=WebMercatorQuad", "InvalidParameterValue", "LAYER"),
        ("TILE&layer=trees&tilematrixset=WebMercatorQuad&tilerow=1", "InvalidParameterValue", "TILEROW"),
        (
            f"GET&format={MVT}&layer=trees&tilematrixset=WebMercatorQuad&tilematrix=0&tilerow=0&tilecol=1",
            "TileOutOfRange",
            "TILEMATRIX",
        ),
        (
            f"GET&format={MVT}&layer=trees&tilematrixset=CGCS2000Quad&tilematrix=99&tilerow=0&tilecol=0",
            "TileOutOfRange",
            "TILEMATRIX",
        ),
        (
            f"GET&format={MVT}&layer=trees&tilematrixset=CGCS2000Quad&tilematrix=0&tilerow=-1&tilecol=x",
            "TileOutOfRange",
            "TILEMATRIX",
        ),
    ],
)
def test_d44_what_wmts_is_asked_wrongly_is_reported(client, city, query, code, locator) -> None:
    one = f"{_GET}&format={MVT}&tilematrix=0&tilerow=0&tilecol=0"
    said = re.sub("^GET", _GET, re.sub("^TILE", one, query))
    answer = client.get(f"/ogc/wmts?{said}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/xml; charset=utf-8")
    report = etree.fromstring(answer.content)
    assert report.get("version") == "1.0.0"
    assert (report[0].get("exceptionCode"), report[0].get("locator")) == (code, locator)
    assert len(report[0]) == 2
