"""Abstract test cases of 19-072, 20-024 (Common), 17-083r4 (tile matrix sets) and 19-079r2 (queryables)."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.engines.maps.ogc.test_ats_cql2 import Asking

from yiwang.identity.testing import sign_in

pytestmark = pytest.mark.django_db
_CODES = ("plots", "trees")
_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
#: Of a queryable of each kind: what some feature has, and what no value of the kind is.
_ASKED = {"string": ("T3", None), "number": ("1.5", "wide"), "boolean": ("true", "maybe")}
_TIMES = {"date": ("1913-05-01", "1913-99-99"), "date-time": ("2026-02-03T02:00:00Z", "yesterday")}


@pytest.fixture
def desk(city) -> Client:
    """Somebody who sees both collections."""
    return sign_in(Client(), city.officers["planning"])


def test_ats_common_http_and_parameters__conf_core(desk) -> None:
    items = "/ogc/collections/trees/items"
    assert desk.get(items).status_code == desk.head(items).status_code == 200
    assert (desk.get("/ogc/nothing").status_code, desk.delete(items).status_code) == (404, 405)
    # names are told apart by capitals, and an unknown one is refused
    for name in ("Limit", "BBOX", "nothing"):
        assert desk.get(items, {name: "1"}).status_code == 400
    for name, wrong in {
        "limit": ("0", "-1", "1.5", "one", "1e2", ""),
        "bbox": ("1,2,3", "1 2 3 4", "a,b,c,d", "1,,2,3"),
        "girth": ("wide", "NaN"),
        "listed": ("yes", "1", "TRUE"),
    }.items():
        for said in wrong:
            assert desk.get(items, {name: said}).status_code == 400, (name, said)
    # lists stand between commas, which may be written as what they stand for
    box = "113,23,114,24"
    assert desk.get(items, {"bbox": box}).json()["numberReturned"] > 0
    assert desk.get(f"{items}?bbox={box.replace(',', '%2C')}").json()["numberReturned"] > 0
    for said, many in {"true": 6, "false": 6}.items():
        assert desk.get(items, {"listed": said, "limit": "100"}).json()["numberReturned"] == many
    for said in ("1.5", "1.50", "1.5e0"):
        assert [
            each["properties"]["number"] for each in desk.get(items, {"girth": said}).json()["features"]
        ] == ["T3"]
    assert desk.get(items, {"limit": "2"}).json()["numberReturned"] == 2


def test_ats_common_collections__conf_collections(desk) -> None:
    answer = desk.get("/ogc/collections")
    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    rels = {each["rel"]: each for each in said["links"]}
    assert {"self", "alternate"} <= set(rels)
    assert all({"href", "rel", "type"} <= set(each) for each in said["links"])
    assert [each["id"] for each in said["collections"]] == list(_CODES)
    for listed in said["collections"]:
        one = desk.get(f"/ogc/collections/{listed['id']}")
        assert (one.status_code, one["Content-Type"]) == (200, "application/json")
        for key in ("id", "title", "description", "extent"):
            assert one.json()[key] == listed[key]
        links = {each["rel"]: each for each in one.json()["links"]}
        assert {"self", "alternate", "items"} <= set(links)
        assert links["self"]["href"].split("?")[0].endswith(f"/ogc/collections/{listed['id']}")
        ((west, south, east, north),) = listed["extent"]["spatial"]["bbox"]
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_ats_queryables_links_and_schemas__conf_queryables(desk) -> None:
    declared = desk.get("/ogc/conformance").json()["conformsTo"]
    for name in ("queryables", "queryables-query-parameters", "features-filter"):
        assert f"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/{name}" in declared
    for code in _CODES:
        address = f"/ogc/collections/{code}/queryables"
        linked = f'{address}>; rel="{_REL}queryables"'
        for path in (f"/ogc/collections/{code}", f"/ogc/collections/{code}/items"):
            assert linked in desk.head(path)["Link"], path
        answer = desk.get(address, HTTP_ACCEPT="application/schema+json")
        said = answer.json()
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/schema+json")
        assert said["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert (said["$id"], said["type"]) == (f"http://testserver{address}", "object")
        assert said["properties"]
        for schema in said["properties"].values():
            assert "type" in schema or schema["format"].startswith("geometry-")


def test_ats_queryables_as_parameters__conf_queryables_query_parameters(desk) -> None:
    kinds = Asking(desk).queryables("trees")
    items = "/ogc/collections/trees/items"
    asked = _ASKED | _TIMES
    assert set(kinds.values()) == {*asked, "geometry"}
    for name, kind in kinds.items():
        if kind == "geometry":
            continue
        valid, wrong = asked[kind]
        found = desk.get(items, {name: valid, "limit": "100"})
        assert (found.status_code, found["Content-Type"]) == (200, "application/geo+json"), name
        matching = {
            "string": lambda value: value == "T3",
            "number": lambda value: value == 1.5,
            "boolean": lambda value: value is True,
            "date": lambda value: value == "1913-05-01",
            "date-time": lambda value: value == "2026-02-03T02:00:00+00:00",
        }[kind]
        values = [each["properties"][name] for each in found.json()["features"]]
        assert [each for each in values if not matching(each)] == []
        assert len(values) == (6 if kind == "boolean" else 1), name
        if wrong is not None:
            assert desk.get(items, {name: wrong}).status_code == 400, name


def test_ats_matrix_sets_model_and_encoding__conf_tilematrixset(desk) -> None:
    for listed in desk.get("/ogc/tileMatrixSets").json()["tileMatrixSets"]:
        answer = desk.get(f"/ogc/tileMatrixSets/{listed['id']}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
        # RFC 8259: UTF-8, no name twice, no number that there is not
        said = json.loads(
            answer.content.decode("utf-8"),
            object_pairs_hook=_once,
            parse_constant=pytest.fail,
        )
        assert said["id"] == listed["id"]
        assert isinstance(said["crs"], str)
        assert said["tileMatrices"]
        scales = [each["scaleDenominator"] for each in said["tileMatrices"]]
        assert scales == sorted(scales, reverse=True)
        ids = [each["id"] for each in said["tileMatrices"]]
        assert len(set(ids)) == len(ids)
        for each in said["tileMatrices"]:
            assert isinstance(each["id"], str)
            assert each.get("cornerOfOrigin", "topLeft") == "topLeft"
            assert each["scaleDenominator"] > 0
            assert each["cellSize"] > 0
            assert [type(part) for part in each["pointOfOrigin"]] == [float, float]
            for size in ("tileWidth", "tileHeight", "matrixWidth", "matrixHeight"):
                assert isinstance(each[size], int)
                assert each[size] >= 1


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)
