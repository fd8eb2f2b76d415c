"""Abstract test cases of 17-069r4, 18-058r1, 19-079r2 and 20-057 by their names, over all collections."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.engines.maps.ogc.conftest import EAST, NORTH

from yiwang.identity.testing import sign_in

pytestmark = pytest.mark.django_db
_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture
def desk(city) -> Client:
    """Somebody who sees both collections."""
    return sign_in(Client(), city.officers["planning"])


def _rels(body) -> set[str]:
    return {each["rel"] for each in body["links"]}


def _each(desk):
    found = desk.get("/ogc/collections").json()["collections"]
    assert [each["id"] for each in found] == ["plots", "trees"]
    return [each["id"] for each in found]


def test_ats_core_root_op__conf_core(desk) -> None:
    answer = desk.get("/ogc/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= _rels(answer.json())
    for each in answer.json()["links"]:
        split = urlsplit(each["href"])
        assert desk.get(f"{split.path}?{split.query}").status_code == 200


def test_ats_core_api_definition_op__conf_oas30(desk) -> None:
    answer = desk.get("/ogc/api")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    said = answer.json()
    assert said["openapi"].startswith("3.0.")
    parameters = said["components"]["parameters"]
    for path, operations in said["paths"].items():
        refs = [each["$ref"].rsplit("/", 1)[1] for each in operations["get"]["parameters"]]
        assert set(re.findall(r"\{(\w+)\}", path)) <= set(refs) <= set(parameters)
        assert {"200", "400", "404"} <= set(operations["get"]["responses"])
        for method in set(operations) - {"get"}:
            assert {"202", "403", "412", "428"} <= set(operations[method]["responses"])
            named = {each["$ref"].rsplit("/", 1)[1] for each in operations[method]["parameters"]}
            assert named <= set(parameters)
    assert said["security"] == [{}, {"bearer": []}]
    assert said["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    ids = [each["operationId"] for path in said["paths"].values() for each in path.values()]
    assert len(ids) == len(set(ids))
    assert {".collection.vector.getTile", "getTileMatrixSet", "updateFeature"} <= set(ids)
    assert (parameters["limit"]["schema"]["maximum"], parameters["bbox"]["explode"]) == (10000, False)


def test_ats_core_conformance_op__conf_core(desk) -> None:
    said = desk.get("/ogc/conformance").json()["conformsTo"]
    for part in (
        "ogcapi-features-1/1.0/conf/core",
        "ogcapi-features-2/1.0/conf/crs",
        "cql2/1.0/conf/basic-cql2",
    ):
        assert f"http://www.opengis.net/spec/{part}" in said


def test_ats_core_collections_and_collection_op__conf_core(desk) -> None:
    listed = {each["id"]: each for each in desk.get("/ogc/collections").json()["collections"]}
    for code in _each(desk):
        one = desk.get(f"/ogc/collections/{code}").json()
        assert {"self", "alternate", "items", f"{_REL}queryables"} <= _rels(one)
        assert {key: one[key] for key in one if key != "links"} == {
            key: listed[code][key] for key in listed[code] if key != "links"
        }
        ((west, south, east, north),) = one["extent"]["spatial"]["bbox"]
        assert west < EAST + 0.001 < east
        assert south < NORTH < north


def test_ats_core_features_op__conf_geojson(desk) -> None:
    for code in _each(desk):
        answer = desk.get(f"/ogc/collections/{code}/items?limit=2")
        body = answer.json()
        assert (answer["Content-Type"], body["type"]) == ("application/geo+json", "FeatureCollection")
        assert {"self", "alternate"} <= _rels(body)
        assert body["numberReturned"] == len(body["features"]) == 2
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", body["timeStamp"])
        one = desk.get(f"/ogc/collections/{code}/items/{body['features'][0]['id']}").json()
        assert {key: one[key] for key in one if key != "links"} == body["features"][0]
        assert {"self", "alternate", "collection"} <= _rels(one)


def test_ats_core_fc_time_definition__conf_core(desk) -> None:
    for code in _each(desk):
        for said, expected in {
            "2026-03-05": True,
            "2020-01-01": False,
            "2020-01-01/2026-06-01": True,
            "../2026-06-01": True,
            "2026-03-05T00:00:00Z/..": True,
            "../2019-12-31": False,
        }.items():
            found = desk.get(f"/ogc/collections/{code}/items", {"datetime": said}).json()["features"]
            assert bool(found) == expected, (code, said)


def test_ats_core_unknown_and_invalid_parameters__conf_core(desk) -> None:
    for path in ("", "conformance", "collections", "api", "tileMatrixSets"):
        assert desk.get(f"/ogc/{path}?nothing=1").status_code == 400
    for code in _each(desk):
        for path in ("", "/queryables", "/items", "/tiles"):
            assert desk.get(f"/ogc/collections/{code}{path}?nothing=1").status_code == 400


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_ats_html_content__conf_html(desk, city, prefix) -> None:
    pages = ["", "conformance", "collections", "collections/trees", "collections/trees/items"]
    for path in [*pages, f"collections/trees/items/{city.trees[0]}"]:
        answer = desk.get(f"{prefix}/ogc/{path}", HTTP_ACCEPT="text/html,application/xhtml+xml,*/*")
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8"), path
        assert (b'<html lang="en' in answer.content) == bool(prefix)
        assert desk.get(f"{prefix}/ogc/{path}?f=json", HTTP_ACCEPT="text/html").json()


def test_ats_crs_uri_and_parameters__conf_crs(desk) -> None:
    for code in _each(desk):
        one = desk.get(f"/ogc/collections/{code}").json()
        assert one["crs"][0].endswith("/CRS84")
        for uri in one["crs"]:
            answer = desk.get(f"/ogc/collections/{code}/items", {"crs": uri, "limit": "1"})
            assert answer["Content-Crs"] == f"<{uri}>"
        for name in ("crs", "bbox-crs", "filter-crs"):
            assert desk.get(f"/ogc/collections/{code}/items", {name: f"{_EPSG}1"}).status_code == 400


def test_ats_queryables_response__conf_queryables(desk) -> None:
    for code in _each(desk):
        answer = desk.get(f"/ogc/collections/{code}/queryables")
        said = answer.json()
        assert (answer["Content-Type"], said["type"]) == ("application/schema+json", "object")
        assert said["$id"].endswith(f"/ogc/collections/{code}/queryables")
        for name, schema in said["properties"].items():
            assert "type" in schema or schema["x-ogc-role"] == "primary-geometry"
            text = f"{name} IS NULL OR NOT ({name} IS NULL)"
            found = desk.get(f"/ogc/collections/{code}/items", {"filter": text, "limit": "100"})
            assert found.json()["numberMatched"] == {"plots": 3, "trees": 12}[code]


def test_ats_tiles_tilesets_and_matrix_sets__conf_tilesets_list(desk) -> None:
    sets = [each["id"] for each in desk.get("/ogc/tileMatrixSets").json()["tileMatrixSets"]]
    assert sets == ["WebMercatorQuad", "CGCS2000Quad", "CityGrid4549"]
    for name in sets:
        matrices = desk.get(f"/ogc/tileMatrixSets/{name}").json()["tileMatrices"]
        ratios = {a["cellSize"] / b["cellSize"] for a, b in pairwise(matrices)}
        assert ratios == {2.0}
    square = desk.get("/ogc/tileMatrixSets/WebMercatorQuad").json()["tileMatrices"][0]
    assert square["scaleDenominator"] == pytest.approx(559082264.028717, rel=1e-12)
    degrees = desk.get("/ogc/tileMatrixSets/CGCS2000Quad").json()["tileMatrices"][0]
    assert degrees["scaleDenominator"] == pytest.approx(279541132.014358, rel=1e-12)
    assert degrees["pointOfOrigin"] == [90.0, -180.0]
    assert desk.get("/ogc/tileMatrixSets/nothing").status_code == 404
    for code in _each(desk):
        listed = desk.get(f"/ogc/collections/{code}/tiles").json()["tilesets"]
        assert [each["tileMatrixSetId"] for each in listed] == sets
        for each in listed:
            assert desk.get(f"/ogc/collections/{code}/tiles/{each['tileMatrixSetId']}").json() == each
            assert {"self", "item", f"{_REL}tiling-scheme"} <= _rels(each)
