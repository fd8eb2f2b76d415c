"""Dig checks: what lies there as far as the officer's right goes, kept with its reason, and on paper."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.test import Client

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.models import GroundCheck
from yiwang.packs.api import apply_plan, load, make_plan
from yiwang.platform import command as command_module
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT
from yiwang.platform.models import JournalEntry
from yiwang.registers.api import enter_entry
from yiwang.registers.testing import DefaultRolesGuard
from yiwang.registers.testing import an_officer as a_clerk

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EMPTY = ("pipes", "pipe_points", "road_openings", "roads", "district_borders", "water_bodies", "divisions")
GOOD = {
    "shape": "area",
    "corners": "113.26,23.13\n113.261,23.13\n113.261,23.1305\n113.26,23.1305",
    "width": "",
    "depth": "2",
    "begins": "2026-04-01",
    "ends": "2026-05-01",
    "reason": "穗建〔2026〕12号 演示路改造",
}


@pytest.fixture
def pipes(db, monkeypatch, tmp_path) -> None:
    """The pack without its grown data, and three pipes, an opening."""
    monkeypatch.setattr(command_module, "_guards", [DefaultRolesGuard()])
    folder = tmp_path / "packs" / "underground_pipes"
    source = ROOT / "packs" / "underground_pipes"
    for kind in ("registers", "layers", "underground"):
        (folder / kind).mkdir(parents=True)
        for path in (source / kind).iterdir():
            (folder / kind / path.name).write_bytes(path.read_bytes())
    (folder / "data").mkdir()
    (folder / "data" / "pipe_owners.csv").write_bytes((source / "data" / "pipe_owners.csv").read_bytes())
    manifest = (source / "pack.toml").read_text(encoding="utf-8")
    manifest = re.sub(r"requires = .*", "requires = []", manifest).partition("[systems")[0]
    (folder / "pack.toml").write_text(manifest, encoding="utf-8")
    loaded = load(tmp_path / "packs", ["underground_pipes"])
    assert loaded.problems == []
    apply_plan(
        actor=Actor.system("tests"), at=AT, loaded=loaded, plan=make_plan(loaded), allow_destructive=False
    )
    _pipe("construction", "GY1", "GY", "GY01", 23.1302, 1.0)
    _pipe("parks", "WS1", "WS", "PS02", 23.1303, 4.0)
    _pipe("parks", "JS1", "JS", "JS01", 23.13052, None)
    _pipe("parks", "JS9", "JS", "JS01", 23.14, 1.0)
    ground = "POLYGON((113.2605 23.1301, 113.2606 23.1301, 113.2606 23.1302, 113.2605 23.1301))"
    enter_entry(
        actor=a_clerk("construction"), at=AT, register="road_openings",
        values={"code": "DL1", "division": "440104", "builder": "市燃气公司", "purpose": "换管",
                "begins": "2026-04-20", "ends": "2026-06-01", "state": "planned", "ground": ground},
    )  # fmt: skip


def _pipe(office: str, code: str, kind: str, owner: str, north: float, depth: float | None) -> None:
    values: dict[str, object] = {
        "code": code, "kind": kind, "owner": owner, "division": "440104", "sharing": "shared",
        "course": f"LINESTRING(113.259 {north}, 113.262 {north})", "diameter": 300,
    }  # fmt: skip
    if depth is not None:
        values |= {"depth_from": str(depth), "depth_to": str(depth + 0.2)}
    enter_entry(actor=a_clerk(office), at=AT, register="pipes", values=values)


def _checked(client: Client, **other: str):
    return client.post("/en/map/dig/", GOOD | other)


def test_an_officer_learns_what_lies_there_whom_to_ask_and_what_is_not_known(client, pipes) -> None:
    sign_in(client, an_officer("construction"))
    answer = _checked(client)
    assert answer.status_code == 302, answer.content
    check = GroundCheck.objects.get()
    assert (check.organisation, check.reason) == ("construction", GOOD["reason"])
    assert [(pipe["code"], pipe["verdict"]) for pipe in check.found["pipes"]] == [
        ("GY1", "hit"), ("WS1", "below"), ("JS1", "near"),
    ]  # fmt: skip
    assert check.found["pipes"][0]["inside"] == pytest.approx(102.4, abs=0.2)
    assert {each["code"] for each in check.found["owners"]} == {
        "GY01",
        "PS02",
        "JS01",
        "DL01",
        "TX02",
        "TX03",
    }
    assert [(each["code"], each["overlaps"]) for each in check.found["openings"]] == [("DL1", True)]
    page = client.get(answer.headers["Location"]).content.decode()
    assert "may strike 1 pieces of pipe" in page
    assert "Special Communication Lines Unit (demonstration) shares nothing" in page
    assert "Overlaps with these works" in page
    [journal] = JournalEntry.objects.filter(operation="maps.ground.check")
    assert journal.detail["check"] == check.pk
    assert "演示路" not in str(journal.detail)


def test_the_report_on_paper_has_findings_and_a_map_to_scale(client, pipes) -> None:
    sign_in(client, an_officer("construction"))
    address = _checked(client).headers["Location"]
    body = client.get(f"{address}report.pdf").content
    document = pypdfium2.PdfDocument(body)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(" ".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    whole = " ".join(texts)
    for wanted in (
        "Check before digging",
        "Chemical Feedstock Pipeline",
        "Whom to ask",
        "Legend",
        "EPSG:4547",
    ):
        assert wanted in whole
    assert re.findall(r"(?<!\d)1:[\d,]+", whole) == ["1:2,000"]


def test_an_office_that_sees_its_own_pipes_alone_is_told_so(client, pipes) -> None:
    sign_in(client, an_officer("parks"))
    _checked(client)
    found = GroundCheck.objects.get().found
    assert [pipe["code"] for pipe in found["pipes"]] == ["WS1", "JS1"]
    assert "others are not in this check" in found["unknown"][0]["en"]


def test_who_may_not_read_pipes_checks_nothing_and_sees_no_check(client, pipes) -> None:
    sign_in(client, an_officer("construction"))
    address = _checked(client).headers["Location"]
    for actor, status in (
        (an_officer("environment"), 422),
        (an_officer("construction", roles=("window",)), 403),
    ):
        other = Client()
        sign_in(other, actor)
        assert _checked(other).status_code == status
        assert other.get(address).status_code == (404 if status == 422 else 403)
        assert other.get(f"{address}report.pdf").status_code == (404 if status == 422 else 403)
    assert Client().post("/map/dig/", GOOD).status_code == 302
    assert GroundCheck.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"corners": "113.26,23.13\n113.261,23.131\n113.261,23.13\n113.26,23.131"}, "crosses itself"),
        ({"corners": "113.26,23.13\n113.261,23.13\n113.262,23.13"}, "crosses itself|no area"),
        ({"corners": "113.2,23.1\n113.3,23.1\n113.3,23.2"}, "larger than 5 ha"),
        ({"shape": "line", "width": "1", "corners": "113.26,23.13\n113.29,23.13"}, "longer than 2 km"),
        ({"corners": "113.26,23.13\n" * 100_000}, "Too many corners"),
        ({"depth": "-3"}, "Give a number"),
    ],
)
def test_ground_that_can_not_be_checked_is_refused_and_nothing_kept(client, pipes, wrong, said) -> None:
    sign_in(client, an_officer("construction"))
    answer = _checked(client, **wrong)
    assert answer.status_code == 422
    assert re.search(said, answer.content.decode()) is not None
    assert GroundCheck.objects.count() == 0


def test_the_form_takes_days_in_three_parts_and_keeps_what_was_typed(client, pipes) -> None:
    sign_in(client, an_officer("construction"))
    typed = {name: said for name, said in GOOD.items() if name not in ("begins", "ends")} | {
        "begins-year": "2026", "begins-month": "4", "begins-day": "1", "ends-year": "2026", "ends-month": "5",
    }  # fmt: skip

    wrong = client.post("/map/dig/", typed | {"ends-day": "32"})
    good = client.post("/map/dig/", typed | {"ends-day": "1"})

    assert (wrong.status_code, good.status_code) == (422, 302)
    assert re.search(r'name="ends-day"[^>]*value="32"', wrong.content.decode()) is not None
    assert [(check.begins, check.ends) for check in GroundCheck.objects.all()] == [
        (date(2026, 4, 1), date(2026, 5, 1))
    ]
