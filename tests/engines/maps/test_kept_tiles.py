"""Kept tiles: dropped by what touches them and by nothing else, and never given past a reader's right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.engines.maps.conftest import PLOT_LAYER
from tests.engines.maps.test_tiles import AT, NEAR, _plot, _tile, _tree, offices  # noqa: F401 - a fixture

from yiwang.exchange.api import issue_client, issue_token
from yiwang.exchange.models import ClientToken
from yiwang.identity.models import Account, Posting
from yiwang.identity.testing import sign_in
from yiwang.kernel.text import Text
from yiwang.maps.keeping import keeping as keeping_module
from yiwang.maps.keeping import looking
from yiwang.maps.keeping.entry import KEEPS
from yiwang.maps.keeping.keeping import TileKeeping
from yiwang.maps.testing import read_tile
from yiwang.platform.contracts import Actor
from yiwang.registers.api import amend_entry, enter_entry, retire_entry
from yiwang.registers.drawn import NotePruner
from yiwang.registers.models import DrawnChange

pytestmark = pytest.mark.django_db
KEPT: dict[str, object] = {KEEPS: True}


class Kept:
    """The kept tiles of one process; it looks when it is told to."""

    def __init__(self) -> None:
        self.own = TileKeeping()
        self.own.watch.begin = lambda: None
        self.look()

    def look(self) -> int:
        return self.own.watch.look(_rows)

    def drawn_anew(self, ask: Callable[[], object]) -> int:
        """How many tiles are drawn while something is asked for."""
        with CaptureQueriesContext(connection) as asked:
            ask()
        return sum("ST_AsMVT(" in each["sql"] for each in asked)


def _rows(statement: str, params: Mapping[str, object]) -> Sequence[Sequence[object]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


@pytest.fixture
def kept(offices, monkeypatch) -> Kept:  # noqa: F811
    monkeypatch.setattr(looking, "TRUSTED", 600.0)
    made = Kept()
    monkeypatch.setattr(keeping_module, "OWN", made.own)
    return made


def _around(zoom: int) -> list[str]:
    """The tiles of a zoom from the plots to five tiles of zoom 16 east and north of them."""
    east, north = 53387 >> (16 - zoom), 28438 >> (16 - zoom)
    far, up = (53387 + 5) >> (16 - zoom), (28438 - 5) >> (16 - zoom)
    return [f"{zoom}/{column}/{row}" for column in range(east, far + 1) for row in range(up, north + 1)]


def test_d47_a_change_drops_exactly_the_tiles_that_it_touches(client, kept, offices) -> None:  # noqa: F811
    """A sliver across the map: its box touches 36 tiles of zoom 16, itself ten of them."""
    planning, desk = offices["planning"], sign_in(client, offices["planning"])
    corners = "113.2644 23.1291, 113.29 23.1515, 113.2901 23.1515, 113.2645 23.1291, 113.2644 23.1291"
    values = {"number": "sliver", "shape": f"POLYGON(({corners}))", "price": "1"}

    entry = enter_entry(actor=planning, at=AT, register="plots", values=values).entry
    kept.look()
    places = [place for zoom in (12, 14, 16) for place in _around(zoom)]

    def bodies() -> dict[str, bytes]:
        return {place: desk.get(f"/maps/tiles/plots/{place}.mvt", **KEPT).content for place in places}

    def places_kept() -> set[str]:
        return {f"{zoom}/{column}/{row}" for _, zoom, column, row in kept.own.store.kept_keys()}

    before = bodies()
    assert places_kept() == set(places)
    assert kept.drawn_anew(bodies) == 0
    amend_entry(
        actor=planning, at=AT + timedelta(days=1), register="plots", entry=entry, version=1,
        kind="correction", values={"price": "2"},
    )  # fmt: skip
    gone = kept.look()
    dropped = set(places) - places_kept()
    after = bodies()
    assert gone == len(dropped)
    assert dropped == {place for place in places if before[place] != after[place]}
    assert len([place for place in dropped if place.startswith("16/")]) == 10
    assert kept.drawn_anew(bodies) == 0


def test_d47_the_old_place_and_the_new_one_are_drawn_anew(client, kept, offices) -> None:  # noqa: F811
    parks = offices["parks"]
    entry = _tree(parks, 2, 113.3)
    other = "16/53393/28438"
    kept.look()
    assert (len(_tile(client, "trees", NEAR, **KEPT).of("trees")), len(kept.own.store)) == (1, 1)
    assert len(_tile(client, "trees", other, **KEPT).of("trees")) == 1
    amend_entry(
        actor=parks, at=AT + timedelta(days=1), register="trees", entry=entry, version=1, kind="correction",
        values={"place": {"lon": 113.2645, "lat": 23.1291}},
    )  # fmt: skip
    assert kept.look() == 2
    assert len(_tile(client, "trees", NEAR, **KEPT).of("trees")) == 2
    assert _tile(client, "trees", other, **KEPT).of("trees") == []
    retire_entry(
        actor=parks, at=AT + timedelta(days=2), register="trees", entry=entry, version=2,
        valid_to=(AT + timedelta(days=2)).date(),
    )  # fmt: skip
    assert kept.look() == 1
    assert len(_tile(client, "trees", NEAR, **KEPT).of("trees")) == 1


def test_d47_what_everybody_sees_is_given_without_asking_the_database(client, kept) -> None:
    first = client.get(f"/maps/tiles/trees/{NEAR}.mvt", **KEPT)
    with CaptureQueriesContext(connection) as asked:
        again = client.get(f"/maps/tiles/trees/{NEAR}.mvt", **KEPT)
    assert (len(asked), again.content) == (0, first.content)
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], "public, no-cache")
    known = client.get(f"/maps/tiles/trees/{NEAR}.mvt", HTTP_IF_NONE_MATCH=first["ETag"], **KEPT)
    assert (known.status_code, known.content) == (304, b"")
    fresh = client.get(f"/maps/tiles/trees/{NEAR}.mvt")
    assert (fresh.content, fresh["ETag"]) == (first.content, first["ETag"])


def test_d47_readers_of_different_right_never_share_a_kept_tile(kept, offices) -> None:  # noqa: F811
    desks = {code: sign_in(Client(), offices[code]) for code in ("planning", "parks", "water", "labour")}
    seen: dict[str, list[object]] = {}
    for _ in range(2):
        for code, desk in desks.items():
            answer = desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT)
            found = read_tile(answer.content).of("plots") if answer.status_code == 200 else []
            seen[code] = [answer.status_code, *sorted(str(each["number"]) for each in found)]
        assert seen == {
            "planning": [200, "parks-1", "planning-1", "water-1"],
            "parks": [200, "parks-1"],
            "water": [200, "water-1"],
            "labour": [404],
        }
        assert Client().get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code == 404
    assert len(kept.own.store) == 3
    held = desks["water"].get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT)
    assert held["Cache-Control"] == "private, no-cache"


def test_d47_a_right_that_ends_takes_its_kept_tiles_at_once(kept, offices, pack) -> None:  # noqa: F811
    desks = {code: sign_in(Client(), offices[code]) for code in ("planning", "parks")}

    def statuses() -> list[int]:
        return [desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code for desk in desks.values()]

    assert statuses() == [200, 200]
    Posting.objects.filter(account_id=offices["parks"].account_id).update(ends_at=timezone.now())
    assert statuses() == [200, 404]
    pack(layers__plots=PLOT_LAYER + "audience: {kind: organisations, organisations: [parks]}\n")
    assert statuses() == [404, 404]


def test_d47_a_token_that_ended_gets_no_kept_tile(client, kept, offices) -> None:  # noqa: F811
    issued = issue_client(
        actor=Actor.system("tests"),
        at=timezone.now(),
        organisation="water",
        title=Text("系统", "System"),
    )
    token = issue_token(
        at=timezone.now(),
        address="203.0.113.9",
        client_id=issued.client.client_id,
        secret=issued.secret,
    ).token
    shown = {"HTTP_AUTHORIZATION": f"Bearer {token}"} | KEPT

    def ask() -> int:
        return client.get(f"/maps/tiles/plots/{NEAR}.mvt", **shown).status_code

    assert ask() == 200
    assert kept.drawn_anew(ask) == 0
    ClientToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert ask() == 401
    assert len(kept.own.store) == 1


def test_d47_a_layer_that_was_taken_down_is_not_given_from_what_is_kept(client, kept, pack) -> None:
    assert client.get(f"/maps/tiles/trees/{NEAR}.mvt", **KEPT).status_code == 200
    pack(allow_destructive=True, layers__trees=None)
    kept.look()
    assert client.get(f"/maps/tiles/trees/{NEAR}.mvt", **KEPT).status_code == 404


def test_d47_a_load_notes_boxes_and_old_notes_go(kept) -> None:
    DrawnChange.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reg.trees (_version, _source, _valid_from, _known_from, number, place) "
            "SELECT 1, 'parks', '2026-01-01', now(), 'L' || n, "
            "ST_SetSRID(ST_MakePoint(113 + (n %% 100) * 0.01, 23 + n / 100 * 0.01), 4490) "
            "FROM generate_series(0, 4999) n",
            [],
        )
        cursor.execute(
            "SELECT count(*), (SELECT count(*) FROM reg.trees t WHERE NOT EXISTS "
            "(SELECT FROM registers_drawnchange c WHERE ST_Covers(c.shape, t._map2)) "
            "AND t.number LIKE 'L%%') FROM registers_drawnchange"
        )
        ((notes, missed),) = cursor.fetchall()
    assert 50 < notes <= 289
    assert missed == 0
    pruner, now = NotePruner(), timezone.now()
    assert pruner.prune(now) == pruner.prune(now + timedelta(minutes=14)) == 0
    DrawnChange.objects.update(position=1)
    assert pruner.prune(now + timedelta(minutes=16)) == notes


def test_d47_an_account_or_session_that_ended_gets_no_tile(kept, offices) -> None:  # noqa: F811
    desks = {code: sign_in(Client(), offices[code]) for code in ("planning", "parks")}

    def statuses() -> list[int]:
        return [desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code for desk in desks.values()]

    assert statuses() == [200, 200]
    Account.objects.filter(pk=offices["planning"].account_id).update(is_active=False)
    assert statuses() == [404, 200]
    Session.objects.all().delete()
    assert statuses() == [404, 404]
    assert desks["parks"].get(f"/maps/tiles/trees/{NEAR}.mvt", **KEPT).status_code == 200


def test_d47_an_officer_is_remembered_only_while_all_rows_are_as_they_were(kept, offices) -> None:  # noqa: F811
    desk, account = sign_in(Client(), offices["parks"]), offices["parks"].account_id

    def status() -> int:
        return desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert status() == 200
        return len(asked)

    def settled() -> int:
        return [statements() for _ in range(3)][-1]

    assert settled() == 2
    for field, value in (("is_active", False), ("must_change_password", True), ("password", "!")):
        kind = Account.objects.filter(pk=account)
        was = kind.values_list(field, flat=True).get()
        kind.update(**{field: value})
        assert status() == 404, field
        kind.update(**{field: was})
        if field == "password":  # a session that showed itself wrong once is over
            desk = sign_in(desk, offices["parks"])
        assert settled() == 2
    posting = Posting.objects.get(account_id=account)
    Posting.objects.filter(pk=posting.pk).update(roles=[])
    assert status() == 404
    Posting.objects.filter(pk=posting.pk).update(roles=posting.roles)
    assert settled() == 2
    Posting.objects.filter(pk=posting.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert status() == 404
    Posting.objects.filter(pk=posting.pk).update(ends_at=None)
    assert settled() == 2
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert status() == 404


def test_d47_an_officer_who_chose_another_capacity_is_found_the_whole_way(kept, offices) -> None:  # noqa: F811
    desk = sign_in(Client(), offices["parks"])
    for _ in range(3):
        assert desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code == 200
    session = desk.session
    session["yiwang_standing"] = "self"
    session.save()
    for _ in range(3):
        assert desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code == 404


def test_d47_an_officer_without_a_second_step_is_not_remembered(kept, offices, settings) -> None:  # noqa: F811
    desk, account = sign_in(Client(), offices["parks"]), offices["parks"].account_id
    settings.YIWANG_OFFICERS_NEED_SECOND_FACTOR = True

    def status() -> int:
        return desk.get(f"/maps/tiles/plots/{NEAR}.mvt", **KEPT).status_code

    factor = Authenticator.objects.create(user_id=account, type=Authenticator.Type.TOTP, data={})
    assert [status() for _ in range(3)] == [200, 200, 200]
    factor.delete()
    assert [status() for _ in range(3)] == [404, 404, 404]
