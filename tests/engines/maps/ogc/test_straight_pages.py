"""Pages by one kept statement: the same rows, rights, days and definitions as by the planned one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.engines.maps.conftest import PLOT_LAYER, PLOTS
from tests.engines.maps.ogc.conftest import AT, EAST, MANY_TREES, NORTH, TREES_SHOWN

from yiwang.exchange.api import issue_client, issue_token
from yiwang.exchange.models import ClientToken
from yiwang.kernel.text import Text
from yiwang.maps.ogc.queries import items, straight_pages
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.platform.contracts import Actor
from yiwang.registers.api import amend_entry

pytestmark = pytest.mark.django_db
TREES = "/ogc/collections/trees/items"
PLOTS_HERE = "/ogc/collections/plots/items"
BOX = f"bbox={EAST - 0.01},{NORTH - 0.01},{EAST + 0.1},{NORTH + 0.1}"
EVERYWHERE = "bbox=-180,-90,180,90"


def _bearer(organisation: str) -> dict[str, str]:
    issued = issue_client(
        actor=Actor.system("tests"),
        at=timezone.now(),
        organisation=organisation,
        title=Text("系统", "System"),
    )
    found = issue_token(
        at=timezone.now(),
        address="203.0.113.9",
        client_id=issued.client.client_id,
        secret=issued.secret,
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {found.token}"}


def _numbers(client: Client, address: str, **shown: str) -> list[str]:
    answer = client.get(address, **shown)
    assert answer.status_code == 200, answer.content
    return [each["properties"]["number"] for each in answer.json()["features"]]


def _pages(client: Client, address: str) -> list[list[str]]:
    """All pages, by the links that each gives."""
    found = []
    while address:
        body = client.get(address).json()
        found.append([each["properties"]["number"] for each in body["features"]])
        address = next((each["href"] for each in body["links"] if each["rel"] == "next"), "")
    return found


@pytest.mark.parametrize("query", ["limit=5", f"limit=5&{BOX}", f"limit=5&{EVERYWHERE}"])
def test_pages_are_one_statement_and_follow_each_other(client, city, query) -> None:
    shown = _bearer("parks")
    for _ in range(2):
        assert _numbers(client, f"{TREES}?{query}", **shown) == [f"T{n}" for n in range(1, 6)]
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{TREES}?{query}", **shown)
    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == 1
    assert _pages(client, f"{TREES}?{query}") == [
        [f"T{n}" for n in range(1, 6)],
        [f"T{n}" for n in range(6, 11)],
        ["T11", "T12"],
    ]


@pytest.mark.parametrize("most", [1, 11, 12])
def test_a_crowded_box_gives_the_same_pages(client, city, monkeypatch, most) -> None:
    monkeypatch.setattr(straight_pages, "MOST_NEAR", most)
    items._memory.clear()
    try:
        with CaptureQueriesContext(connection) as asked:
            found = _pages(client, f"{TREES}?limit=7&{BOX}")
        assert found == [[f"T{n}" for n in range(1, 8)], [f"T{n}" for n in range(8, 13)]]
        limited = sum("statement_timeout" in each["sql"] for each in asked)
        assert limited == (2 if most < 12 else 0)
    finally:
        items._memory.clear()


def test_what_only_the_box_of_a_shape_meets_is_left_out(client, city) -> None:
    """The index names a slanting strip whose box the asked one lies in."""
    strip = (
        f"POLYGON(({EAST + 1} {NORTH}, {EAST + 1.001} {NORTH}, {EAST + 2} {NORTH + 1}, "
        f"{EAST + 1.999} {NORTH + 1}, {EAST + 1} {NORTH}))"
    )
    amend_entry(
        actor=city.officers["planning"], at=AT + timedelta(days=1), register="plots", kind="change",
        entry=city.plots["planning"], version=1, values={"shape": strip}, valid_from=date(2026, 3, 3),
    )  # fmt: skip
    shown = _bearer("planning")
    corner = f"bbox={EAST + 1.7},{NORTH + 0.1},{EAST + 1.9},{NORTH + 0.3}"
    crossed = f"bbox={EAST + 1.4},{NORTH + 0.4},{EAST + 1.6},{NORTH + 0.6}"
    assert _numbers(client, f"{PLOTS_HERE}?{corner}", **shown) == []
    assert _numbers(client, f"{PLOTS_HERE}?{crossed}", **shown) == ["planning-1"]
    of_a_day = f"{PLOTS_HERE}?{BOX}&datetime=2026-03-02T00:00:00Z"
    assert _numbers(client, of_a_day, **shown) == ["planning-1", "parks-1", "water-1"]
    assert _numbers(client, f"{PLOTS_HERE}?{BOX}", **shown) == ["parks-1", "water-1"]


@pytest.mark.parametrize("query", ["limit=9", EVERYWHERE])
def test_a_source_gets_its_own_rows_and_a_stranger_nothing(client, city, query) -> None:
    found = {code: _bearer(code) for code in ("planning", "parks", "labour")}
    assert _numbers(client, f"{PLOTS_HERE}?{query}", **found["planning"]) == [
        "planning-1", "parks-1", "water-1",
    ]  # fmt: skip
    assert _numbers(client, f"{PLOTS_HERE}?{query}", **found["parks"]) == ["parks-1"]
    assert client.get(f"{PLOTS_HERE}?{query}", **found["labour"]).status_code == 404
    assert client.get(f"{PLOTS_HERE}?{query}").status_code == 404
    wrong = client.get(f"{PLOTS_HERE}?{query}", HTTP_AUTHORIZATION="Bearer " + "x" * 40)
    assert wrong.status_code in (401, 403)


@pytest.mark.parametrize("query", ["limit=9", EVERYWHERE])
def test_a_token_that_ended_and_a_right_that_ended_get_no_page(client, city, pack, query) -> None:
    shown = _bearer("planning")
    assert len(_numbers(client, f"{PLOTS_HERE}?{query}", **shown)) == 3
    narrowed = PLOT_LAYER + "audience: {kind: organisations, organisations: [parks]}\n"
    pack(layers__plots=narrowed, registers__trees=MANY_TREES, layers__trees=TREES_SHOWN)
    assert client.get(f"{PLOTS_HERE}?{query}", **shown).status_code == 404
    pack(layers__plots=PLOT_LAYER, registers__trees=MANY_TREES, layers__trees=TREES_SHOWN)
    assert len(_numbers(client, f"{PLOTS_HERE}?{query}", **shown)) == 3
    ClientToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"{PLOTS_HERE}?{query}", **shown).status_code == 401


@pytest.mark.parametrize("query", ["limit=9", EVERYWHERE])
def test_a_field_that_is_gone_is_gone_from_pages(client, city, pack, query) -> None:
    shown = _bearer("planning")
    before = client.get(f"{PLOTS_HERE}?{query}", **shown)
    assert list(before.json()["features"][0]["properties"]) == ["number", "price", "holder"]
    price = "  - {id: 3, name: price, kind: money, title: {zh: 底价, en: Price}}\n"
    pack(
        allow_destructive=True,
        registers__plots=PLOTS.replace(price, "") + "removed:\n  - {id: 3, name: price, since: 0.1.0}\n",
        layers__plots=PLOT_LAYER.replace("  - {name: price}\n", ""),
        registers__trees=MANY_TREES,
        layers__trees=TREES_SHOWN,
    )
    after = client.get(f"{PLOTS_HERE}?{query}", **shown)
    assert list(after.json()["features"][0]["properties"]) == ["number", "holder"]
    assert after["ETag"] != before["ETag"]


def test_a_large_page_is_given_within_a_time(client, city) -> None:
    for limit, limited in ((200, False), (201, True)):
        with CaptureQueriesContext(connection) as asked:
            assert len(_numbers(client, f"{TREES}?limit={limit}")) == 12
        assert any("statement_timeout" in each["sql"] for each in asked) is limited


def test_a_page_that_passes_some_over_is_planned() -> None:
    assert straight_pages._known_of(Asked(limit=5, after=3)) == Asked(limit=5, after=3)
    for more in ({"skip": 5}, {"entries": (1,)}, {"equal": {"a": "b"}}, {"filter": True}):
        asked = Asked(limit=5, **more)
        assert straight_pages._known_of(asked) != asked
