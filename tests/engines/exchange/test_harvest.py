"""D33: other catalogues are read, by DCAT and by CKAN's interface, safely and again and again."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from yiwang.exchange.api import add_harvest_source, get_source, harvest, harvest_due, stop_harvest_source
from yiwang.exchange.catalogue import harvesting
from yiwang.exchange.catalogue.contracts import SourceNotFound, SourceRefused
from yiwang.exchange.catalogue.fetching import NotFetched, fetch
from yiwang.exchange.models import CatalogueEntry, HarvestRun, HarvestSource
from yiwang.identity.testing import an_officer
from yiwang.kernel.text import Text
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import environment

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TREES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://other.example/trees> a dcat:Dataset ; dct:title "古树名木"@zh, "Old trees"@en ;
  dct:description "全市古树"@zh ; dct:publisher [ foaf:name "园林局"@zh ] ; dcat:keyword "树" ;
  dcat:distribution [ dcat:downloadURL <https://other.example/trees.csv> ;
    dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ] ,
    [ dcat:accessURL <javascript:alert(1)> ] .
<https://other.example/parks> a dcat:Dataset ; dct:title "公园"@zh .
"""
EVIL = json.dumps({"@context": "http://127.0.0.1:1/context", "@id": "x", "@type": "dcat:Dataset"})


@pytest.fixture
def other():
    """Another catalogue: paths with their media type and body, changed by tests."""
    pages: dict[str, tuple[int, str, str]] = {}
    asked: list[str] = []

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            status, kind, body = pages.get(self.path.split("?")[0], (404, "text/plain", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if status == 302:
                self.send_header("Location", body)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield pages, asked, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def inside(monkeypatch):
    configured = environment().model_copy(update={"harvest_inside": "127.0.0.1"})
    monkeypatch.setattr(harvesting, "environment", lambda: configured)


@pytest.fixture
def admin(db):
    return an_officer("informatization", roles=["city_admin"])


def add(admin, url, **changes):
    facts = {
        "actor": admin, "at": AT, "key": "other", "title": Text("外市目录", "Other city"), "protocol": "dcat",
        "url": url, "every_hours": 24,
    }  # fmt: skip
    return add_harvest_source(**(facts | changes))


def test_d33_dcat_is_read_twice_and_written_once(admin, inside, other, client):
    pages, _, address = other
    pages["/catalogue.ttl"] = (200, "text/turtle", TREES)
    add(admin, f"{address}/catalogue.ttl")

    first = harvest("other", at=AT)
    kept = list(CatalogueEntry.objects.order_by("code").values())
    second = harvest("other", at=AT + timedelta(days=1))

    assert (first.latest.seen, first.latest.added, first.latest.fault) == (2, 2, None)
    assert (second.latest.seen, second.latest.added, second.latest.changed, second.latest.removed) == (
        2,
        0,
        0,
        0,
    )
    assert list(CatalogueEntry.objects.order_by("code").values()) == kept
    trees = CatalogueEntry.objects.get(content__title__en="Old trees")
    assert [way["address"] for way in trees.content["distributions"]] == ["https://other.example/trees.csv"]
    page = client.get(f"/catalogue/{trees.code}/").content.decode()
    assert "这是其他目录的条目" in page
    assert "不能在此申请共享" in page
    assert "到工作台查询" not in page
    assert "古树名木" in client.get("/catalogue/", {"q": "古树", "origin": "external"}).content.decode()

    fewer = TREES.replace("全市古树", "全市古树名木").rsplit("<https", 1)[0]
    pages["/catalogue.ttl"] = (200, "text/turtle", fewer)
    third = harvest("other", at=AT + timedelta(days=2))

    assert (third.latest.added, third.latest.changed, third.latest.removed) == (0, 1, 1)
    stop_harvest_source(actor=admin, at=AT, key="other")
    assert CatalogueEntry.objects.count() == 0


def test_d33_ckan_is_read_page_by_page(admin, inside, other):
    pages, asked, address = other
    package = {
        "name": "lamps", "title": "路灯", "notes": "", "tags": [{"name": "灯"}], "url": "",
        "organization": {"title": "市政局"}, "metadata_modified": "2026-01-01",
        "resources": [
            {"name": "表", "url": "https://c.example/l.csv", "format": "csv", "mimetype": "text/csv"},
        ],
    }  # fmt: skip
    listed = {"success": True, "result": {"count": 2, "results": [package, {**package, "name": "lamps2"}]}}
    pages["/api/3/action/package_search"] = (200, "application/json", json.dumps(listed))
    add(admin, address, key="ckan_city", protocol="ckan")

    done = harvest("ckan_city", at=AT)

    assert (done.latest.seen, done.latest.added) == (2, 2)
    assert asked == ["/api/3/action/package_search?q=%2A%3A%2A&rows=100&start=0&sort=name+asc"]
    (lamps, _) = CatalogueEntry.objects.order_by("content__provenance__identifier")
    assert lamps.content["provenance"]["identifier"] == f"{address}/dataset/lamps"
    assert lamps.formats == ["CSV"]


def test_d33_what_an_older_source_lists_stays_its(admin, inside, other):
    pages, _, address = other
    pages["/catalogue.ttl"] = (200, "text/turtle", TREES)
    add(admin, f"{address}/catalogue.ttl")
    add(admin, f"{address}/catalogue.ttl", key="mirror")
    harvest("other", at=AT)

    done = harvest("mirror", at=AT)

    assert (done.latest.seen, done.latest.added, done.entries) == (2, 0, 0)
    assert [reason.en for _, reason in done.latest.left_out] == ["'other' lists it already"] * 2


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((500, "text/plain", ""), "it answered 500"),
        ((200, "text/turtle", "no turtle at all {"), "no catalogue that can be read"),
        ((200, "text/turtle", ""), "the catalogue is empty"),
        ((200, "application/ld+json", EVIL), "no catalogue that can be read"),
        ((302, "text/plain", "file:///etc/passwd"), "only http and https"),
        ((302, "text/plain", "http://10.0.0.1/"), "inner network"),
        ((302, "text/plain", "/catalogue.ttl"), "too many redirections"),
    ],
)
def test_d33_a_source_that_fails_loses_nothing(admin, inside, other, page, said):
    pages, _, address = other
    pages["/catalogue.ttl"] = (200, "text/turtle", TREES)
    add(admin, f"{address}/catalogue.ttl")
    harvest("other", at=AT)
    before = list(CatalogueEntry.objects.order_by("code").values())
    pages["/catalogue.ttl"] = page

    failed = harvest("other", at=AT + timedelta(days=1))

    assert said in failed.latest.fault.en
    assert list(CatalogueEntry.objects.order_by("code").values()) == before


def test_d33_the_inner_network_is_not_read_unless_configured(admin, other):
    _, asked, address = other
    for url in (
        address,
        address.replace("127.0.0.1", "localhost"),
        "http://[::1]/",
        "http://169.254.169.254/",
    ):
        with pytest.raises(NotFetched) as refused:
            fetch(url, inside=frozenset())
        assert "inner network" in refused.value.sentence.en
    assert asked == []


def test_a_large_document_is_cut_off(other):
    pages, _, address = other
    pages["/large"] = (200, "text/turtle", "x" * 5000)
    with pytest.raises(NotFetched, match="larger than 4,096"):
        fetch(f"{address}/large", inside=frozenset({"127.0.0.1"}), most_bytes=4096)


def test_a_job_asked_for_twice_reads_once(admin, inside, other):
    pages, asked, address = other
    pages["/catalogue.ttl"] = (200, "text/turtle", TREES)
    add(admin, f"{address}/catalogue.ttl")

    harvest_due("other", at=AT)
    harvest_due("other", at=AT)

    assert asked == ["/catalogue.ttl"]
    assert HarvestRun.objects.count() == 1


@pytest.mark.parametrize("roles", [["handler"], ["approver"], []])
def test_others_add_and_stop_no_source(admin, roles):
    with pytest.raises(OperationNotAllowed):
        add(an_officer("planning", roles=roles), "https://other.example/")
    assert HarvestSource.objects.count() == 0
    add(admin, "https://other.example/")
    with pytest.raises(OperationNotAllowed):
        stop_harvest_source(actor=an_officer("planning", roles=roles), at=AT, key="other")
    assert get_source("other").is_stopped is False


@pytest.mark.parametrize(
    "changes", [{"url": "file:///x"}, {"key": "Bad"}, {"title": Text("名", "")}, {"every_hours": 0}]
)
def test_an_unsound_source_is_refused(admin, changes):
    with pytest.raises(SourceRefused):
        add(admin, **({"url": "https://other.example/"} | changes))
    assert HarvestSource.objects.count() == 0


def test_an_unknown_source_is_not_found(db):
    with pytest.raises(SourceNotFound):
        harvest("nothing", at=AT)
