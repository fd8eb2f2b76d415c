"""D52 over HTTP: who finds, who sees points, and what bad input gets."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from yiwang.identity.testing import a_citizen, an_officer, sign_in
from yiwang.maps.addresses.rest import requests
from yiwang.platform.http.pace import Pace


@pytest.fixture
def post(ground):
    requests._pace.forget()

    def posted(path: str, body: object, actor=None):
        client = Client()
        if actor is not None:
            sign_in(client, actor)
        answer = client.post(f"/api/addresses/{path}", json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    return posted


def test_d52_everybody_finds_but_points_are_for_officers(post):
    asked = {"text": "越秀区示例路1号", "most": 1}
    officer = an_officer("tourism", roles={"handler"}, password="x")
    citizen = a_citizen(name="路人甲", password="x")
    [(_, public), (_, own), (status, seen)] = [post("find", asked, who) for who in (None, citizen, officer)]

    assert (status, public) == (200, own)
    assert (public["found"][0]["code"], public["found"][0]["longitude"]) == ("44010400310800000001", None)
    assert (seen["found"][0]["longitude"], seen["found"][0]["latitude"]) == (113.2668, 23.1285)
    assert public["found"][0]["reasons"][-1] == {
        "part": "number", "state": "matched",
        "text": {"zh": "门牌号一致：1号", "en": "The number agrees: 1号"},
    }  # fmt: skip

    near = {"longitude": 113.2668, "latitude": 23.1285}
    many = {"texts": ["越秀区示例路1号", "您好"]}
    assert [post("nearest", near, who)[0] for who in (None, citizen)] == [401, 403]
    assert [post("batches", many, who)[0] for who in (None, citizen)] == [401, 403]
    assert post("nearest", near, officer)[1]["found"][0]["metres"] == 0.0
    answer = post("batches", many, officer)[1]
    assert (answer["count"], answer["found"][0]["code"]) == (1, "44010400310800000001")
    assert answer["found"][1] is None
    assert post("suggestions", {"typed": "sll"})[1]["suggestions"][0]["address"] == "越秀区示例路"


def test_d52_bad_input_is_refused_and_a_stranger_is_slowed(post, monkeypatch):
    officer = an_officer("tourism", roles={"handler"}, password="x")
    assert post("find", {"text": "路" * 201})[0] == 422
    assert post("batches", {"texts": ["a"] * 501}, officer)[0] == 422
    assert post("nearest", {"longitude": 181, "latitude": 0}, officer)[0] == 422
    assert post("find", {"text": "\u202e％%' OR 1=1;--号" * 9})[1] == {"found": []}
    monkeypatch.setattr(requests, "_pace", Pace(1))
    assert [post("suggestions", {"typed": "北"})[0] for _ in range(3)][-1] == 429
