"""Filters in CQL2 (21-065r2): what each part chooses, and what is refused before anything breaks."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.engines.maps.ogc.conftest import EAST, NORTH

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.contracts import FilterWrong
from yiwang.maps.ogc.rules.reading_cql2 import read_filter

pytestmark = pytest.mark.django_db
TREES = "/ogc/collections/trees/items"
_ALL = {f"T{n}" for n in range(1, 13)}
_POLYGON = (
    f"POLYGON(({EAST} {NORTH - 1},{EAST + 0.0035} {NORTH - 1},{EAST + 0.0035} {NORTH + 1},"
    f"{EAST} {NORTH + 1},{EAST} {NORTH - 1}))"
)
#: Conformance class, filter, trees.
CHOSEN = [
    ("basic_cql2", "number='T3'", {"T3"}),
    ("basic_cql2", "girth<1.5 AND NOT (girth=0.5)", {"T2"}),
    ("basic_cql2", "girth>=5.5 OR number='T1'", {"T1", "T11", "T12"}),
    ("basic_cql2", "number IS NULL", set()),
    ("basic_cql2", "listed=true AND girth<>0.5 AND girth<3", {"T3", "T5"}),
    ("basic_cql2", "planted>DATE('1920-05-01')", {"T11", "T12"}),
    ("basic_cql2", "seen<TIMESTAMP('2026-02-01T23:00:00+08:00')", {"T1"}),
    ("basic_cql2", "listed AND girth<1", {"T1"}),
    ("basic_cql2", "TRUE", _ALL),
    ("advanced_comparison_operators", "number LIKE 'T1_'", {"T10", "T11", "T12"}),
    ("advanced_comparison_operators", "number NOT LIKE 'T1%' AND girth BETWEEN 1 AND 2", {"T2", "T3", "T4"}),
    ("advanced_comparison_operators", "number IN ('T1','T9','nothing')", {"T1", "T9"}),
    ("advanced_comparison_operators", "girth NOT IN (0.5,1) AND girth<2", {"T3"}),
    ("case_insensitive_comparison", "CASEI(number)=CASEI('t7')", {"T7"}),
    ("property_property", "number<>number", set()),
    ("basic_spatial_functions", f"S_INTERSECTS(geometry,POINT({EAST + 0.002} {NORTH}))", {"T2"}),
    ("basic_spatial_functions", f"S_INTERSECTS(geometry,BBOX({EAST},23,{EAST + 0.0025},24))", {"T1", "T2"}),
    ("basic_spatial_functions_plus", f"S_INTERSECTS(place,{_POLYGON})", {"T1", "T2", "T3"}),
    ("spatial_functions", f"S_WITHIN(geometry,{_POLYGON})", {"T1", "T2", "T3"}),
    ("spatial_functions", f"S_DISJOINT(geometry,{_POLYGON}) AND girth<2.5", {"T4"}),
    ("spatial_functions", f"S_EQUALS(geometry,POINT({EAST + 0.005} {NORTH}))", {"T5"}),
    ("spatial_functions", f"S_CONTAINS({_POLYGON},geometry)", {"T1", "T2", "T3"}),
    ("spatial_functions", f"S_TOUCHES(geometry,{_POLYGON}) OR S_CROSSES(geometry,{_POLYGON})", set()),
    ("spatial_functions", f"S_OVERLAPS(geometry,{_POLYGON})", set()),
    ("temporal_functions", "T_AFTER(planted,DATE('1921-01-01'))", {"T11", "T12"}),
    ("temporal_functions", "T_BEFORE(planted,DATE('1912-01-01'))", {"T1"}),
    ("temporal_functions", "T_DURING(planted,INTERVAL('1912-05-01','1914-05-01'))", {"T3"}),
    ("temporal_functions", "T_INTERSECTS(planted,INTERVAL('1921-05-01','..'))", {"T11", "T12"}),
    ("temporal_functions", "T_EQUALS(planted,DATE('1913-05-01'))", {"T3"}),
    ("temporal_functions", "T_DISJOINT(planted,INTERVAL('1900-01-01','1920-12-31'))", {"T11", "T12"}),
    ("temporal_functions", "T_INTERSECTS(seen,DATE('2026-02-04'))", {"T4"}),
]


def _chosen(client: Client, **asked: str) -> set[str]:
    answer = client.get(TREES, {"limit": "100", **asked})
    assert answer.status_code == 200, answer.content.decode()
    return {each["properties"]["number"] for each in answer.json()["features"]}


def test_ats_cql2_text_and_json_choose_alike__conf_cql2(client, city) -> None:
    """Each filter as text and as the JSON tree of it."""
    for conformance, text, expected in CHOSEN:
        assert _chosen(client, filter=text) == expected, (conformance, text)
        tree = json.dumps(read_filter(text, "cql2-text"))
        found = _chosen(client, filter=tree, **{"filter-lang": "cql2-json"})
        assert found == expected, (conformance, text)
    assert _chosen(client, number="T3") == {"T3"}
    assert _chosen(client, girth="1.5", listed="true") == {"T3"}
    north_first = f"S_INTERSECTS(geometry,POINT({NORTH} {EAST + 0.002}))"
    uri = "http://www.opengis.net/def/crs/EPSG/0/4490"
    assert _chosen(client, filter=north_first, **{"filter-crs": uri}) == {"T2"}
    everywhere = client.get(TREES, {"filter": "girth>1", "limit": "3", "count": "bounded"}).json()
    assert (everywhere["numberReturned"], everywhere["numberMatched"]) == (3, 10)
    following = next(each["href"] for each in everywhere["links"] if each["rel"] == "next")
    assert [each["properties"]["number"] for each in client.get(following).json()["features"]] == [
        "T6",
        "T7",
        "T8",
    ]


REFUSED = [
    "number=",
    "number=5",
    "girth='wide'",
    "girth LIKE 'T%'",
    "nothing=1",
    "girth/0=1",
    "girth+1=2",
    "pg_sleep(9)=1",
    "number LIKE 'T\\'",
    "number LIKE '%a%a%a%a%a%a%a%a%a%a%a%a'",
    "S_INTERSECTS(geometry,POINT(200 99))",
    "S_INTERSECTS(geometry,POINT(1e400 1))",
    "S_INTERSECTS(number,POINT(1 1))",
    "S_INTERSECTS(geometry,POLYGON((0 0,1 1)))",
    "S_INTERSECTS(geometry,POLYGON((0 0,1 1,1 0,5 5)))",
    "planted>DATE('1999-99-99')",
    "geometry=1",
    "number='a' AND girth",
    "keeper='李树人'",
    "number='a'; DROP TABLE reg.trees",
    "(" * 200 + "girth=1" + ")" * 200,
    "(" * 11 + "girth=1",
    "NOT " * 500 + "girth=1",
    "girth=" + "-" * 500 + "1",
    "girth" + "=girth" * 500,
    " OR ".join(["girth=1"] * 10_000),
    "girth IN (" + ",".join(["1"] * 1_500) + ")",
    "x" * 9_000,
]
REFUSED_JSON = [
    "{",
    "[]",
    '{"op":"="}',
    '{"op":"=","args":[{"property":"girth"},NaN]}',
    '{"op":"and","args":[true]}',
    '{"op":"not","args":[' * 100 + "true" + "]}" * 100,
    '{"op":"=","args":[{"property":["girth"]},1]}',
    '{"op":"like","args":[{"property":"number"},{"op":"casei","args":[]}]}',
    '{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[2,1,1,0]}]}',
    '{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[[1,2]]}]}',
    '{"op":"=","args":[{"property":"number"},"\\u0000"]}',
]


def test_bombs_and_nonsense_are_refused_in_time(client, city) -> None:
    for language, filters in (("cql2-text", REFUSED), ("cql2-json", REFUSED_JSON)):
        for said in filters:
            answer = client.get(TREES, {"filter": said, "filter-lang": language})
            assert answer.status_code == 400, (said[:80], answer.content.decode()[:200])
            assert answer["Content-Type"] == "application/problem+json"
    assert client.get(TREES, {"filter": "TRUE", "filter-lang": "sql"}).status_code == 400


def test_no_filter_is_computed_on_rows_of_others(client, city) -> None:
    """A department that reads only its own rows gets neither rows nor counts of others by any filter."""
    desk = sign_in(client, city.officers["parks"])
    for text in (
        "TRUE",
        "price>0",
        "NOT number='parks-1'",
        "number LIKE '%' OR price<0",
        "number IS NOT NULL",
    ):
        answer = desk.get("/ogc/collections/plots/items", {"filter": text, "count": "bounded"}).json()
        assert {each["properties"]["number"] for each in answer["features"]} <= {"parks-1"}, text
        assert answer["numberMatched"] == len(answer["features"]) <= 1


def test_the_bound_stands_before_the_parser() -> None:
    with pytest.raises(FilterWrong):
        read_filter("(" * 3_000 + "a=1" + ")" * 3_000, "cql2-text")
    assert read_filter("(" * 8 + "a=1" + ")" * 8, "cql2-text") == {
        "op": "=",
        "args": [{"property": "a"}, 1.0],
    }
