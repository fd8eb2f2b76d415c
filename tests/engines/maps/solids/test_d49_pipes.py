"""D49: pipes below the street lie at their depth for who may see it, and flat for everybody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from yiwang.identity.testing import an_officer, signed_in
from yiwang.maps.solids.queries import pipes as querying
from yiwang.platform.environment import ROOT
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EAST, NORTH = 113.26, 23.13
_PACK = ROOT / "packs" / "underground_pipes"
_FILES = ("registers/pipes", "registers/pipe_owners", "layers/pipes", "underground/pipes")


def _declared(**changed: str) -> dict[str, str]:
    said = {name: (_PACK / f"{name}.yaml").read_text(encoding="utf-8") for name in _FILES}
    return {name.replace("/", "__"): text for name, text in (said | changed).items()}


def _enter(code: str, kind: str, course: str, **values: object) -> None:
    given = {"code": code, "kind": kind, "owner": "JS01", "division": "440104", "sharing": "shared"}
    enter_entry(actor=a_clerk("parks"), at=AT, register="pipes", values=given | {"course": course} | values)


@pytest.fixture
def laid(pack) -> None:
    """A main that sinks over two equal pieces, a cable of no known width, pipes of unknown depths."""
    pack(**_declared())
    owner = {"code": "JS01", "name": "水", "name_en": "Water", "kind": "JS", "sharing": "full"}
    owner |= {"contact": "科", "authority": "construction"}
    enter_entry(actor=a_clerk("construction"), at=AT, register="pipe_owners", values=owner)
    along = f"LINESTRING({EAST} {NORTH}, {EAST + 0.001} {NORTH}, {EAST + 0.002} {NORTH})"
    _enter("JS1", "JS", along, depth_from="1", depth_to="2", diameter=600)
    beside = f"LINESTRING({EAST} {NORTH + 0.0001}, {EAST} {NORTH + 0.0002})"
    _enter("TX1", "TX", beside, depth_from="0.8", depth_to="0.8")
    _enter("DL1", "DL", beside)
    _enter("DL2", "DL", beside, depth_from="0.7")
    _enter(
        "GY1", "GY", f"LINESTRING({EAST + 1} {NORTH}, {EAST + 1.001} {NORTH})", depth_from="1", depth_to="1"
    )


def _asked(
    client: Client, box: str = f"{EAST - 0.001},{NORTH - 0.001},{EAST + 0.001},{NORTH + 0.001}"
) -> Any:
    return client.get("/map/solids/pipes/", {"box": box})


def _layers(client: Client) -> Any:
    answer = _asked(client)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    return json.loads(answer.content)["layers"]


def test_d49_pipes_lie_at_the_depth_of_their_middle(laid) -> None:
    (found,) = _layers(signed_in(an_officer("construction")))
    assert (found["layer"], found["depths"]) == ("pipes", ["depth_from", "depth_to"])
    main, cable = found["pipes"]
    # the top lies 1, 1.5 and 2 m deep, the middle half of 600 mm below; pipes out of the box are left out
    assert [down for _, _, down in main["course"]] == [1.3, 1.8, 2.3]
    assert [east for east, _, _ in main["course"]] == pytest.approx([EAST, EAST + 0.001, EAST + 0.002])
    assert (main["wide"], main["colour"]) == (0.6, "#1d70b8")
    assert [down for _, _, down in cable["course"]] == [0.95, 0.95]
    assert (cable["wide"], cable["colour"]) == (0.3, "#00803c")


def test_d49_who_sees_no_pipes_or_no_depths_gets_none(laid, pack) -> None:
    office = signed_in(an_officer("construction"))
    assert len(_layers(office)) == 1
    assert _layers(Client()) == []
    assert _layers(signed_in(an_officer("labour"))) == []
    # a layer that keeps the depths to itself keeps them here too
    layer = (_PACK / "layers" / "pipes.yaml").read_text(encoding="utf-8")
    hidden = "\n".join(line for line in layer.splitlines() if "name: depth_to" not in line) + "\n"
    pack(**_declared(**{"layers/pipes": hidden}))
    assert _layers(office) == []


def test_d49_too_many_pipes_are_refused_and_none_left_out(laid, monkeypatch) -> None:
    office = signed_in(an_officer("construction"))
    monkeypatch.setattr(querying, "MOST_PIPES", 1)
    refused = _asked(office)
    assert (refused.status_code, "超过1段" in refused.content.decode()) == (400, True)
    monkeypatch.setattr(querying, "MOST_PIPES", 2)
    assert _asked(office).status_code == 200
    for box in ("", "1,2,3", "a,b,c,d"):
        assert _asked(office, box).status_code == 400, box
