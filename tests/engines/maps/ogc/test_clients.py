"""Programs that others wrote read the layers: GDAL's driver OAPIF and OWSLib.

They run in a process of their own; what they ask is answered here, inside the test's transaction.
"""

from __future__ import annotations

import pytest
from tests.engines.maps.ogc.foreign import read_by

pytestmark = pytest.mark.django_db
_GDAL = """
import json, sys, pyogrio
at = "OAPIF:" + sys.argv[1]
found = {}
for name, kind in pyogrio.list_layers(at):
    meta, _, shapes, fields = pyogrio.raw.read(at, layer=name, read_geometry=True)
    numbers = fields[list(meta["fields"]).index("number")]
    found[name] = [pyogrio.read_info(at, layer=name)["geometry_type"], len(shapes), sorted(numbers)]
box = pyogrio.raw.read(at, layer="trees", bbox=(113.2659, 23, 113.2679, 24))
where = pyogrio.raw.read(at, layer="trees", where="number = 'T3'")
print(json.dumps({"layers": found, "box": len(box[2]), "where": len(where[2])}))
"""
_OWSLIB = """
import json, sys
from owslib.ogcapi.features import Features
service = Features(sys.argv[1])
found = {}
for code in service.feature_collections():
    page = service.collection_items(code, limit=2)["features"]
    found[code] = [
        service.collection(code)["title"],
        sorted(service.collection_queryables(code)["properties"]),
        [each["properties"]["number"] for each in page],
        service.collection_item(code, str(page[0]["id"]))["properties"]["number"],
    ]
box = service.collection_items("trees", limit=3, bbox=[113.2659, 23, 113.2679, 24])["features"]
conformance = len(service.conformance()["conformsTo"]) > 20
print(json.dumps({"layers": found, "box": len(box), "conformance": conformance}))
"""
#: The tile of each set in which the first tree stands, as a matrix set describes itself; GDAL reads it.
_TILES = """
import json, sys, tempfile, urllib.request, pyogrio, pyproj
def given(path):
    with urllib.request.urlopen(sys.argv[1] + path) as answer:
        return answer.read()
found = {}
for code in [each["id"] for each in json.loads(given("collections?f=json"))["collections"]]:
    for each in json.loads(given(f"collections/{code}/tiles"))["tilesets"]:
        name = each["tileMatrixSetId"]
        said = json.loads(given(f"tileMatrixSets/{name}"))
        matrix = next(one for one in said["tileMatrices"] if one["scaleDenominator"] < 20000)
        system = pyproj.CRS(said["crs"])
        first, second = pyproj.Transformer.from_crs("EPSG:4490", system).transform(23.1291, 113.2652)
        is_north_first = system.axis_info[0].direction == "north"
        y, x = (first, second) if is_north_first else (second, first)
        top, left = matrix["pointOfOrigin"][:: 1 if is_north_first else -1]
        side = matrix["cellSize"] * matrix["tileWidth"]
        place = f"{matrix['id']}/{int((top - y) / side)}/{int((x - left) / side)}"
        with tempfile.NamedTemporaryFile(suffix=".pbf") as file:
            file.write(given(f"collections/{code}/tiles/{name}/{place}"))
            file.flush()
            info = pyogrio.read_info("MVT:" + file.name)
        is_named = "number" in info["fields"]
        found[f"{code} {name}"] = [str(info["layer_name"]), int(info["features"]) > 0, is_named]
print(json.dumps(found))
"""


def test_d44_gdal_reads_each_layer(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert read_by(_GDAL, actor=city.officers["planning"]) == {
        "layers": {
            "plots": ["MultiPolygon", 3, ["parks-1", "planning-1", "water-1"]],
            "trees": ["Point", 12, sorted(f"T{n}" for n in range(1, 13))],
        },
        "box": 2,
        "where": 1,
    }


def test_d44_owslib_reads_each_layer(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert read_by(_OWSLIB, actor=city.officers["planning"]) == {
        "layers": {
            "plots": [
                "地块",
                ["geometry", "number", "price"],
                ["planning-1", "parks-1"],
                "planning-1",
            ],
            "trees": [
                "古树",
                ["geometry", "girth", "listed", "number", "planted", "seen"],
                ["T1", "T2"],
                "T1",
            ],
        },
        "box": 2,
        "conformance": True,
    }


def test_d51_gdal_reads_a_tile_of_each_set_of_each_layer(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    sets = ("WebMercatorQuad", "CGCS2000Quad", "CityGrid4549")
    assert read_by(_TILES, actor=city.officers["planning"]) == {
        f"{code} {name}": [code, True, True] for code in ("plots", "trees") for name in sets
    }
