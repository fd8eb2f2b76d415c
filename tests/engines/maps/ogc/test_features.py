"""Features: pages, boxes, days, reference systems, tags, and what is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.engines.maps.ogc.conftest import EAST, NORTH

from yiwang.identity.testing import sign_in
from yiwang.maps.ogc.queries import items
from yiwang.maps.ogc.rules.times import day_of
from yiwang.platform.contracts import TimeLimitReached
from yiwang.platform.sql import fetch_within

pytestmark = pytest.mark.django_db
TREES = "/ogc/collections/trees/items"
PLOTS = "/ogc/collections/plots/items"


def _numbers(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["properties"]["number"] for each in answer.json()["features"]]


def test_pages_follow_by_an_opaque_link(client, city) -> None:
    found, address = [], f"{TREES}?limit=5"
    while address:
        answer = client.get(address)
        body = answer.json()
        found.append(_numbers(answer))
        assert body["numberReturned"] == len(body["features"])
        assert "numberMatched" not in body
        address = next((each["href"] for each in body["links"] if each["rel"] == "next"), "")
    assert [len(page) for page in found] == [5, 5, 2]
    assert [each for page in found for each in page] == [f"T{n}" for n in range(1, 13)]
    assert client.get(f"{TREES}?limit=5&count=bounded").json()["numberMatched"] == 12
    assert client.get(f"{TREES}?limit=12").json()["numberMatched"] == 12


def test_a_moment_belongs_to_the_day_that_it_was_in_the_city() -> None:
    # summer time was in force from 1986 to 1991
    days = [day_of(f"{year}-07-01T15:30:00Z") for year in (1985, 1988, 2026)]
    assert [str(each) for each in days] == ["1985-07-01", "1988-07-02", "2026-07-01"]


def test_a_page_goes_out_though_counting_took_too_long(client, city, monkeypatch) -> None:
    def slow(milliseconds: int, statements: object) -> object:
        if milliseconds == items._MOST_COUNT_MILLISECONDS:
            raise TimeLimitReached(seconds=2)
        return fetch_within(milliseconds, statements)

    monkeypatch.setattr(items, "fetch_within", slow)
    answer = client.get(f"{TREES}?limit=5&count=bounded")
    assert (answer.status_code, len(answer.json()["features"])) == (200, 5)
    assert "numberMatched" not in answer.json()


def test_one_feature_and_its_tag(client, city) -> None:
    answer = client.get(f"{TREES}/{city.trees[0]}")
    assert answer["Content-Type"] == "application/geo+json"
    body = answer.json()
    assert (body["id"], body["geometry"]) == (
        city.trees[0],
        {"type": "Point", "coordinates": [113.2654, 23.1291]},
    )
    assert body["properties"] == {
        "number": "T1",
        "planted": "1911-05-01",
        "girth": 0.5,
        "listed": True,
        "seen": "2026-02-01T02:00:00+00:00",
    }
    assert answer["Cache-Control"] == "public, no-cache"
    again = client.get(f"{TREES}/{city.trees[0]}", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    page = client.get(TREES)
    assert client.get(TREES, HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 304
    assert client.get(f"{TREES}/999999").status_code == 404


def test_a_box_chooses_what_it_meets(client, city) -> None:
    box = f"{EAST + 0.0015},{NORTH - 0.001},{EAST + 0.0035},{NORTH + 0.001}"
    assert _numbers(client.get(f"{TREES}?bbox={box}")) == ["T2", "T3"]
    west, south, east, north = box.split(",")
    assert _numbers(client.get(f"{TREES}?bbox={west},{south},0,{east},{north},9")) == ["T2", "T3"]
    assert _numbers(client.get(f"{TREES}?bbox=170,-10,113.2670,30")) == ["T1", "T2"]
    assert _numbers(client.get(f"{TREES}?bbox=170,-10,-170,30")) == []


def test_rows_and_fields_are_those_of_the_reader(client, city) -> None:
    seen = {}
    for code, officer in city.officers.items():
        desk = sign_in(Client(), officer)
        answer = desk.get(PLOTS)
        seen[code] = _numbers(answer) if answer.status_code == 200 else answer.status_code
        listed = {each["id"] for each in desk.get("/ogc/collections").json()["collections"]}
        assert ("plots" in listed) == (answer.status_code == 200)
    assert seen == {
        "planning": ["planning-1", "parks-1", "water-1"],
        "parks": ["parks-1"],
        "water": ["water-1"],
        "labour": 404,
    }
    parks = sign_in(Client(), city.officers["parks"])
    assert parks.get(f"{PLOTS}/{city.plots['water']}").status_code == 404
    assert parks.get(PLOTS).json()["features"][0]["properties"] == {
        "number": "parks-1",
        "price": 1201.5,
        "holder": "陈**",
    }
    for address in (
        PLOTS,
        f"{PLOTS}/{city.plots['parks']}",
        "/ogc/collections/plots",
        "/ogc/collections/plots/queryables",
    ):
        answers = [Client().get(address), Client().get(address.replace("plots", "nothing"))]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].content == answers[1].content.replace(b"nothing", b"plots")


def test_a_masked_field_is_as_unknown_as_one_that_is_not_there(client, city) -> None:
    """No restricted field by queryables, filter, property, count or words of an error."""
    desk = sign_in(client, city.officers["parks"])
    asked = desk.get("/ogc/collections/plots/queryables").json()["properties"]
    assert sorted(asked) == ["geometry", "number", "price"]
    for name in ("holder", "remark"):
        for query in (f"{name}=陈大文", f"filter={name}='陈大文'", f"filter={name} IS NULL&count=bounded"):
            answers = [desk.get(f"{PLOTS}?{each}") for each in (query, query.replace(name, "nothing"))]
            assert [each.status_code for each in answers] == [400, 400]
            assert answers[0].content == answers[1].content.replace(b"nothing", name.encode())


@pytest.mark.parametrize(
    "query",
    [
        "bbox=1,2,3",
        "bbox=113,24,114,23",
        "bbox=nan,1,2,3",
        "bbox=1,2,inf,3",
        "bbox=1,2,3,95",
        "bbox=a,b,c,d",
        "bbox=5,1,9,6,2,3",
        "bbox-crs=http://www.opengis.net/def/crs/EPSG/0/99999&bbox=1,2,3,4",
        "crs=nothing",
        "limit=0",
        "limit=-1",
        "limit=ten",
        "limit=1&limit=2",
        "page=zzz",
        "page=ZTE7",
        "datetime=yesterday",
        "datetime=2026-03-02/2026-03-01",
        "datetime=2026-02-30",
        "nothing=1",
        "f=xml",
        "count=all",
        "girth=wide",
        "planted=1911",
        "sortby=girth",
    ],
)
def test_what_is_asked_wrongly_is_refused_in_words(client, city, query) -> None:
    answer = client.get(f"{TREES}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["detail"]) == {"zh", "en"}
    name = query.split("=")[0]
    assert name in answer.json()["detail"]["en"] or name in ("girth", "planted")


def test_a_limit_above_the_most_is_the_most(client, city) -> None:
    assert len(_numbers(client.get(f"{TREES}?limit=99999999"))) == 12


def test_features_come_as_a_table_for_spreadsheets(client, city) -> None:
    answer = client.get(f"{TREES}?f=csv&limit=1")
    english = client.get(f"/en{TREES}?f=csv&limit=1").content.decode().splitlines()
    swapped = client.get(f"{TREES}?f=csv&limit=1&crs=http://www.opengis.net/def/crs/EPSG/0/4490")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="trees.csv"'
    assert answer.content.decode() == (
        "\ufeff要素编号,号,栽种日期,胸径,挂牌,巡查时间,经度,纬度\r\n"
        f"{city.trees[0]},T1,1911-05-01,0.5,是,2026-02-01 10:00:00,113.2654,23.1291\r\n"
    )
    assert english[0] == "\ufeffFeature id,No.,Planted,Girth,Listed,Seen,Longitude,Latitude"
    assert swapped.content.decode().splitlines()[1].endswith(",23.1291,113.2654")
    assert 'rel="next"' in answer["Link"]
    assert (
        client.get(f"{TREES}?f=csv", HTTP_IF_NONE_MATCH=client.get(f"{TREES}?f=csv")["ETag"]).status_code
        == 304
    )
    assert client.get(f"{TREES}/{city.trees[0]}?f=csv").status_code == 400


def test_a_table_holds_what_its_reader_sees(client, city) -> None:
    parks = sign_in(Client(), city.officers["parks"])

    own = parks.get(f"{PLOTS}?f=csv")

    assert own.content.decode().splitlines()[1:] == [f"{city.plots['parks']},parks-1,1201.5,陈**"]
    assert own["Cache-Control"] == "private, no-cache"
    assert [Client().get(f"{PLOTS}?f=csv").status_code, client.get("/ogc/collections?f=csv").status_code] == [
        404,
        400,
    ]
