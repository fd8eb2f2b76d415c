"""WFS 2.0 for older programs: what OWSLib and GDAL read, for whom, and what is refused in what report."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from lxml import etree
from tests.engines.maps.ogc.conftest import EAST, NORTH
from tests.engines.maps.ogc.foreign import read_by

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.ows.rules.gml import Column, feature_of
from yiwang.registers.definitions import FieldDefinition

pytestmark = pytest.mark.django_db
_NS = {
    "wfs": "http://www.opengis.net/wfs/2.0",
    "ows": "http://www.opengis.net/ows/1.1",
    "gml": "http://www.opengis.net/gml/3.2",
    "yw": "urn:yiwang:layers",
    "xs": "http://www.w3.org/2001/XMLSchema",
}
WFS = "/ogc/wfs?service=WFS"
GET = f"{WFS}&version=2.0.0&request=GetFeature"
_GET = GET.partition("?")[2]
BY_ID = f"{GET}&storedquery_id=urn:ogc:def:query:OGC-WFS::GetFeatureById&id="
_FES = '<Filter xmlns="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">{}</Filter>'
_BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c SYSTEM "file:///etc/passwd">]><Filter>&b;&c;</Filter>'
_GDAL = """
import json, sys, pyogrio
at = "WFS:" + sys.argv[1]
found = {}
for name, kind in pyogrio.list_layers(at):
    meta, _, shapes, fields = pyogrio.raw.read(at, layer=name)
    numbers = sorted(fields[list(meta["fields"]).index("number")])
    found[name] = [kind, len(shapes), sum(each is not None for each in shapes), numbers]
box = pyogrio.raw.read(at, layer="yw:trees", bbox=(113.2659, 23, 113.2679, 24))
where = pyogrio.raw.read(at, layer="yw:trees", where="number = 'T3'")
print(json.dumps({"layers": found, "box": len(box[2]), "where": len(where[2])}))
"""
_OWSLIB = """
import json, sys
from owslib.wfs import WebFeatureService
service = WebFeatureService(sys.argv[1], version="2.0.0")
found = {}
for name in service.contents:
    schema = service.get_schema(name)
    given = service.getfeature(typename=name, maxfeatures=2, startindex=1, outputFormat="json").read()
    numbers = [each["properties"]["number"] for each in json.loads(given)["features"]]
    found[name] = [service[name].title, sorted(schema["properties"]), schema["geometry"], numbers]
gml = service.getfeature(typename="yw:trees", bbox=(113.2659, 23, 113.2679, 24)).read().decode()
queries = [each.id for each in service.storedqueries]
print(json.dumps({"layers": found, "box": gml.count("<wfs:member>"), "queries": queries}))
"""


def _read(answer) -> etree._Element:
    assert answer.status_code == 200, answer.content
    return etree.fromstring(answer.content)


def _numbers(answer) -> list[str]:
    return _read(answer).xpath("//yw:number/text()", namespaces=_NS)


def test_d44_gdal_reads_each_layer_by_wfs(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    trees = sorted(f"T{n}" for n in range(1, 13))
    assert read_by(_GDAL, "/ogc/wfs", actor=city.officers["planning"]) == {
        "layers": {
            "yw:plots": ["MultiPolygon", 3, 3, ["parks-1", "planning-1", "water-1"]],
            "yw:trees": ["Point", 12, 12, trees],
        },
        "box": 2,
        "where": 1,
    }


def test_d44_owslib_reads_each_layer_by_wfs(city, settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert read_by(_OWSLIB, "/ogc/wfs", actor=city.officers["planning"]) == {
        "layers": {
            "yw:plots": [
                "地块",
                ["holder", "number", "price"],
                "3D MultiPolygon",
                ["parks-1", "water-1"],
            ],
            "yw:trees": [
                "古树",
                ["girth", "listed", "number", "planted", "seen"],
                "Point",
                ["T2", "T3"],
            ],
        },
        "box": 2,
        "queries": ["urn:ogc:def:query:OGC-WFS::GetFeatureById"],
    }


def test_d44_a_feature_of_wfs_says_what_the_ogc_api_says(client, city) -> None:
    entry = city.trees[0]
    root = _read(client.get(f"{BY_ID}trees.{entry}"))
    assert (root.tag, root.get(f"{{{_NS['gml']}}}id")) == (f"{{{_NS['yw']}}}trees", f"trees.{entry}")
    said = {etree.QName(each).localname: each.text for each in root}
    assert said == {
        "place": None,
        "number": "T1",
        "planted": "1911-05-01",
        "girth": "0.5",
        "listed": "true",
        "seen": "2026-02-01T02:00:00Z",
    }
    (point,) = root.xpath("yw:place/gml:Point", namespaces=_NS)
    assert point.get("srsName") == "urn:ogc:def:crs:EPSG::4490"
    assert point.xpath("gml:pos/text()", namespaces=_NS) == ["23.1291 113.2654"]
    far = _read(client.get(f"{BY_ID}trees.{entry}&srsname=urn:ogc:def:crs:OGC:1.3:CRS84"))
    (point,) = far.xpath("yw:place/gml:Point", namespaces=_NS)
    assert point.get("srsName") == "urn:ogc:def:crs:OGC:1.3:CRS84"
    assert point.xpath("gml:pos/text()", namespaces=_NS) == ["113.2654 23.1291"]
    listed = client.get(f"{GET}&typenames=yw:trees&outputformat=application/json")
    assert listed.json()["features"] == client.get("/ogc/collections/trees/items?limit=99").json()["features"]


def test_d44_pages_boxes_names_and_counts_of_wfs(client, city) -> None:
    first = client.get(f"{GET}&typenames=trees&count=5")
    root = _read(first)
    assert (root.get("numberMatched"), root.get("numberReturned")) == ("unknown", "5")
    found, address = [], root.get("next")
    while address:
        root = _read(client.get(address))
        found += root.xpath("//yw:number/text()", namespaces=_NS)
        address = root.get("next")
    assert found == [f"T{n}" for n in range(6, 13)]
    assert (root.get("numberMatched"), root.get("numberReturned")) == ("12", "2")
    hits = _read(client.get(f"{GET}&typenames=trees&resulttype=hits"))
    assert (hits.get("numberMatched"), hits.get("numberReturned"), len(hits)) == ("12", "0", 0)
    assert _numbers(client.get(f"{GET}&typenames=trees&startindex=99")) == []
    west, south, east, north = EAST + 0.0015, NORTH - 0.001, EAST + 0.0035, NORTH + 0.001
    # latitude first where nothing else is said, since registers keep EPSG:4490
    for box in (
        f"{south},{west},{north},{east}",
        f"{south},{west},{north},{east},urn:ogc:def:crs:EPSG::4326",
        f"{west},{south},{east},{north},urn:ogc:def:crs:OGC:1.3:CRS84",
    ):
        assert _numbers(client.get(f"{GET}&typenames=trees&bbox={box}")) == ["T2", "T3"]
    corners = (
        f"<gml:lowerCorner>{south} {west}</gml:lowerCorner><gml:upperCorner>{north} {east}</gml:upperCorner>"
    )
    box = f"<BBOX><ValueReference>place</ValueReference><gml:Envelope>{corners}</gml:Envelope></BBOX>"
    assert _numbers(client.get(GET, {"typenames": "trees", **_pairs(), "filter": _FES.format(box)})) == [
        "T2",
        "T3",
    ]
    one, two = city.trees[4], city.trees[6]
    assert _numbers(client.get(f"{GET}&resourceid=trees.{one},trees.{two}")) == ["T5", "T7"]
    assert _numbers(client.get(f"{GET}&typenames=trees&resourceid=nothing,plots.{two}")) == []
    named = f'<ResourceId rid="trees.{one}"/>'
    asked = {"typenames": "trees", **_pairs(), "filter": _FES.format(named)}
    assert _numbers(client.get(GET, asked)) == ["T5"]
    chosen = _read(client.get(f"{GET}&resourceid=trees.{one}&propertyname=number,yw:girth"))
    assert [etree.QName(each).localname for each in chosen[0][0]] == ["number", "girth"]


def test_d44_a_box_of_wfs_over_the_date_line_is_two(client, city) -> None:
    assert _numbers(client.get(f"{GET}&typenames=trees&bbox=-10,170,30,113.2670")) == ["T1", "T2"]
    assert _numbers(client.get(f"{GET}&typenames=trees&bbox=-10,170,30,-170")) == []


def _pairs() -> dict[str, str]:
    return {"service": "WFS", "version": "2.0.0", "request": "GetFeature"}


def test_d44_rows_and_fields_of_wfs_are_those_of_the_reader(client, city) -> None:
    """No row, field or count by any operation that the OGC API would not give."""
    seen = {}
    for code, officer in city.officers.items():
        desk = sign_in(Client(), officer)
        answer = desk.get(f"{GET}&typenames=plots")
        seen[code] = _numbers(answer) if answer.status_code == 200 else answer.status_code
        listed = _read(desk.get(f"{WFS}&request=GetCapabilities")).xpath("//wfs:Name/text()", namespaces=_NS)
        assert ("yw:plots" in listed) == (answer.status_code == 200)
        stored = desk.get(f"{WFS}&version=2.0.0&request=ListStoredQueries").content
        assert (b"yw:plots" in stored) == (answer.status_code == 200)
    assert seen == {
        "planning": ["planning-1", "parks-1", "water-1"],
        "parks": ["parks-1"],
        "water": ["water-1"],
        "labour": 400,
    }
    parks = sign_in(Client(), city.officers["parks"])
    (plot,) = _read(parks.get(f"{GET}&typenames=plots")).xpath("//yw:plots", namespaces=_NS)
    assert {etree.QName(each).localname: each.text for each in plot[1:]} == {
        "number": "parks-1",
        "price": "1201.5",
        "holder": "陈**",
    }
    schema = _read(parks.get(f"{WFS}&version=2.0.0&request=DescribeFeatureType&typenames=yw:plots"))
    names = schema.xpath("//xs:sequence/xs:element/@name", namespaces=_NS)
    assert names == ["shape", "number", "price", "holder"]
    hits = _read(parks.get(f"{GET}&typenames=plots&resulttype=hits"))
    assert hits.get("numberMatched") == "1"
    other = city.plots["water"]
    assert _numbers(parks.get(f"{GET}&resourceid=plots.{other}")) == []
    refused = parks.get(f"{BY_ID}plots.{other}")
    assert (refused.status_code, b'exceptionCode="NotFound"' in refused.content) == (404, True)
    operations = ("GetFeature", "GetFeature&resulttype=hits", "DescribeFeatureType")
    for operation in operations:
        asked = f"{WFS}&version=2.0.0&request={operation}&typenames="
        answers = [Client().get(f"{asked}{code}") for code in ("plots", "nothing")]
        assert [each.status_code for each in answers] == [400, 400]
        assert answers[0].content == answers[1].content.replace(b"nothing", b"plots")
    shared = [desk.get(f"{GET}&typenames=plots")["Cache-Control"] for desk in (parks,)]
    assert [*shared, client.get(f"{GET}&typenames=trees")["Cache-Control"]] == [
        "private, no-cache",
        "public, no-cache",
    ]


@pytest.mark.parametrize(
    ("query", "code", "locator"),
    [
        ("", "MissingParameterValue", "SERVICE"),
        ("service=WMS&request=GetCapabilities", "InvalidParameterValue", "SERVICE"),
        ("service=WFS", "MissingParameterValue", "REQUEST"),
        ("service=WFS&request=Transaction&version=2.0.0", "OperationNotSupported", "REQUEST"),
        ("service=WFS&request=GetPropertyValue&version=2.0.0", "OperationNotSupported", "REQUEST"),
        (
            "service=WFS&request=GetCapabilities&acceptversions=1.1.0,1.0.0",
            "VersionNegotiationFailed",
            "ACCEPTVERSIONS",
        ),
        ("service=WFS&request=GetFeature&typenames=trees", "MissingParameterValue", "VERSION"),
        (
            "service=WFS&request=GetFeature&typenames=trees&version=1.1.0",
            "InvalidParameterValue",
            "VERSION",
        ),
        ("GET", "MissingParameterValue", "TYPENAMES"),
        ("GET&typenames=trees,plots", "InvalidParameterValue", "TYPENAMES"),
        ("GET&typenames=gml:trees", "InvalidParameterValue", "TYPENAMES"),
        ("GET&typenames=trees&TypeNames=trees", "InvalidParameterValue", "TYPENAMES"),
        ("GET&typenames=trees&count=-1", "InvalidParameterValue", "COUNT"),
        ("GET&typenames=trees&startindex=1000001", "InvalidParameterValue", "STARTINDEX"),
        ("GET&typenames=trees&bbox=1,2,3", "InvalidParameterValue", "BBOX"),
        ("GET&typenames=trees&bbox=24,113,23,114", "InvalidParameterValue", "BBOX"),
        ("GET&typenames=trees&bbox=1,2,3,4,EPSG:9999", "InvalidParameterValue", "BBOX"),
        ("GET&typenames=trees&bbox=113,23,114,24", "InvalidParameterValue", "BBOX"),
        ("GET&typenames=trees&srsname=nothing", "InvalidParameterValue", "SRSNAME"),
        ("GET&typenames=trees&outputformat=shape", "InvalidParameterValue", "OUTPUTFORMAT"),
        (
            "GET&typenames=trees&outputformat=json&srsname=EPSG:4549",
            "OptionNotSupported",
            "OUTPUTFORMAT",
        ),
        ("GET&typenames=trees&resulttype=all", "InvalidParameterValue", "RESULTTYPE"),
        ("GET&typenames=trees&sortby=girth", "OptionNotSupported", "SORTBY"),
        ("GET&typenames=trees&propertyname=holder", "InvalidParameterValue", "PROPERTYNAME"),
        ("GET&typenames=trees&filter=<a", "InvalidParameterValue", "FILTER"),
        (f"GET&typenames=trees&filter={_BOMB}", "InvalidParameterValue", "FILTER"),
        ("GET&typenames=trees&filter=" + _FES.format("<Not/>"), "OptionNotSupported", "FILTER"),
        ("GET&typenames=trees&filter=" + "<a>" * 500, "InvalidParameterValue", "FILTER"),
        ("GET&storedquery_id=nothing", "InvalidParameterValue", "STOREDQUERY_ID"),
        ("GET&resourceid=" + ",".join(["trees.1"] * 1001), "InvalidParameterValue", "RESOURCEID"),
        ("GET&typenames=trees&bbox=" + "1," * 9000, "InvalidParameterValue", "BBOX"),
    ],
)
def test_d44_what_wfs_is_asked_wrongly_is_reported(client, city, query, code, locator) -> None:
    said = f"{_GET}{query[3:]}" if query.startswith("GET") else query
    answer = client.get(f"/ogc/wfs?{said.replace('#', '%23')}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/xml; charset=utf-8")
    (fault,) = etree.fromstring(answer.content)
    assert (fault.get("exceptionCode"), fault.get("locator")) == (code, locator)
    zh, en = (each.text for each in fault)
    assert re.search("[\u4e00-\u9fff]", zh)
    assert not re.search("[\u4e00-\u9fff]", en)


def test_d44_xml_sent_to_wfs_is_not_read(client, city) -> None:
    answer = Client(enforce_csrf_checks=True).post("/ogc/wfs", _BOMB, content_type="text/xml")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    (fault,) = etree.fromstring(answer.content)
    assert fault.get("exceptionCode") == "OperationNotSupported"


def test_d44_what_xml_cannot_hold_is_marked_in_a_feature() -> None:
    field = FieldDefinition.model_validate(
        {"id": 1, "name": "said", "kind": "text", "title": {"zh": "话", "en": "Said"}}
    )
    said = json.dumps([7, None, {"said": 'a\x0b<b>&"\ud800\uffff]]>'}])
    element = etree.fromstring(feature_of("trees", said, [Column(field, "话", is_clear=True)], is_root=True))
    assert element[0].text == 'a\ufffd<b>&"\ufffd\ufffd]]>'
