"""What is measured reaches the entries of stations, and so the map, without anybody's hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from math import asinh, floor, pi, radians, tan
from shutil import copytree

import pytest
from tests.engines.maps.test_kept_tiles import KEPT, Kept
from tests.layers import held

from yiwang.insight.situations.commands.write_standing import write_standing
from yiwang.insight.situations.demonstration import measure_again
from yiwang.insight.situations.following import KEEPER, follow, look_again
from yiwang.insight.situations.models import Waiting
from yiwang.insight.situations.queries.situations import read_situation
from yiwang.maps.keeping import keeping as keeping_module
from yiwang.maps.keeping import looking
from yiwang.maps.testing import read_tile
from yiwang.packs.api import load
from yiwang.platform import command as command_module
from yiwang.platform import outbox
from yiwang.platform.contracts import OperationNotAllowed
from yiwang.platform.environment import ROOT
from yiwang.registers.api import Asked, amend_entry, enter_entry, list_entries, open_history
from yiwang.registers.testing import DefaultRolesGuard, an_officer, apply_packs

#: Two hours after the values of the pack.
AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
STATION, PLACE = "L44010301", (113.22898, 23.1179)
DUTY = an_officer("water", "handler", account=11)


def _fill():
    apply_packs(ROOT / "packs", ["flood_control"], at=AT, with_data=True)


@pytest.fixture(scope="module")
def applied(django_db_setup, django_db_blocker):
    with held(_fill, django_db_blocker):
        yield


@pytest.fixture
def kept(applied, db, monkeypatch):
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    monkeypatch.setattr(looking, "TRUSTED", 600.0)
    made = Kept()
    monkeypatch.setattr(keeping_module, "OWN", made.own)
    assert followed(AT) == 0  # what the pack brings says already what is found
    made.look()
    return made


def followed(at):
    while outbox.deliver(at=at, most=1000):
        pass
    return follow(at)


def measured(value, moment, station=STATION):
    values = {
        "number": f"{station}-{moment}", "station": station, "measured": "stage", "value": value,
        "unit": "m", "moment": f"2026-11-{moment}+08:00",
    }  # fmt: skip
    enter_entry(actor=DUTY, at=AT, register="level_values", values=values)


def on_the_map(client, layer="water_levels"):
    """What the tile says of the station."""
    east, north = PLACE
    column = floor((east + 180) / 360 * 2**14)
    row = floor((1 - asinh(tan(radians(north))) / pi) / 2 * 2**14)
    answer = client.get(f"/maps/tiles/{layer}/14/{column}/{row}.mvt", **KEPT)
    (feature,) = read_tile(answer.content).of(layer)
    return feature


def entry_of(code, register="level_stations"):
    page = list_entries(actor=DUTY, register=register, asked=Asked(equal={"code": code}), at=AT)
    (found,) = json.loads(page.body)
    return found


def test_a_reading_that_is_entered_colours_the_map(client, kept):
    before = on_the_map(client)
    assert (before["level"], before["stage"]) == ("1", 3.87)

    measured("5.29", "20T09:00:00")
    assert followed(AT) == 2  # the gauge, and the reach for which it stands
    assert kept.look() >= 1
    after = on_the_map(client)
    assert (after["level"], after["stage"]) == ("3", 5.29)
    assert datetime.fromisoformat(str(after["assessed_at"])) == datetime(2026, 11, 20, 1, tzinfo=UTC)
    entry = entry_of(STATION)
    assert (entry["version"], Waiting.objects.count()) == (2, 0)
    entered, written = open_history(
        actor=DUTY, at=AT, register="level_stations", entry=entry["entry"], reason="case:1"
    )
    assert (entered.values["level"], written.values["level"]) == ("1", "3")
    assert (entered.basis, written.basis) == ("", "readings:level_values")

    assert entry_of("X44010301", "flood_reaches")["values"]["state"] == "danger"
    # its own write is heard of too, and changes nothing
    assert followed(AT) == 0
    assert look_again(AT) == 0
    assert entry_of(STATION)["version"] == 2


def test_what_has_grown_old_has_no_level_on_the_map_and_keeps_its_value(client, kept):
    late = AT + timedelta(hours=5)
    # 11 river gauges, 11 of rain, 7 reservoirs, and the reaches of which no patrol told anything
    assert look_again(late) == 11 + 11 + 7 + 8
    assert look_again(late) == 0
    kept.look()
    feature = on_the_map(client)
    assert (feature.get("level"), feature["stage"]) == (None, 3.87)
    reaches = [entry_of(f"X{code}01", "flood_reaches")["values"]["state"] for code in (440103, 440106)]
    assert reaches == [None, "danger"]
    # after a long silence the page shows no value, and the entry still what was measured last
    assert look_again(AT + timedelta(days=40)) == 0
    kept.look()
    assert on_the_map(client)["stage"] == 3.87
    board = read_situation(None, "flood_warning", at=AT + timedelta(days=40)).boards[0]
    assert {len(each.values) for each in board.stations} == {0}


def test_a_moment_to_come_changes_nothing_and_another_mark_does(kept):
    measured("6", "25T09:00:00")
    assert followed(AT) == 0
    assert entry_of(STATION)["values"]["level"] == "1"

    amend_entry(
        actor=DUTY, at=AT, register="level_stations", entry=entry_of(STATION)["entry"], version=1,
        kind="correction", values={"warning_mark": "3.5"},
    )  # fmt: skip
    assert followed(AT) == 2
    assert entry_of(STATION)["values"]["level"] == "2"
    # what somebody writes by hand is put right
    amend_entry(
        actor=DUTY, at=AT, register="level_stations", entry=entry_of(STATION)["entry"], version=3,
        kind="correction", values={"level": "1"},
    )  # fmt: skip
    assert followed(AT) == 1
    assert entry_of(STATION)["values"]["level"] == "2"


def test_nobody_but_the_city_writes_what_was_found(kept):
    measured("5.29", "20T09:00:00")
    with pytest.raises(OperationNotAllowed):
        write_standing(actor=DUTY, at=AT, situation="flood_warning", board="levels")
    assert entry_of(STATION)["values"]["level"] == "1"
    assert write_standing(actor=KEEPER, at=AT, situation="flood_warning", board="nothing") == 0
    assert write_standing(actor=KEEPER, at=AT, situation="flood_warning", board="levels") == 2


def test_in_a_demonstration_the_instruments_measure_on(kept):
    assert measure_again(AT) == 0
    late = AT + timedelta(days=30)
    assert measure_again(late) == 40
    assert measure_again(late + timedelta(hours=2)) == 0
    view = read_situation(None, "flood_warning", at=late)
    assert [board.stale for board in view.boards] == [0, 0]
    assert [amount for _, amount in view.boards[0].counts] == [9, 2, 0]


@pytest.mark.parametrize(
    ("bears", "says"),
    [
        ("{level: river}", "fitting kind"),
        ("{level: level, moment: stage}", "fitting kind"),
        ("{level: level, quantities: {speed: stage}}", "no such quantity"),
        ("{level: level, quantities: {stage: warning_mark}}", "may stand empty"),
    ],
)
def test_a_board_bears_only_what_its_register_can_hold(tmp_path, bears, says):
    for each in (ROOT / "packs").iterdir():
        if each.name != "flood_control":
            (tmp_path / each.name).symlink_to(each)
    copytree(ROOT / "packs" / "flood_control", tmp_path / "flood_control")
    file = tmp_path / "flood_control" / "situations" / "flood_warning.yaml"
    written = file.read_text(encoding="utf-8")
    wanted = "{level: level, moment: assessed_at, quantities: {stage: stage}"
    start = written.index(wanted)
    end = written.index("\n", start)
    file.write_text(written[:start] + bears + written[end:], encoding="utf-8")

    problems = load(tmp_path, ["flood_control"]).problems
    assert any(says in problem.reason.en for problem in problems), problems
