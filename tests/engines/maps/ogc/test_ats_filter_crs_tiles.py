"""Abstract test cases of 18-058r1, 19-079r2 and 20-057 that go over every collection, system and tile set."""

from __future__ import annotations

import math

import pyproj
import pytest
from django.test import Client
from tests.engines.maps.ogc.conftest import EAST, NORTH

from yiwang.identity.testing import sign_in
from yiwang.maps.testing import read_tile

pytestmark = pytest.mark.django_db
_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CODES = ("plots", "trees")
_ELSEWHERE = "10,10,11,11"


@pytest.fixture
def desk(city) -> Client:
    """Somebody who sees both collections."""
    return sign_in(Client(), city.officers["planning"])


def _ids(desk, code, **asked) -> list[int]:
    answer = desk.get(f"/ogc/collections/{code}/items", {"limit": "100", **asked})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/geo+json"), answer.content
    return [each["id"] for each in answer.json()["features"]]


def _box(desk, code) -> tuple[float, float, float, float]:
    """West, south, east and north of a collection, with a little beside: an extent is rounded."""
    ((west, south, east, north),) = desk.get(f"/ogc/collections/{code}").json()["extent"]["spatial"]["bbox"]
    return west - 1e-4, south - 1e-4, east + 1e-4, north + 1e-4


def _corners(uri: str, box) -> tuple[float, float, float, float]:
    """A box in another system, axes as the authority has them."""
    west, south, east, north = box
    if uri == _CRS84:
        return box
    within = pyproj.Transformer.from_crs(4490, uri)
    corners = [within.transform(lat, lon) for lat in (south, north) for lon in (west, east)]
    first, second = zip(*corners, strict=True)
    return min(first), min(second), max(first), max(second)


def test_ats_core_http_and_crs84(desk) -> None:
    for code in _CODES:
        address = f"/ogc/collections/{code}/items"
        given, head = desk.get(address), desk.head(address)
        assert (head.status_code, head.content, head["Content-Type"]) == (200, b"", given["Content-Type"])
        assert given["Content-Crs"] == f"<{_CRS84}>"
        refused = desk.put(address)
        assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_ats_core_fc_bbox_limit_and_time_response(desk) -> None:
    for code in _CODES:
        everything = _ids(desk, code)
        assert _ids(desk, code, bbox=",".join(map(str, _box(desk, code)))) == everything
        assert _ids(desk, code, bbox=_ELSEWHERE) == []
        for limit in (1, 2, 3):
            assert _ids(desk, code, limit=str(limit)) == everything[:limit]
        assert _ids(desk, code, datetime="2026-06-01") == everything


def test_ats_crs_bbox_crs_parameter_default_and_invalid(desk) -> None:
    for code in _CODES:
        box, everything = _box(desk, code), _ids(desk, code)
        assert _ids(desk, code, bbox=",".join(map(str, box)), **{"bbox-crs": _CRS84}) == everything
        for uri in desk.get(f"/ogc/collections/{code}").json()["crs"]:
            corners = ",".join(f"{each!r}" for each in _corners(uri, box))
            assert _ids(desk, code, bbox=corners, **{"bbox-crs": uri}) == everything, uri
        asked = {"bbox": ",".join(map(str, box)), "bbox-crs": "http://www.opengis.net/def/crs/OGC/0/none"}
        assert desk.get(f"/ogc/collections/{code}/items", asked).status_code == 400


def test_ats_filter_param_lang_default_and_expression_construction(desk) -> None:
    for code in _CODES:
        for language in ({}, {"filter-lang": "cql2-text"}):
            assert _ids(desk, code, filter="number IS NULL", **language) == []
            assert _ids(desk, code, filter="number IS NOT NULL", **language) == _ids(desk, code)
            for wrong in ("THIS IS NOT A FILTER", "this_is_not_a_queryable IS NULL"):
                asked = {"filter": wrong, **language}
                assert desk.get(f"/ogc/collections/{code}/items", asked).status_code == 400


def test_ats_filter_crs_wgs84_crs_param_and_mixing_expression(desk) -> None:
    for code in _CODES:
        box, everything = _box(desk, code), _ids(desk, code)
        address = f"/ogc/collections/{code}/items"
        said = "S_INTERSECTS(geometry,BBOX({},{},{},{}))"
        assert _ids(desk, code, filter=said.format(*box)) == everything
        far = {"filter": said.format(1e6, 1e6, 2e6, 2e6)}
        assert desk.get(address, far).status_code == 400
        for uri in desk.get(f"/ogc/collections/{code}").json()["crs"]:
            asked = {"filter": said.format(*_corners(uri, box)), "filter-crs": uri}
            assert _ids(desk, code, **asked) == everything, uri
        none = {"filter": said.format(*box), "filter-crs": "http://www.opengis.net/def/crs/OGC/0/none"}
        assert desk.get(address, none).status_code == 400
        assert _ids(desk, code, filter=said.format(*box), bbox=",".join(map(str, box))) == everything
        assert _ids(desk, code, filter=said.format(*box), bbox=_ELSEWHERE) == []


def test_ats_tiles_tc_op_success_and_error(desk) -> None:
    """Each templated link of each tile set gives a tile where there are features, and 404 outside."""
    for code in _CODES:
        links = desk.get(f"/ogc/collections/{code}").json()["links"]
        assert [each["href"] for each in links if each["rel"] == f"{_REL}tilesets-vector"]
        for each in desk.get(f"/ogc/collections/{code}/tiles").json()["tilesets"]:
            (template,) = (one for one in each["links"] if one["rel"] == "item")
            assert (template["templated"], template["type"]) == (True, "application/vnd.mapbox-vector-tile")
            assert each["dataType"] == "vector"
            matrices = desk.get(f"/ogc/tileMatrixSets/{each['tileMatrixSetId']}").json()["tileMatrices"]
            matrix = next(one for one in matrices if one["scaleDenominator"] < 20_000)
            row, column = _place(each["crs"], matrix)
            given = desk.get(_filled(template["href"], matrix["id"], row, column))
            assert (given.status_code, given["Content-Type"]) == (200, template["type"])
            assert read_tile(given.content).of(code)
            wide, high = matrix["matrixWidth"], matrix["matrixHeight"]
            for place in ((matrix["id"], high, 0), (matrix["id"], 0, wide), ("nothing", 0, 0)):
                assert desk.get(_filled(template["href"], *place)).status_code == 404


def _place(uri: str, matrix) -> tuple[int, int]:
    first, second = pyproj.Transformer.from_crs(4490, uri).transform(NORTH, EAST + 0.0008)
    is_north_first = pyproj.CRS(uri).axis_info[0].direction == "north"
    y, x = (first, second) if is_north_first else (second, first)
    top, left = matrix["pointOfOrigin"][:: 1 if is_north_first else -1]
    side = matrix["cellSize"] * matrix["tileWidth"]
    return math.floor((top - y) / side), math.floor((x - left) / side)


def _filled(template: str, matrix: str, row: int, column: int) -> str:
    names = {"tileMatrix": matrix, "tileRow": row, "tileCol": column}
    for name, value in names.items():
        template = template.replace(f"{{{name}}}", str(value))
    return template.removeprefix("http://testserver")
