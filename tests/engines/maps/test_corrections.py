"""D48: a shape is corrected on the map, through the approval of a case, and its history stays."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from yiwang.cases import api
from yiwang.cases.models import Case
from yiwang.cases.testing import MONDAY, done, officer, open_task
from yiwang.identity.testing import sign_in
from yiwang.registers.api import enter_entry, open_history

pytestmark = pytest.mark.django_db
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
OLD = "POLYGON((113.2644 23.1291, 113.2654 23.1291, 113.2654 23.1301, 113.2644 23.1301, 113.2644 23.1291))"
NEW = "POLYGON((113.2644 23.1291, 113.2674 23.1291, 113.2674 23.1301, 113.2644 23.1301, 113.2644 23.1291))"
CROSSED = (
    "POLYGON((113.2644 23.1291, 113.2654 23.1301, 113.2654 23.1291, 113.2644 23.1301, 113.2644 23.1291))"
)
TILE = "/maps/tiles/waters/16/53387/28438.mvt"


@pytest.fixture(scope="module", autouse=True)
def _applied_city(mapped_city) -> None:
    """The city of all tests here."""


@pytest.fixture
def lake() -> int:
    values = {
        "code": "W1",
        "name": "东湖",
        "division": "440104",
        "kind": "lake",
        "surface": OLD,
        "made_up": True,
    }
    return enter_entry(
        actor=officer("water", "handler"), at=MONDAY, register="water_bodies", values=values
    ).entry


def _sent(client: Client, lake: int, shape: str = NEW, **said: str):
    form = {"shape": shape, "field_name": "东湖", "field_kind": "lake", "field_made_up": "true"}
    form |= {"act": "change", "reason": "清淤后水面扩大", **said}
    return client.post(f"/map/correct/waters/{lake}/", form)


def _versions(lake: int):
    return open_history(
        actor=officer("water", "handler"),
        at=timezone.now(),
        register="water_bodies",
        entry=lake,
        reason="核对",
    )


def _decided(number: str, outcome: str, **said: str) -> int | None:
    """Through all levels; gives whose decision it is."""
    approver = officer("water", "approver")
    case = Case.objects.get(number=number)
    done(officer("water", "handler"), open_task(case.pk, "check"), "done", at=TUESDAY)
    done(officer("water", "reviewer"), open_task(case.pk, "review"), "done", at=TUESDAY)
    api.decide_case(
        actor=approver,
        at=WEDNESDAY,
        task_id=open_task(case.pk, "decide"),
        outcome=outcome,
        **said,
    )
    return approver.account_id


def _shape(values) -> str:
    return json.dumps(values["surface"]["coordinates"])


def test_d48_an_approved_correction_changes_the_shape_and_keeps_what_was(client, lake) -> None:
    sign_in(client, officer("water", "window"))
    page = client.get(f"/map/correct/waters/{lake}/").content.decode()
    assert "113.2654" in page
    before = Client().get(TILE).content

    sent = _sent(client, lake)
    case = Case.objects.get()
    assert sent.headers["Location"] == f"/desk/cases/{case.number}/"
    assert (case.type_code, case.data["change"]["values"].keys()) == ("register_change", {"surface"})
    assert len(_versions(lake)) == 1
    assert Client().get(TILE).content == before
    seen = client.get(f"/desk/cases/{case.number}/").content.decode()
    assert "5个点，经度113.26440至113.26740" in seen
    assert seen.count("yw-outline-wanted") == 1

    approver = _decided(case.number, "approve")
    was, now = _versions(lake)
    assert "113.2674" in _shape(now.values)
    assert "113.2674" not in _shape(was.values)
    assert (now.basis, now.version, now.known_from, was.act) == (case.number, 2, WEDNESDAY, "change")
    assert now.recorded_by == approver
    today = Client().get(TILE).content
    assert today != before
    assert Client().get(f"{TILE}?valid={TUESDAY.date()}").content == before
    assert Client().get(f"{TILE}?valid={WEDNESDAY.date()}").content == today


def test_d48_a_refused_correction_changes_nothing(client, lake) -> None:
    sign_in(client, officer("water", "window"))
    before = Client().get(TILE).content
    _sent(client, lake, act="correction", field_name="西湖")
    case = Case.objects.get()
    assert case.data["change"]["values"].keys() == {"name", "surface"}
    _decided(case.number, "refuse", grounds="证明不足")
    assert len(_versions(lake)) == 1
    assert Client().get(TILE).content == before


@pytest.mark.parametrize("who", [("water", "leader"), ("labour", "handler"), None])
def test_d48_others_can_neither_open_nor_send_a_correction(client, lake, who) -> None:
    if who is not None:
        sign_in(client, officer(*who))
    shown, sent = client.get(f"/map/correct/waters/{lake}/"), _sent(client, lake)
    assert {shown.status_code, sent.status_code} == ({302} if who is None else {404})
    assert (Case.objects.count(), len(_versions(lake))) == (0, 1)
    listed = client.get("/map/features/?layers=waters&box=113.26,23.12,113.27,23.14").content.decode()
    assert "东湖" in listed
    assert "/correct/" not in listed


def test_d48_what_is_missing_is_asked_for_on_the_map_and_appears_once_approved(client, lake) -> None:
    sign_in(client, officer("water", "window"))
    assert "/map/add/waters/" in client.get("/map/?layers=waters").content.decode()
    page = client.get("/map/add/waters/?at=15/23.1296/113.2659").content.decode()
    assert 'data-new="area"' in page
    assert 'data-begins="15/23.1296/113.2659"' in page
    said = {
        "shape": NEW, "field_code": "W2", "field_name": "西塘", "field_division": "440104",
        "field_kind": "lake", "field_made_up": "true", "reason": "漏登",
    }  # fmt: skip
    for wrong in (
        {"shape": CROSSED},
        {"field_code": "W1"},
        {"field_code": ""},
        {"shape": ""},
        {"reason": ""},
    ):
        refused = client.post("/map/add/waters/", {**said, **wrong})
        assert refused.status_code == 422, wrong
        assert "govuk-error-summary" in refused.content.decode()
    assert Case.objects.count() == 0
    sent = client.post("/map/add/waters/", said)
    case = Case.objects.get()
    assert sent.headers["Location"] == f"/desk/cases/{case.number}/"
    before = Client().get(TILE).content
    _decided(case.number, "approve")
    assert Client().get(TILE).content != before
    for who in (("water", "leader"), ("labour", "handler")):
        other = sign_in(Client(), officer(*who))
        assert other.get("/map/add/waters/").status_code == 404
        assert other.post("/map/add/waters/", {**said, "field_code": "W3"}).status_code == 404
        assert "/map/add/" not in other.get("/map/?layers=waters").content.decode()
    assert Case.objects.count() == 1


_MANY = ", ".join(["113.26 23.12"] * 100_001)


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        (CROSSED, "边界线自相交"),
        ("", "请填写此项"),
        ("POLYGON EMPTY", "应为面"),
        ("LINESTRING(113.2 23.1, 113.3 23.1)", "应为面"),
        (f"POLYGON(({_MANY}))", "超过100,000个"),
        (None, "没有改动"),
    ],
)
def test_d48_a_shape_that_cannot_be_is_refused_at_its_field(client, lake, shape, reason) -> None:
    sign_in(client, officer("water", "window"))
    if shape is None:
        page = client.get(f"/map/correct/waters/{lake}/")
        shape = page.context["feature"].shape
    answer = _sent(client, lake, shape)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert (Case.objects.count(), len(_versions(lake))) == (0, 1)


def test_an_entry_leads_to_its_place_on_the_map(client, lake) -> None:
    found = client.get(f"/map/entry/water_bodies/{lake}/")
    assert found.headers["Location"].startswith("/map/?layers=")
    assert f"focus=waters/{lake}" in found.headers["Location"]
    assert client.get(f"/map/entry/water_bodies/{lake + 999}/").status_code == 404
