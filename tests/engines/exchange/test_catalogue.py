"""D24, D31, D32, D36: the catalogue is found, described and checked."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef
from rdflib.compare import isomorphic

from yiwang.exchange.api import check_published, get_entry
from yiwang.exchange.catalogue.indexing import index_resource, refresh
from yiwang.exchange.catalogue.shacl_check import faults_in
from yiwang.exchange.models import CatalogueEntry, Resource
from yiwang.exchange.rest.resource_document import MODELS
from yiwang.exchange.rest.resource_examples import examples_of, known_entry
from yiwang.exchange.testing import a_resource
from yiwang.packs.api import load
from yiwang.platform.environment import ROOT

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def catalogue(catalogued_city, db):
    """The catalogue of the demonstration's packs."""


def test_d31_turtle_and_json_ld_say_the_same_graph(catalogue, client):
    turtle, json_ld = client.get("/catalogue.ttl"), client.get("/catalogue.jsonld")

    assert turtle.headers["Content-Type"] == "text/turtle; charset=utf-8"
    read = Graph().parse(data=turtle.content.decode(), format="turtle")
    assert isomorphic(read, Graph().parse(data=json_ld.content.decode(), format="json-ld"))
    (whole,) = read.subjects(RDF.type, DCAT.Catalog)
    listed = {str(iri).split("/")[-2] for iri in read.objects(whole, DCAT.dataset)}
    assert listed == set(Resource.objects.values_list("code", flat=True))
    person = next(iri for iri in read.objects(whole, DCAT.dataset) if "person_basic" in iri)
    assert {str(title) for title in read.objects(person, DCTERMS.title)} == {
        "人口基本信息",
        "Basic data of a person",
    }
    number = Resource.objects.get(code="person_basic").pk
    assert str(read.value(person, DCTERMS.identifier)) == f"101000/{number:06d}"
    assert read.value(person, DCTERMS.accrualPeriodicity) == URIRef(
        "http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT"
    )


def test_d31_one_entry_is_a_document_too(catalogue, client):
    turtle, json_ld = client.get("/catalogue/person_basic.ttl"), client.get("/catalogue/person_basic.jsonld")

    read = Graph().parse(data=turtle.content.decode(), format="turtle")
    assert isomorphic(read, Graph().parse(data=json_ld.content.decode(), format="json-ld"))
    assert client.get("/catalogue/nothing.ttl").status_code == 404


def test_d32_the_published_catalogue_keeps_dcat_ap(catalogue, client):
    assert faults_in(client.get("/catalogue.jsonld").content.decode()) == []


def test_d32_faults_are_told_with_file_line_and_field_in_both_languages(catalogue):
    loaded = load(ROOT / "packs", ["population", "legal_entity", "licence_catalogue"])
    definition = loaded.definitions["resources", "person_basic"]
    content = json.loads(json.dumps(definition.content))
    content["summary"] = {"zh": "  ", "en": " "}
    content["keywords"] = [{"zh": "人" * 61, "en": "people"}]
    object.__setattr__(definition, "content", content)

    found = check_published([definition])

    assert [(fault.path, fault.is_warning) for fault in found] == [
        ("summary", False),
        ("summary", False),
        ("keywords", False),
    ] or {fault.path for fault in found} == {"summary", "keywords"}
    summary = next(fault for fault in found if fault.path == "summary")
    assert summary.file == "packs/population/resources/person_basic.yaml"
    assert summary.line == 3
    assert summary.reason.zh == "数据集须有摘要（DCAT-AP：dct:description）"
    assert summary.reason.en == "a data set has a description (DCAT-AP: dct:description)"


def test_d32_web_processes_load_no_rdf_library(web_modules: frozenset[str]):
    assert {"rdflib", "pyshacl"} & web_modules == set()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("人口基本信息", "person_basic"),
        ("证照核验", "licence_validity"),
        ("licence holder", "licence_holder"),
        ("缴费", "insurance_contribution"),
        ("insurance contrib", "insurance_contribution"),
        ("宏观经济 指标", "macro_figures"),
    ],
)
def test_d36_chinese_and_english_words_find_entries(catalogue, client, words, first):
    found = client.get("/api/3/action/package_search", {"q": words}).json()["result"]

    assert found["results"][0]["name"] == first


def test_d36_a_phrase_is_found_as_it_stands_and_not_by_its_pieces(catalogue, client):
    def count(words):
        return client.get("/api/3/action/package_search", {"q": words}).json()["result"]["count"]

    assert count("信用代码") >= 2
    assert count("代码信用") == 0
    assert count("！？") == 0
    assert count("") == Resource.objects.count()


def test_d36_facets_count_and_narrow_without_script(catalogue, client):
    whole = client.get("/catalogue/").content.decode()
    narrowed = client.get("/catalogue/", {"sharing": "conditional", "category": "203"}).content.decode()
    english = client.get("/en/catalogue/", {"q": "social insurance"}).content.decode()

    assert "共21项" in whole
    assert "社会保障" in whole
    assert "共3项" in narrowed
    assert "人口基本信息" not in narrowed
    assert "3 entries" in english
    assert "<script" not in narrowed.split("<main")[1]


def test_d24_an_entry_shows_items_service_and_its_description(catalogue, client):
    page = client.get("/catalogue/person_basic/").content.decode()
    described = client.get("/catalogue/person_basic/openapi.json").json()

    assert "/api/exchange/resources/person_basic" in page
    assert "字符型" in page
    assert described["openapi"] == "3.1.0"
    fields = described["components"]["schemas"]["VerificationIn"]["properties"]["claims"]["properties"]
    assert fields["id_number"]["maxLength"] == 18
    assert fields["birth_date"]["format"] == "date"


def test_d24_every_way_to_a_resource_is_documented_and_every_documented_one_exists(catalogue, client):
    described = client.get("/catalogue/person_basic/openapi.json").json()

    said = {(path, method) for path, acts in described["paths"].items() for method in acts}
    whole = client.get("/api/openapi.json").json()["paths"]
    ways = ("/api/exchange/resources/{code}", "/api/exchange/jobs", "/api/exchange/subscriptions",
            "/api/twin/resources/{code}")  # fmt: skip
    there = {
        (path.replace("{code}", "person_basic"), method)
        for path, acts in whole.items()
        if path.startswith(ways)
        for method in acts
    }
    assert said == there
    assert len(there) == 18


def test_d24_the_examples_of_a_resource_are_taken_as_they_stand(catalogue, client):
    described = client.get("/catalogue/person_basic/openapi.json").json()
    asked = {
        path: acts["post"]["requestBody"]["content"]["application/json"]["example"]
        for path, acts in described["paths"].items()
        if path.startswith("/api/twin") and "post" in acts
    }

    answers = {path: client.post(path, body, content_type="application/json") for path, body in asked.items()}
    assert {path.rpartition("/")[2]: answer.status_code for path, answer in answers.items()} == {
        "requests": 200, "verifications": 200, "batches": 200,
    }  # fmt: skip
    given = described["paths"]["/api/twin/resources/person_basic/requests"]["post"]["responses"]["200"]
    example = given["content"]["application/json"]["example"]
    assert answers["/api/twin/resources/person_basic/requests"].json()["values"] == example["values"]


def test_d24_every_example_fits_its_shape(catalogue):
    known = known_entry("person_basic", [line.name for line in get_entry("person_basic").lines])
    assert known is not None
    models = {model.__name__: model for model in MODELS}

    examples = examples_of(known)

    assert set(models) - set(examples) == {"ResourceOut", "ProblemOut"}
    for name, example in examples.items():
        assert models[name].model_validate(example).model_dump(mode="json", exclude_unset=True) == example


def test_a_closed_resource_leaves_the_catalogue_and_changes_enter_it(db):
    a_resource(at=AT)
    assert index_resource("person_for_tests", at=AT) is True
    assert index_resource("person_for_tests", at=AT) is False

    Resource.objects.update(closed_at=AT)

    assert refresh(AT) == 1
    assert CatalogueEntry.objects.count() == 0
