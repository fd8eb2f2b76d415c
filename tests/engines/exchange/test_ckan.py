"""The CKAN-compatible read interface, driven by CKAN's own client."""

from __future__ import annotations

from datetime import UTC, datetime

import ckanapi
import pytest
from django.test import Client

from yiwang.identity.api import load_city
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.registers.testing import drop_tables

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
_FACETS = {"facet.field": ["organization", "groups"]}
NAMES = [
    "branch_public",
    "entity_registration",
    "entity_stakeholder",
    "household_basic",
    "household_member",
    "institution_public",
    "legal_entity_public",
    "licence_holder",
    "licence_validity",
    "organisation_code_public",
    "person_basic",
    "person_check",
    "person_status",
    "population_event",
    "residence_status",
    "seal_status",
    "social_organisation_public",
]


@pytest.fixture
def ckan(transactional_db, live_server):
    load_city(ROOT / "cities" / "guangzhou")
    loaded = load(ROOT / "packs", ["population", "legal_entity", "licence_catalogue"]).or_refuse()
    apply_plan(actor=Actor.system("tests"), at=AT, loaded=loaded, plan=make_plan(loaded))
    with ckanapi.RemoteCKAN(live_server.url) as client:
        yield client
    drop_tables()


def test_d33_ckanapi_works_unchanged(ckan, live_server):
    assert ckan.action.package_list() == NAMES
    assert ckan.action.package_list(limit=2, offset=1) == NAMES[1:3]
    one = ckan.action.package_show(id="person_basic")
    assert ckan.action.package_show(id=one["id"]) == one
    assert (one["title"], one["organization"]["name"]) == ("人口基本信息", "public_security")
    assert one["groups"][0]["title"] == "人口基础信息"
    resource = next(way for way in one["resources"] if "/api/exchange/" in way["url"])
    assert resource["url"].endswith("/api/exchange/resources/person_basic")
    assert one["num_resources"] == len(one["resources"])
    assert ckan.action.resource_show(id=resource["id"]) == resource

    found = ckan.action.package_search(
        q="证照", rows=1, start=0, **{"facet.field": ["organization", "groups"]}
    )
    assert (found["count"], len(found["results"])) == (2, 1)
    assert found["facets"] == {"organization": {"service_centre": 2}, "groups": {"105": 2}}
    assert found["search_facets"]["groups"]["items"] == [{"name": "105", "display_name": "105", "count": 2}]
    by_owner = ckan.action.package_search(fq="organization:public_security +sharing:conditional")
    assert sorted(package["name"] for package in by_owner["results"]) == [
        "household_basic",
        "household_member",
        "person_basic",
        "person_check",
        "population_event",
        "residence_status",
        "seal_status",
    ]
    assert ckan.action.package_search(fq="organization:(public_security OR service_centre)")["count"] == 9
    assert ckan.action.package_search(q="*:*", sort="name asc")["results"][0]["name"] == NAMES[0]

    assert ckan.action.organization_list() == [
        "civil_affairs",
        "establishment_office",
        "industry_commerce",
        "information_centre",
        "public_security",
        "quality",
        "service_centre",
    ]
    assert ckan.action.organization_show(id="service_centre")["package_count"] == 2
    assert ckan.action.group_list() == ["101", "102", "105"]
    assert ckan.action.group_show(id="105")["package_count"] == 2
    assert ckan.action.tag_list(query="户籍") == ["户籍"]
    assert ckan.action.status_show()["ckan_version"] == "2.10.0"
    assert "One package" in ckan.action.help_show(name="package_show")

    with pytest.raises(ckanapi.NotFound):
        ckan.action.package_show(id="nothing")
    with pytest.raises(ckanapi.ValidationError):
        ckan.action.package_search(rows="many")
    with pytest.raises(ckanapi.ValidationError):
        ckan.action.package_search(fq="secret:x")
    with pytest.raises(ckanapi.CKANAPIError):
        ckan.action.package_create(name="mine")

    with ckanapi.RemoteCKAN(live_server.url, get_only=True) as reader:
        assert reader.action.package_search(q="户籍")["count"] == 2


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("package_search", {"q": "a" * 90_000}),
        ("package_search", {"q": " " * 90_000}),
        ("package_search", {"fq": "a" * 90_000}),
        ("package_search", {"fq_list": ["a" * 1_001]}),
        ("package_search", {"fq_list": ["kind:table"] * 51}),
        ("package_show", {"id": "a\u0000"}),
        ("package_show", {"id": "\ud800"}),
        ("package_search", {"fq": 'organization:"a\u0000"'}),
    ],
)
@pytest.mark.django_db
def test_a_question_that_only_costs_is_refused_at_once(action, asked):
    answer = Client().post(f"/api/3/action/{action}", asked, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]["__type"]) == (409, "Validation Error")
