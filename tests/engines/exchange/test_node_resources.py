"""What a node offers stands in the signed directory by its titles, and at the desk of every other node."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from django.test import Client
from django.utils import timezone

from yiwang.exchange.models import NodeDirectory, NodeResources
from yiwang.exchange.nodes import api, centre
from yiwang.exchange.nodes.contracts import DirectoryRefused, Fault, MessageRefused, NodeUnreachable
from yiwang.exchange.nodes.queries.standing import forget_cached
from yiwang.exchange.nodes.rest import views
from yiwang.exchange.nodes.rules.resources import statement_of
from yiwang.exchange.nodes.testing import a_node
from yiwang.identity.testing import an_officer, sign_in
from yiwang.platform.environment import environment
from yiwang.trust.testing import NodeKeys

pytestmark = pytest.mark.django_db
PAGE = "/desk/exchange/elsewhere/"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> Iterator[Path]:
    monkeypatch.setenv("YIWANG_VAR", str(tmp_path))
    settings.STATIC_ROOT = tmp_path
    environment.cache_clear()
    forget_cached()
    views.RESOURCES_PACE.forget()
    yield tmp_path
    environment.cache_clear()
    forget_cached()


@pytest.fixture
def being(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """From now on this installation is the node."""

    def become(node: str) -> None:
        monkeypatch.setenv("YIWANG_NODE", node)
        environment.cache_clear()
        forget_cached()

    return become


@pytest.fixture
def keys(catalogue) -> NodeKeys:
    """District B holds the register, district A asks; both are in the directory."""
    made, now = NodeKeys.generate(), timezone.now()
    a_node("district-b", members=["public_security"], at=now, keys=made)
    a_node("district-a", members=["construction"], at=now)
    api.issue_directory(at=now)
    return made


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch, client: Client) -> list[bytes]:
    """What was told to the centre over HTTP."""
    passed: list[bytes] = []

    def post(address: str, *, json: dict[str, str], **_: object) -> httpx.Response:
        passed.append(b64decode(json["content"]))
        path = address.removeprefix("http://127.0.0.1:9")
        answer = client.post(path, json, content_type="application/json")
        return httpx.Response(answer.status_code, request=httpx.Request("POST", address))

    monkeypatch.setattr(centre.httpx, "post", post)
    return passed


def test_d28_resources_of_other_nodes_are_listed_by_their_titles_while_the_centre_is_down(
    keys, sent, being, client, catalogue, monkeypatch
):
    being("district-b")
    now = timezone.now()
    assert api.tell_resources(at=now) is True
    directory = api.issue_directory(at=now)
    api.accept_directory(directory, at=now)
    assert api.tell_resources(at=now + timedelta(seconds=1)) is False
    assert len(sent) == 1

    being("district-a")

    def gone(*_: object, **__: object) -> None:
        raise AssertionError("the centre is down")

    monkeypatch.setattr(centre.httpx, "get", gone)
    monkeypatch.setattr(centre.httpx, "post", gone)
    sign_in(client, an_officer("construction", roles=("handler",)))
    assert PAGE in client.get("/desk/exchange/").content.decode()
    for language, title in (("", catalogue.title.zh), ("/en", catalogue.title.en)):
        page = client.get(language + PAGE)
        assert page.status_code == 200
        assert title in page.content.decode()
        assert f"district-b:{catalogue.code}" in page.content.decode()
        assert "district-a:" not in page.content.decode()
    sign_in(client, an_officer("construction", roles=("auditor",)))
    assert client.get(PAGE).status_code == 403
    # The names are signed with the rest.
    meddled = directory.content.replace(catalogue.title.en.encode(), b"Something else")
    assert meddled != directory.content
    with pytest.raises(DirectoryRefused):
        api.accept_directory(replace(directory, content=meddled), at=now)


def test_d28_only_a_node_in_force_says_what_it_offers_and_only_for_its_own(keys, being, client):
    now = datetime.now(UTC)
    found = api.find_directory()
    assert found is not None
    assert [peer.resources for peer in found.peers] == [(), ()]
    good = statement_of("district-b", (), at=now)
    foreign = json.loads(good.partition(b"\n")[2]) | {
        "resources": [{"code": "wages", "owner": "labour", "title": {"zh": "工资", "en": "Wages"}}]
    }
    other = b"yiwang-node-resources/1\n" + json.dumps(foreign).encode()
    old = statement_of("district-b", (), at=now - timedelta(minutes=2))
    elsewhere = statement_of("district-a", (), at=now)
    unknown = statement_of("district-z", (), at=now)
    for content, signature, fault in (
        (good, bytes(64), Fault.SIGNATURE_FALSE),
        (elsewhere, keys.sign.sign(elsewhere), Fault.SIGNATURE_FALSE),
        (unknown, keys.sign.sign(unknown), Fault.UNKNOWN_KEY),
        (old, keys.sign.sign(old), Fault.CLOCK_SKEW),
        (other, keys.sign.sign(other), Fault.NOT_A_MEMBER),
        (b"{}", keys.sign.sign(b"{}"), Fault.MALFORMED),
    ):
        with pytest.raises(MessageRefused) as refused:
            api.take_resources(content, signature, at=now)
        assert refused.value.fault is fault
        assert NodeResources.objects.count() == 0
    assert api.take_resources(good, keys.sign.sign(good), at=now) == 0
    with pytest.raises(MessageRefused) as refused:
        api.take_resources(good, keys.sign.sign(good), at=now)
    assert refused.value.fault is Fault.REPLAYED
    for body, status in (({"content": "?", "signature": ""}, 400), ({}, 400)):
        answer = client.post("/api/nodes/resources", body, content_type="application/json")
        assert answer.status_code == status
    assert client.post("/api/nodes/resources", {"content": b64encode(good).decode()}).status_code == 415
    api.issue_directory(at=now)
    assert NodeDirectory.objects.count() == 1


def test_d28_what_a_node_offers_is_told_again_when_the_centre_did_not_hear(keys, being, monkeypatch):
    being("district-b")
    monkeypatch.setattr(
        centre.httpx, "post", lambda *_, **__: httpx.Response(503, request=httpx.Request("POST", "http://c"))
    )
    for _ in range(2):
        with pytest.raises(NodeUnreachable):
            api.tell_resources(at=timezone.now())
    assert NodeResources.objects.count() == 0
