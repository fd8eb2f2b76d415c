"""A flood response is opened, changed and ended by who may, stands on the board and in its register."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.layers import held

from yiwang.identity.testing import an_officer as signed_officer
from yiwang.identity.testing import sign_in
from yiwang.insight.situations.api import close_response, open_response, read_situation
from yiwang.insight.situations.contracts import (
    LevelInForce,
    NothingInForce,
    ResponseRefused,
    SituationNotFound,
)
from yiwang.platform import command as command_module
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, list_entries
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
APPROVER = an_officer("water", "approver", account=21)
DUTY = an_officer("water", "handler", account=11)


def _fill():
    apply_packs(ROOT / "packs", ["flood_control"], at=AT, with_data=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def _city(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])


def entries(**equal):
    asked = Asked(equal=equal, limit=100)
    page = list_entries(actor=None, register="flood_responses", asked=asked, at=AT + timedelta(days=2))
    return [each["values"] for each in json.loads(page.body)]


def opened(level, at=AT, actor=APPROVER, reason="会商决定", situation="flood_duty"):
    return open_response(actor=actor, at=at, situation=situation, level=level, reason=reason)


def closed(at=AT, actor=APPROVER, reason="雨停水退"):
    close_response(actor=actor, at=at, situation="flood_duty", reason=reason)


@pytest.mark.usefixtures("_city")
def test_a_response_is_opened_stands_on_the_board_with_its_duties_and_ends():
    number = opened("III")

    assert number == "XY-20261120-100000"
    (entry,) = entries(state="open")
    assert (entry["number"], entry["response"], entry["basis"]) == (number, "III", "会商决定")
    view = read_situation(DUTY, "flood_duty", at=AT)
    assert (view.in_force.level.level, view.in_force.since, view.may_decide) == ("III", AT, False)
    assert {row["body"].zh for row in view.in_force.plan.rows} == {
        "市三防指挥部", "市政部门", "水库管理单位",
    }  # fmt: skip
    assert read_situation(APPROVER, "flood_duty", at=AT).may_decide
    public = read_situation(None, "flood_warning", at=AT)
    assert [row["number"].zh for row in public.lists[0].rows] == [number]

    later = AT + timedelta(hours=3)
    closed(later)
    (entry,) = entries(number=number)
    assert (entry["state"], entry["ending"]) == ("closed", "雨停水退")
    assert datetime.fromisoformat(entry["closed_at"]) == later
    assert read_situation(DUTY, "flood_duty", at=later).in_force is None


@pytest.mark.usefixtures("_city")
def test_another_level_ends_the_one_in_force():
    first = opened("IV")
    later = AT + timedelta(minutes=30)
    second = opened("II", later)

    (entry,) = entries(state="open")
    assert (entry["number"], entry["response"]) == (second, "II")
    (ended,) = entries(number=first)
    assert (ended["state"], ended["ending"]) == ("closed", "改为Ⅱ级响应（重大）")
    assert datetime.fromisoformat(ended["closed_at"]) == later


@pytest.mark.usefixtures("_city")
def test_who_may_not_and_what_is_not_there_changes_nothing():
    before = entries()
    for who in (
        DUTY,
        an_officer("parks", "approver", account=22),
        an_officer("water", "auditor", account=23),
    ):
        with pytest.raises(OperationNotAllowed):
            opened("IV", actor=who)
    with pytest.raises(SituationNotFound):
        opened("IV", situation="flood_warning")  # the public page knows no responses
    with pytest.raises(SituationNotFound):
        opened("IV", actor=an_officer("tourism", "approver", account=24))
    for level, reason, path in (("none", "x", "level"), ("V", "x", "level"), ("IV", " ", "reason")):
        with pytest.raises(ResponseRefused) as refused:
            opened(level, reason=reason)
        assert [each.path for each in refused.value.problems] == [path]
    with pytest.raises(NothingInForce):
        closed()
    assert entries() == before

    opened("IV")
    standing = entries()
    with pytest.raises(LevelInForce):
        opened("IV", AT + timedelta(hours=1))
    with pytest.raises(OperationNotAllowed):
        closed(actor=DUTY)
    with pytest.raises(ResponseRefused):
        closed(reason="x" * 201)
    assert entries() == standing


@pytest.mark.usefixtures("applied")
def test_the_page_asks_for_level_and_reason_and_says_what_is_wrong(client, db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AT)
    approver = signed_officer("water", roles={"approver"})
    handler = signed_officer("water", roles={"handler"})
    desk = sign_in(client, approver)
    page = desk.get("/en/now/flood_duty/").content.decode()
    assert "Open a response" in page
    assert "No response is in force" in page

    address = "/en/now/flood_duty/response/"
    wrong = desk.post(address, {"act": "open", "level": "III", "reason": ""})
    assert wrong.status_code == 422
    assert "Say why, in at most 200 characters" in wrong.content.decode()
    right = desk.post(address, {"act": "open", "level": "III", "reason": "会商"})
    assert (right.status_code, right["Location"]) == (302, "/en/now/flood_duty/")
    page = desk.get("/en/now/flood_duty/").content.decode()
    wanted = ("What each body does", "Change the level", "End the response")
    assert [word for word in wanted if word not in page] == []

    other = sign_in(client, handler)
    page = other.get("/en/now/flood_duty/").content.decode()
    assert "What each body does" in page
    assert "End the response" not in page
    assert other.post(address, {"act": "end", "ending": "x"}).status_code == 403
    assert [each["state"] for each in entries(response="III")] == ["open"]
