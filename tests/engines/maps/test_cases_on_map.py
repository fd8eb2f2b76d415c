"""Layers of cases: whoever finds a case in lists sees it at its address, and nobody else learns of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pydantic import ValidationError
from tests.engines.maps.conftest import Packed

from yiwang.cases.api import search
from yiwang.cases.models import Case
from yiwang.cases.testing import (
    BODY,
    MONDAY,
    a_joint_type,
    a_review_type,
    an_accepted_case,
    an_application,
    done,
    officer,
    open_task,
)
from yiwang.identity.testing import a_citizen, an_officer, signed_in
from yiwang.kernel.errors import DefinitionRefused
from yiwang.maps.api import list_layers
from yiwang.maps.definitions import LayerDefinition
from yiwang.maps.models import Layer
from yiwang.maps.testing import read_tile
from yiwang.platform.contracts import Actor

pytestmark = pytest.mark.django_db
#: The tile that holds 113.24° E, 23.11° N.
TILE = "12/3336/1777"
ITEMS = "/ogc/collections/matters/items"
FILE = "/ogc/collections/matters/download"
FIELDS = ("number", "item", "phase", "outcome", "open", "opened_on", "closed_on", "due", "organisation")
LAYER: dict[str, object] = {
    "code": "matters",
    "title": {"zh": "办件", "en": "Cases"},
    "summary": {"zh": "办件", "en": "Cases"},
    "group": {"zh": "办件", "en": "Cases"},
    "cases": ["test_review"],
    "fields": [{"name": name} for name in FIELDS],
    "style": {
        "draw": "categories",
        "field": "phase",
        "values": [{"value": "received", "colour": "#ffbf47"}, {"value": "accepted", "colour": "#1d70b8"}],
    },
}


def _layer(**changes: object) -> None:
    content = LAYER | changes
    LayerDefinition.model_validate(content)
    Layer.objects.update_or_create(
        code="matters", defaults={"revision": 1, "definition": content, "applied_at": MONDAY}
    )


def _lies(case: int, *, longitude: object = 113.24, latitude: object = 23.11, path: str = "address") -> None:
    row = Case.objects.get(pk=case)
    kept = {"typed": "科学大道1号", "code": "4401", "longitude": longitude, "latitude": latitude}
    row.data = {**row.data, "standard_addresses": {**row.data.get("standard_addresses", {}), path: kept}}
    row.save(update_fields=["data"])


def _drawn(who: Client, **asked: str) -> Sequence[Mapping[str, object]]:
    answer = who.get(f"/maps/tiles/matters/{TILE}.mvt", asked)
    assert answer.status_code == 200, answer.content
    return read_tile(answer.content).of("matters")


def _nothing_for(who: Client, case: int, number: str) -> None:
    """There is no such layer for him, on any way out."""
    for address in (
        f"/maps/tiles/matters/{TILE}.mvt", "/maps/tilejson/matters.json", "/maps/styles/matters.json",
        "/ogc/collections/matters", ITEMS, f"{ITEMS}/{case}", "/ogc/collections/matters/queryables",
        f"/map/correct/matters/{case}/", f"{FILE}?f=gpkg",
    ):  # fmt: skip
        answer = who.get(address)
        assert answer.status_code in {302, 404}, address
        assert number not in answer.content.decode(), address
    for address in ("/map/", "/map/?layers=matters", "/ogc/collections?f=json", "/map/near/"):
        said = who.get(address).content.decode()
        assert "matters" not in said.replace("layers=matters", ""), address
        assert number not in said, address


def test_d46_a_case_lies_at_its_address_with_what_lists_say_of_it_and_nothing_personal() -> None:
    opened = an_accepted_case(a_review_type())
    _lies(opened.case_id)
    _layer()
    desk = signed_in(officer(BODY, "handler"))

    [seen] = _drawn(desk)

    assert seen == {
        "_id": opened.case_id, "number": opened.number, "item": "test_review", "phase": "accepted",
        "open": True, "opened_on": "2026-03-02", "due": "2026-03-16", "organisation": BODY,
    }  # fmt: skip
    [item] = desk.get(ITEMS, {"f": "json"}).json()["features"]
    assert item["geometry"] == {"type": "Point", "coordinates": [113.24, 23.11]}
    assert item["id"] == opened.case_id
    assert item["properties"] == {name: seen.get(name) for name in FIELDS}
    assert desk.get(f"{ITEMS}/{opened.case_id}", {"f": "json"}).json()["properties"] == item["properties"]
    [held] = json.loads(b"".join(desk.get(FILE, {"f": "geojson"})))["features"]
    assert (held["id"], held["properties"]) == (opened.case_id, item["properties"])
    for form in ("gpkg", "flatgeobuf", "csv_wkt"):
        body = b"".join(desk.get(FILE, {"f": form}))
        assert (opened.number.encode() in body, "陈小明".encode() in body) == (True, False), form
    near = desk.get(ITEMS, {"f": "json", "bbox": "113.2,23.1,113.3,23.2"}).json()
    assert near["numberMatched"] == 1
    assert desk.get(ITEMS, {"f": "json", "bbox": "113.3,23.1,113.4,23.2"}).json()["features"] == []
    chosen = desk.get(ITEMS, {"f": "json", "filter": "phase = 'accepted' AND due > DATE('2026-03-01')"})
    assert chosen.json()["numberReturned"] == 1
    assert desk.get(ITEMS, {"f": "json", "filter": "applicant_name = '陈小明'"}).status_code == 400
    page = desk.get("/map/?layers=matters&at=14/23.11/113.24").content.decode()
    assert reverse("desk:case", args=[opened.number]) in page
    assert "已受理" in page
    assert "陈小明" not in page


def test_d46_nobody_sees_a_case_on_the_map_that_he_does_not_find_in_lists() -> None:
    opened = an_accepted_case(a_review_type())
    _lies(opened.case_id)
    _layer()

    _nothing_for(Client(), opened.case_id, opened.number)
    _nothing_for(signed_in(a_citizen()), opened.case_id, opened.number)
    elsewhere = an_officer("water", roles={"handler", "approver"})
    stranger = signed_in(elsewhere)
    assert search(actor=elsewhere, at=MONDAY).rows == ()
    assert _drawn(stranger) == []
    found = stranger.get(ITEMS, {"f": "json"}).json()
    assert (found["features"], found["numberMatched"]) == ([], 0)
    assert stranger.get(f"{ITEMS}/{opened.case_id}", {"f": "json"}).status_code == 404
    assert json.loads(b"".join(stranger.get(FILE, {"f": "geojson"})))["features"] == []
    assert opened.number.encode() not in b"".join(stranger.get(FILE, {"f": "gpkg"}))
    asked = {"f": "json", "filter": "phase = 'accepted'", "bbox": "113.2,23.1,113.3,23.2"}
    assert stranger.get(ITEMS, asked).json()["numberMatched"] == 0
    assert opened.number not in stranger.get("/map/?layers=matters&at=14/23.11/113.24").content.decode()
    # who works in it finds it, whoever's it is; and who watches the whole city
    for who in (officer("planning", "reviewer"), an_officer("supervision", roles={"supervisor"})):
        assert [row.number for row in search(actor=who, at=MONDAY).rows] == [opened.number]
        assert [each["number"] for each in _drawn(signed_in(who))] == [opened.number]


def test_d46_a_department_with_a_child_case_sees_the_case_above_it() -> None:
    opened = an_accepted_case(a_joint_type())
    _lies(opened.case_id)
    _layer(cases=["test_joint", "test_opinion"])

    assert [each["number"] for each in _drawn(signed_in(officer("planning", "reviewer")))] == [opened.number]
    assert _drawn(signed_in(an_officer("water", roles={"reviewer"}))) == []


def test_d46_a_change_of_phase_or_right_shows_at_once() -> None:
    opened = an_application(a_review_type())
    _lies(opened.case_id)
    _layer()
    desk, planning = signed_in(officer(BODY, "handler")), signed_in(officer("planning", "reviewer"))
    assert [each["phase"] for each in _drawn(desk)] == ["received"]
    assert _drawn(planning) == []

    done(officer(BODY, "window"), open_task(opened.case_id, "accept"), "accept")

    assert [each["phase"] for each in _drawn(desk)] == ["accepted"]
    assert [each["number"] for each in _drawn(planning)] == [opened.number]


def test_d46_no_point_no_feature_and_of_several_addresses_the_one_asked_on_its_own_counts() -> None:
    opened = an_application(a_review_type())
    _layer()
    desk = signed_in(officer(BODY, "handler"))
    for longitude, latitude in ((None, None), ("113.24", "23.11"), (113.24, None), (400, 23), (113.24, 89.9)):
        _lies(opened.case_id, longitude=longitude, latitude=latitude)
        assert _drawn(desk) == []
        assert desk.get(ITEMS, {"f": "json"}).json()["features"] == []
    _lies(opened.case_id, longitude=113.5, path="a.0.b")
    _lies(opened.case_id)
    [item] = desk.get(ITEMS, {"f": "json"}).json()["features"]
    assert item["geometry"]["coordinates"] == [113.24, 23.11]
    Case.objects.filter(pk=opened.case_id).update(data={"standard_addresses": ["x"]})
    assert _drawn(desk) == []


def test_d46_other_items_and_closed_cases_are_left_out_where_a_layer_says_so() -> None:
    kind = a_review_type()
    a_review_type("test_other", prefix="QT", process="test_review")
    opened = an_application(kind)
    _lies(opened.case_id)
    desk = signed_in(officer(BODY, "handler"))
    _layer(cases=["test_other"])
    assert _drawn(desk) == []
    _layer(only=[{"field": "open", "values": ["true"]}])
    assert [each["number"] for each in _drawn(desk)] == [opened.number]
    later = MONDAY + timedelta(days=2)
    Case.objects.filter(pk=opened.case_id).update(phase="closed", outcome="approve", closed_at=later)
    assert _drawn(desk) == []


def test_d45_of_a_past_day_only_is_told_whether_a_case_was_open() -> None:
    opened = an_application(a_review_type())
    _lies(opened.case_id)
    Case.objects.filter(pk=opened.case_id).update(
        phase="closed", outcome="approve", closed_at=MONDAY + timedelta(days=2)
    )
    _layer()
    desk = signed_in(officer(BODY, "handler"))
    known = {"_id": opened.case_id, "number": opened.number, "item": "test_review", "organisation": BODY}
    known |= {"opened_on": "2026-03-02"}

    assert _drawn(desk, valid="2026-03-01") == []
    assert _drawn(desk, valid="2026-03-03") == [{**known, "open": True}]
    assert _drawn(desk, valid="2026-03-04") == [{**known, "open": False, "closed_on": "2026-03-04"}]
    [now] = _drawn(desk)
    assert (now["phase"], now["outcome"], now["open"]) == ("closed", "approve", False)
    # whoever does not see it today does not see it on that day either
    assert _drawn(signed_in(an_officer("water", roles={"handler"})), valid="2026-03-03") == []


def test_d46_a_layer_of_cases_takes_no_corrections_and_no_downloads() -> None:
    opened = an_application(a_review_type())
    _lies(opened.case_id)
    _layer()
    who = officer(BODY, "window", "handler")
    desk = signed_in(who)
    assert desk.get(f"/map/correct/matters/{opened.case_id}/").status_code == 404
    sent = desk.put(f"{ITEMS}/{opened.case_id}", "{}", content_type="application/geo+json")
    assert sent.status_code == 403
    assert desk.post(ITEMS, "{}", content_type="application/geo+json").status_code == 403
    assert desk.get("/map/add/matters/").status_code == 404
    assert desk.get("/map/?layers=matters").status_code == 200
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"register": "plots"},
        {"cases": []},
        {"shape": "place"},
        {"measure": {"title": {"zh": "数", "en": "n"}, "register": "shops", "by": "a", "areas": "b"}},
        {"cases": ["Not a code"]},
    ],
)
def test_d45_a_layer_is_of_a_register_or_of_cases(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        LayerDefinition.model_validate(LAYER | changes)


def test_d46_a_machine_sees_no_cases() -> None:
    an_application(a_review_type())
    _layer()
    assert list_layers(Actor.system("tests")) == ()
    assert [each.layer.code for each in list_layers(officer(BODY, "handler"))] == ["matters"]


WRITTEN = """
code: matters
title: {zh: 办件, en: Cases}
summary: {zh: 办件, en: Cases}
group: {zh: 办件, en: Cases}
cases: [no_such_item]
fields:
  - {name: applicant_name}
only:
  - {field: phase, values: [asleep]}
style: {draw: plain, colour: "#1d70b8"}
generalise:
  - {rule: drop_smallest, to_zoom: 11, pixels: 4}
"""


def test_d45_a_pack_with_an_unknown_item_or_field_is_refused_with_its_place(pack: Packed) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        pack(layers__matters=WRITTEN)
    assert [(each.path, each.reason.en) for each in refused.value.problems] == [
        ("cases.0", "there is no item 'no_such_item'"),
        ("fields.0.name", "the register has no field 'applicant_name'"),
        ("only.0", "the code list has no asleep"),
        ("generalise.0", "cluster is for points, drop_smallest and simplify are for lines and areas"),
    ]
    assert not Layer.objects.filter(code="matters").exists()
