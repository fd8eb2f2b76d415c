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
names = sorted(name for name, _ in pyogrio.list_layers(at))
info = pyogrio.read_info(at, layer="trees")
meta, _, shapes, fields = pyogrio.raw.read(at, layer="trees", read_geometry=True)
numbers = fields[list(meta["fields"]).index("number")]
box = pyogrio.raw.read(at, layer="trees", bbox=(113.2659, 23, 113.2679, 24))
where = pyogrio.raw.read(at, layer="trees", where="number = 'T3'")
print(json.dumps({
    "layers": names, "geometry": info["geometry_type"], "features": len(shapes),
    "numbers": sorted(numbers), "box": len(box[2]), "where": len(where[2]),
}))
"""
_OWSLIB = """
import json, sys
from owslib.ogcapi.features import Features
service = Features(sys.argv[1])
found = service.collection_items("trees", limit=3, bbox=[113.2659, 23, 113.2679, 24])
print(json.dumps({
    "conformance": len(service.conformance()["conformsTo"]) > 20, "layers": service.feature_collections(),
    "title": service.collection("trees")["title"],
    "asked": sorted(service.collection_queryables("trees")["properties"]),
    "numbers": [each["properties"]["number"] for each in found["features"]],
    "one": service.collection_item("trees", str(found["features"][0]["id"]))["properties"]["number"],
}))
"""


def test_d44_gdal_reads_each_layer(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert read_by(_GDAL) == {
        "layers": ["trees"],
        "geometry": "Point",
        "features": 12,
        "numbers": sorted(f"T{n}" for n in range(1, 13)),
        "box": 2,
        "where": 1,
    }


def test_d44_owslib_reads_each_layer(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert read_by(_OWSLIB) == {
        "conformance": True,
        "layers": ["trees"],
        "title": "古树",
        "asked": ["geometry", "girth", "listed", "number", "planted", "seen"],
        "numbers": ["T2", "T3"],
        "one": "T2",
    }
