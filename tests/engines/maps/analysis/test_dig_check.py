"""Dig checks: what lies there as far as the officer's right goes, kept with its reason, and on paper."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdfium2
import pytest
from django.test import Client

from yiwang.identity.testing import an_officer, sign_in
from yiwang.maps.analysis.queries.checks import Check
from yiwang.maps.analysis.rules.judging import unknown
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


def _opening(code: str, north: float, begins: str, ends: str, **other: object) -> None:
    ground = (
        f"POLYGON((113.2605 {north}, 113.2606 {north}, 113.2606 {north + 0.00005:.5f}, 113.2605 {north}))"
    )
    values = {
        "code": code, "division": "440104", "builder": f"单位{code}", "purpose": "换管", "begins": begins,
        "ends": ends, "state": "planned", "ground": ground,
    } | other  # fmt: skip
    enter_entry(actor=a_clerk("construction"), at=AT, register="road_openings", values=values)


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


def _told(client: Client) -> tuple[dict[str, dict[str, object]], list[str]]:
    found = GroundCheck.objects.latest("pk").found
    return {each["code"]: each for each in found["openings"]}, [each["en"] for each in found["unknown"]]


def test_d01_openings_that_are_over_are_no_conflict_and_those_of_a_young_surface_are_told(client, pipes):
    days = {"begins": "2026-04-05", "ends": "2026-04-25"}
    _opening("OFF", 23.1301, **days, state="revoked")
    _opening("SHUT", 23.1301, **days, state="closed")
    _opening("NEW", 23.1301, "2024-01-01", "2024-02-01", state="closed")
    _opening("OLD", 23.1301, "2022-01-01", "2023-04-01", state="closed")
    _opening("LATE", 23.1301, "2025-11-01", "2026-01-01", state="permitted")
    _opening("LOST", 23.1301, "2022-01-01", "2022-02-01")
    _opening("NEXT", 23.1301, "2026-09-01", "2026-10-01")
    sign_in(client, an_officer("construction"))
    page = client.get(_checked(client).headers["Location"]).content.decode()

    told, _ = _told(client)
    assert {code: (each["standing"], each["overlaps"]) for code, each in told.items()} == {
        "DL1": ("live", True),
        "SHUT": ("rested", False),
        "NEW": ("rested", False),
        "LATE": ("late", False),
        "NEXT": ("live", False),
    }
    assert page.count("Overlaps with these works") == 1
    assert page.count("see whether it may be dug up again") == 2
    assert page.count("no restored road is entered") == 1


def test_d02_an_opening_that_overlaps_comes_before_many_that_lie_nearer_and_the_cut_is_said(client, pipes):
    for number in range(52):
        _opening(f"P{number:02d}", 23.1302, "2027-01-01", "2027-02-01")
    _opening("FAR", 23.1309, "2026-04-30", "2026-05-20", road="R1")
    for number in range(30):
        _opening(f"O{number:02d}", 23.1302, "2022-01-01", "2022-02-01", state="closed")
    sign_in(client, an_officer("construction"))
    address = _checked(client).headers["Location"]

    told, unknown = _told(client)
    assert (list(told)[:2], len(told)) == (["DL1", "FAR"], 50)
    said = "Too many openings of roads near by: 50 are listed, those that overlap in time first"
    assert [each for each in unknown if each.startswith(said)] == unknown[:1]
    assert said in client.get(address).content.decode()
    assert said.replace(" ", "") in _words(client.get(f"{address}report.pdf").content)


def test_d03_two_openings_of_one_road_in_the_same_weeks_are_told_with_whom_to_ask(client, pipes):
    _opening("T1", 23.1302, "2026-05-10", "2026-06-01", road="R7", address="和平路", contact="管网部")
    _opening("T2", 23.1302, "2026-06-15", "2026-07-01", road="R7")
    _opening("T3", 23.1302, "2026-07-16", "2026-08-01", road="R7")
    _opening("T4", 23.1302, "2026-06-01", "2026-06-20", road="R7", state="revoked")
    _opening("U1", 23.1302, "2026-05-10", "2026-06-01", road="R8")
    sign_in(client, an_officer("construction"))
    address = _checked(client).headers["Location"]

    page = client.get(address).content.decode()
    _, _, table = page.partition("open it once")
    table = table.partition("What is not known")[0]
    assert re.findall(r"单位(\w\d)", table) == ["T1", "T2"]
    assert "These works fall in the same weeks" in table
    assert "管网部" in table
    words = _words(client.get(f"{address}report.pdf").content)
    assert "Oneroad,thesameweeks:openitonce" in words
    assert "管网部" in words


def test_d04_nothing_is_told_together_where_each_road_is_opened_once(client, pipes):
    sign_in(client, an_officer("construction"))
    address = _checked(client).headers["Location"]

    assert "open it once" not in client.get(address).content.decode()
    assert "openitonce" not in _words(client.get(f"{address}report.pdf").content)


def test_d05_of_more_owners_than_are_listed_on_one_page_all_are_asked(client, pipes):
    for number in range(205):
        values = {
            "code": f"Z{number:03d}", "name": f"单位{number}", "name_en": f"Unit {number}", "kind": "TX",
            "sharing": "none", "contact": "办公室", "authority": "construction",
        }  # fmt: skip
        enter_entry(actor=a_clerk("construction"), at=AT, register="pipe_owners", values=values)
    sign_in(client, an_officer("construction"))
    _checked(client)

    owners = {each["code"] for each in GroundCheck.objects.get().found["owners"]}
    assert len({each for each in owners if each.startswith("Z")}) == 205


def test_d06_what_is_cut_or_not_read_is_said_in_words():
    said = [
        text.en[:30]
        for text in unknown([], [], is_whole=True, all_openings=False, cut={"owners", "openings"})
    ]

    assert said == [
        "Too many openings of roads nea",
        "Too many owners: 1000 were rea",
        "Your organisation doesn't read",
        "Recorded places and depths err",
    ]
    assert len(list(unknown([], [], is_whole=True, all_openings=True, cut=()))) == 1


def _words(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return "".join("".join(texts).split())


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


def test_a_check_bears_the_year_that_it_was_in_the_city() -> None:
    at = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    said = {"organisation": "water", "reason": "", "outline": "", "depth": Decimal(1), "found": None}
    made = Check(id=7, checked_at=at, begins=at.date(), ends=at.date(), **said)
    assert made.number == "DT2027-000007"
