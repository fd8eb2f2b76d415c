"""D46: imagery as map tiles of OGC API - Tiles: in each matrix set, for whom, and read by GDAL."""

from __future__ import annotations

import zlib
from base64 import b64decode
from io import BytesIO

import numpy as np
import pytest
from django.test import Client
from PIL import Image
from tests.engines.maps.conftest import APPLIED
from tests.engines.maps.ogc.foreign import read_by
from tests.engines.maps.ogc.test_wmts import HERE, _matrix_at, _photo_at
from tests.engines.maps.rasters.geotiffs import COLUMN, ROW, ZOOM, photo_bands

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.rules.conformance import CLASSES
from yiwang.maps.ogc.rules.matrices import SETS, set_of
from yiwang.maps.rasters.api import take_back_edition
from yiwang.maps.rasters.drawing import OWN as PROCESS
from yiwang.registers.testing import an_officer as acting

pytestmark = pytest.mark.django_db
REL = "http://www.opengis.net/def/rel/ogc/1.0"
PHOTO = "/ogc/collections/photo.2025"
PLACES = (
    ("WebMercatorQuad", str(ZOOM), ROW, COLUMN),
    _matrix_at("CGCS2000Quad", 4490, 180.0, -180.0, 90.0, 15),
    _matrix_at("CityGrid4549", 4549, 262144.0, -280000.0, 2720000.0, 9),
)
#: By the templated link alone, as a tiled map server: the wheels' GDAL has no driver of OGC API - Tiles.
_GDAL = """
import base64, json, sys, urllib.request, zlib, rasterio
from rasterio.windows import Window
name, matrix, west, north, side, system, row, column = %s
with urllib.request.urlopen(sys.argv[1] + "collections/photo.2025/map/tiles/" + name) as said:
    item = next(each["href"] for each in json.load(said)["links"] if each.get("type") == "image/png")
item = item.replace("{tileMatrix}", str(matrix)).replace("{tileRow}", "${y}").replace("{tileCol}", "${x}")
wide = 1 << matrix
source = (
    f"<GDAL_WMS><Service name='TMS'><ServerUrl>{item}</ServerUrl></Service><DataWindow><UpperLeftX>{west}"
    f"</UpperLeftX><UpperLeftY>{north}</UpperLeftY><LowerRightX>{west + side * wide}</LowerRightX>"
    f"<LowerRightY>{north - side * wide}</LowerRightY><TileLevel>0</TileLevel><SizeX>{wide * 256}</SizeX>"
    f"<SizeY>{wide * 256}</SizeY><YOrigin>top</YOrigin></DataWindow>"
    f"<Projection>{system}</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>4</BandsCount></GDAL_WMS>"
)
with rasterio.open(source) as found:
    pixels = found.read(window=Window(column * 256, row * 256, 256, 256))
packed = base64.b64encode(zlib.compress(pixels.tobytes())).decode()
print(json.dumps({"crs": str(found.crs), "pixels": packed}))
"""


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    PROCESS.end()


def links(client, address) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for each in client.get(address).json()["links"]:
        found.setdefault(each["rel"], []).append(each)
    return found


def test_d46_imagery_is_a_collection_with_map_tiles_and_no_features(client, imagery) -> None:
    listed = client.get("/ogc/collections").json()["collections"]
    photo = next(each for each in listed if each["id"] == "photo.2025")
    assert (photo["title"], photo["dataType"], "itemType" in photo) == ("影像 2025", "map", False)
    assert photo["extent"]["temporal"]["interval"] == [["2025-01-01T00:00:00Z", "2025-12-31T23:59:59Z"]]
    west, south, east, north = photo["extent"]["spatial"]["bbox"][0]
    assert (west, east) == pytest.approx((COLUMN / 65536 * 360 - 180, (COLUMN + 1) / 65536 * 360 - 180))
    assert south < north
    assert [each["rel"] for each in photo["links"]] == [f"{REL}/tilesets-map"]
    one = client.get(PHOTO).json()
    assert {key: value for key, value in one.items() if key != "links"} == {
        key: value for key, value in photo.items() if key != "links"
    }
    assert [each["rel"] for each in one["links"]] == ["self", "alternate", f"{REL}/tilesets-map"]
    for missing in ("items", "queryables", "tiles"):
        assert client.get(f"{PHOTO}/{missing}").status_code == 404
    assert client.get("/ogc/collections/trees/map/tiles").status_code == 404
    assert "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png" in CLASSES


def test_ats_map_tiles_each_link_of_each_set_gives_a_tile(client, imagery) -> None:
    (at,) = links(client, PHOTO)[f"{REL}/tilesets-map"]
    tilesets = client.get(at["href"].removeprefix("http://testserver")).json()["tilesets"]
    assert [each["tileMatrixSetId"] for each in tilesets] == [each.id for each in SETS]
    for each, (name, matrix, row, column) in zip(tilesets, PLACES, strict=True):
        assert (each["dataType"], each["layers"][0]["dataType"]) == ("map", "map")
        assert (each["tileMatrixSetId"], each["crs"]) == (name, set_of(name).system_uri)
        one = client.get(f"{PHOTO}/map/tiles/{name}").json()
        assert one == each
        by_rel = links(client, f"{PHOTO}/map/tiles/{name}")
        scheme = by_rel[f"{REL}/tiling-scheme"][0]["href"].removeprefix("http://testserver")
        assert client.get(scheme).json()["id"] == name
        assert [item["type"] for item in by_rel["item"]] == ["image/png", "image/webp"]
        for item in by_rel["item"]:
            assert item["templated"] is True
            place = {"tileMatrix": matrix, "tileRow": row, "tileCol": column}
            address = item["href"].removeprefix("http://testserver")
            for key, value in place.items():
                address = address.replace(f"{{{key}}}", str(value))
            given = client.get(address)
            assert (given.status_code, given["Content-Type"]) == (200, item["type"])
            picture = Image.open(BytesIO(given.content))
            assert (picture.size, picture.format) == ((256, 256), item["type"][6:].upper())
            ending = item["type"][6:]
            same = client.get(f"/ogc/wmts/1.0.0/photo.2025/default/{name}/{matrix}/{row}/{column}.{ending}")
            assert given.content == same.content
            assert [given[head] for head in ("ETag", "Cache-Control", "Vary")] == [
                same[head] for head in ("ETag", "Cache-Control", "Vary")
            ]


def test_d46_a_tile_is_given_in_the_form_that_is_asked_for_and_refusals_are_told(client, imagery) -> None:
    tile = f"{PHOTO}/map/tiles/WebMercatorQuad/{HERE}"

    def kind(accept: str) -> str:
        return client.get(tile, headers={"Accept": accept})["Content-Type"]

    assert [kind(each) for each in ("*/*", "image/webp", "image/webp,image/png", "image/*")] == [
        "image/png", "image/webp", "image/png", "image/png",
    ]  # fmt: skip
    given = client.get(tile)
    assert client.get(tile, headers={"If-None-Match": given["ETag"]}).status_code == 304
    answers = {
        f"{tile}?f=jpeg": 400,
        f"{tile}?style=x": 400,
        f"{PHOTO}/map/tiles/Nothing/{HERE}": 404,
        f"{PHOTO}/map/tiles/WebMercatorQuad/23/0/0": 404,
        f"{PHOTO}/map/tiles/WebMercatorQuad/2/4/0": 404,
        f"{PHOTO}/map/tiles/WebMercatorQuad/x/0/0": 404,
        f"/ogc/collections/photo.1999/map/tiles/WebMercatorQuad/{HERE}": 404,
        f"{PHOTO}/map/tiles/WebMercatorQuad/3/0/0": 204,
    }
    assert {address: client.get(address).status_code for address in answers} == answers
    assert client.get(f"{tile}?f=jpeg").json()["detail"] == {
        "zh": "参数f有误：应为png、webp之一",
        "en": "Parameter f is wrong: it is one of png, webp",
    }


def test_d46_imagery_that_is_not_for_a_reader_is_in_no_document(client, imagery) -> None:
    addresses = [
        "/ogc/collections/ours.2025",
        "/ogc/collections/ours.2025/map/tiles",
        "/ogc/collections/ours.2025/map/tiles/WebMercatorQuad",
        f"/ogc/collections/ours.2025/map/tiles/WebMercatorQuad/{HERE}",
    ]
    water, parks = (
        sign_in(Client(), imagery.officers["water"]), sign_in(Client(), imagery.officers["parks"]),
    )  # fmt: skip

    def seen(reader) -> list[int]:
        return [reader.get(address).status_code for address in addresses]

    assert [seen(client), seen(parks), seen(water)] == [[404] * 4, [404] * 4, [200] * 4]
    refused, nothing = (
        client.get(address).json()["detail"]["en"]
        for address in (addresses[3], addresses[3].replace("ours", "nowhere"))
    )
    assert refused == nothing.replace("nowhere", "ours")
    for reader, there in ((client, False), (parks, False), (water, True)):
        said = reader.get("/ogc/collections")
        assert ("ours.2025" in said.content.decode()) is there
        page = reader.get("/ogc/collections?f=html").content.decode()
        assert ("ours.2025" in page) is there
        # of what not everybody sees a document is nobody else's
        assert said["Cache-Control"] == ("public, no-cache" if reader is client else "private, no-cache")
    assert water.get(addresses[3])["Cache-Control"] == "private, no-cache"
    assert client.get(f"{PHOTO}/map/tiles/WebMercatorQuad/{HERE}")["Cache-Control"] == "public, no-cache"

    take_back_edition(actor=acting("planning"), at=APPLIED, raster="photo", edition="2025", reason="有误")
    assert client.get(f"{PHOTO}/map/tiles/WebMercatorQuad/{HERE}").status_code == 404
    assert "photo.2025" not in client.get("/ogc/collections").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_d46_people_read_of_imagery_on_a_page(client, imagery, language) -> None:
    answer = client.get(f"{language}{PHOTO}", headers={"Accept": "text/html"})
    page = answer.content.decode()
    words = ("瓦片集", "网络墨卡托") if not language else ("Tile sets", "Web Mercator")
    assert all(each in page for each in (*words, "/maps/rasters/photo/2025/still.png"))


def test_d46_other_programs_read_features_beside_imagery_as_before(imagery, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    script = """
import json, sys, pyogrio
from owslib.ogcapi.features import Features
layers = [each[0] for each in pyogrio.list_layers("OAPIF:" + sys.argv[1])]
_, table = pyogrio.read_arrow("OAPIF:" + sys.argv[1], layer="trees")
owslib = Features(sys.argv[1]).feature_collections()
print(json.dumps({"layers": layers, "trees": table.num_rows, "owslib": owslib}))
"""
    found = read_by(script)
    assert found == {"layers": ["trees"], "trees": 12, "owslib": ["trees"]}


@pytest.mark.parametrize("name", ["WebMercatorQuad", "CityGrid4549"])
def test_d46_gdal_reads_the_pixels_of_imagery_from_map_tiles(imagery, settings, name) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    found_set = set_of(name)
    _, matrix, row, column = next(each for each in PLACES if each[0] == name)
    side = found_set.side / (1 << int(matrix))
    said = (name, int(matrix), found_set.west, found_set.north, side, f"EPSG:{found_set.srid}", row, column)
    found = read_by(_GDAL % repr(said))
    pixels = np.frombuffer(zlib.decompress(b64decode(str(found["pixels"]))), "uint8").reshape(4, 256, 256)
    assert found["crs"] == f"EPSG:{found_set.srid}"
    if name == "WebMercatorQuad":
        assert (pixels[:3] == photo_bands()).all()
        assert (pixels[3] == 255).all()
        return
    rows, columns = np.nonzero(pixels[3] == 255)
    assert len(rows) > 2_000
    middle = len(rows) // 2
    x = found_set.west + column * side + (columns[middle] + 0.5) * side / 256
    y = found_set.north - row * side - (rows[middle] + 0.5) * side / 256
    red, green = _photo_at(found_set.srid, x, y)
    assert tuple(pixels[:2, rows[middle], columns[middle]]) == pytest.approx((red, green), abs=1.5)
