"""Tiles and features over HTTP with the city's rights: 200,000 areas, 1,000,000 points, eight clients.

Beside it in the same run and on the same rows, in turn: one bare statement (psycopg, four connections, no
rights), tipg and pygeoapi (no rights). Each line says how many of each a second, and the ratios of the city
to them: the middle of the rounds, each against what ran beside it. Uncached tiles are drawn for a
department's system with a token; kept ones are asked for until both processes have them. The generator of
the load takes its part of the processors too.

Run: ``./yiwang bench maps`` (about nine minutes), or with ``--tiny`` (5,000 areas, 10,000 points, a round).
"""

from __future__ import annotations

import logging
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache

import django

django.setup()

from benchmarks import map_floor as floor  # noqa: E402 - Django first
from benchmarks.http_load import Load, get, run  # noqa: E402
from benchmarks.http_server import Address, granian, serving  # noqa: E402
from benchmarks.map_changes import changes, counted  # noqa: E402
from benchmarks.map_floor import Floor  # noqa: E402
from benchmarks.map_ground import BOX, MapSize, asked_size, prepare  # noqa: E402
from benchmarks.map_peers import PYGEOAPI, TIPG, Paths, PeerPaths, start_peers  # noqa: E402
from benchmarks.progress import told  # noqa: E402
from benchmarks.table import spread, table  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.exchange.api import issue_client, issue_token  # noqa: E402
from yiwang.identity.models import Account  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.kernel.text import Text  # noqa: E402
from yiwang.maps.ogc.web.asking import mark_of  # noqa: E402
from yiwang.maps.rules.tiles import WORLD, side  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import environment  # noqa: E402

_CLIENTS, _WORKERS, _THREADS = 8, 2, 4
_OWN, _KEPT, _FLOOR = "Yiwang, drawn", "Yiwang, kept", "bare SQL"
_APPLICATIONS = {_OWN: "benchmarks.maps_unkept:application", _KEPT: "yiwang.server.wsgi:application"}
_ITEMS = "/ogc/collections/bench_plots/items"


@dataclass(frozen=True)
class Asked:
    """What the city is asked for, how many a second it should give, and the same of others."""

    what: str
    own: Callable[[], bytes]
    aim: int | None = None
    is_kept: bool = False
    floor: Floor | None = None
    peers: Paths = field(default_factory=dict)


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    size = asked_size(arguments)
    random.seed(7)
    prepare(size)
    token, cookie = credentials()
    asked = [*tiles(size, token, cookie), *features(size, token)]
    logs = environment().var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        servers = start_peers(stack, logs)
        for name, application in _APPLICATIONS.items():
            command = granian(application, workers=_WORKERS, threads=_THREADS)
            servers[name] = stack.enter_context(serving(command, log=logs / f"bench_maps_{name[-5:]}.log"))
        connection.close()
        found: dict[str, dict[str, list[Load]]] = {each.what: {} for each in asked}
        for number in range(size.rounds):
            for each in asked:
                told(f"Round {number + 1} of {size.rounds}: {each.what}")
                for name, load in measured(each, servers, size.seconds, found[each.what]):
                    found[each.what].setdefault(name, []).append(load)
        told("Changes, until every process shows them")
        waits = sorted(changes(servers[_KEPT], token, tiles_of(16)[0]))
    show(asked, found)
    dropped, changed, there = counted(tiles_of)
    first, deep = (found[what]["city"] for what in ("first page of 100", "page of 100, deep"))
    beside = [far.rate / near.rate for far, near in zip(deep, first, strict=True)]
    table(("beside these", "figure"), [
        (f"page {size.plots // 100 - 2:,} beside the first page (aim: 1)", f"{spread(beside, 2)}"),
        ("a change: seconds until both processes show it, median and longest of 10 (aim: 2)",
         f"{waits[len(waits) // 2]:.2f}, {waits[-1]:.2f}"),
        ("kept tiles; those whose bytes one change changed; those dropped", f"{there}, {changed}, {dropped}"),
    ])  # fmt: skip
    connection.close()


def tiles(size: MapSize, token: str, cookie: str) -> list[Asked]:
    """Tiles of areas at three zooms and of points at two; kept ones; for an officer with a session."""
    paths = peer_paths(size)

    def drawn(layer: str, zoom: int, shown: str = token) -> Callable[[], bytes]:
        return lambda: get(f"/maps/tiles/{layer}/{a_tile(zoom)}.mvt", shown)

    def kept(zoom: int, shown: str = token) -> Callable[[], bytes]:
        some = tiles_of(zoom)[:10]
        return lambda: get(f"/maps/tiles/bench_plots/{_said(random.choice(some))}.mvt", shown)

    def bare(layer: str, zoom: int, smallest: float = 0.0) -> Floor:
        return floor.tile(layer, lambda: where(zoom), smallest)

    plots, trees = "bench_plots", "bench_trees"
    return [
        Asked("tile z16, drawn", drawn(plots, 16), 700, floor=bare(plots, 16), peers=paths.tiles(16)),
        Asked("tile z14, drawn", drawn(plots, 14), 90, floor=bare(plots, 14), peers=paths.tiles(14)),
        Asked("tile z12, drawn (tipg cuts at 10,000)", drawn(plots, 12), 20,
              floor=bare(plots, 12, 3 * side(12) / 512), peers=paths.tiles(12)),
        Asked("tile z16 of points, drawn", drawn(trees, 16), floor=bare(trees, 16),
              peers=paths.tiles(16, trees)),
        Asked("tile z12 of points, clustered", drawn(trees, 12),
              floor=floor.clusters(lambda: where(12), side(12) / 16), peers=paths.tiles(12, trees)),
        Asked("tile z16, drawn, an officer with a session", drawn(plots, 16, cookie), floor=bare(plots, 16),
              peers=paths.tiles(16)),
        Asked("tile z16, kept", kept(16), 2_000, is_kept=True, peers=paths.tiles(16)),
        Asked("tile z14, kept", kept(14), 2_000, is_kept=True, peers=paths.tiles(14)),
        Asked("tile z16, kept, an officer with a session", kept(16, cookie), is_kept=True,
              peers=paths.tiles(16)),
    ]  # fmt: skip


def features(size: MapSize, token: str) -> list[Asked]:
    """The OGC API's features, by the same rights."""
    paths, deep = peer_paths(size), _deep()
    return [
        Asked("feature by id", lambda: get(f"{_ITEMS}/{an_entry()}", token), 900,
              floor=floor.feature(lambda: {"entry": an_entry()}), peers=paths.features()),
        Asked("100 in a box", lambda: get(f"{_ITEMS}?bbox={_comma(a_box(size))}&limit=100", token), 400,
              floor=floor.within(lambda: _corners(a_box(size))), peers=paths.boxes()),
        Asked("100 in a box that holds everything",
              lambda: get(f"{_ITEMS}?bbox={_comma(BOX)}&limit=100", token),
              floor=floor.within(lambda: _corners(BOX)), peers=paths.boxes(lambda: _comma(BOX))),
        Asked("first page of 100", lambda: get(f"{_ITEMS}?limit=100", token),
              floor=floor.page(lambda: {"after": 0}), peers=paths.pages()),
        Asked("page of 100, deep", lambda: get(f"{_ITEMS}?limit=100&page={mark_of(deep)}", token),
              floor=floor.page(lambda: {"after": deep}), peers=paths.pages(paths.offset)),
    ]  # fmt: skip


def peer_paths(size: MapSize) -> PeerPaths:
    """The same places for peers."""
    return PeerPaths(
        tile=a_tile, entry=an_entry, box=lambda: _comma(a_box(size)), offset=max(0, size.plots - 200)
    )


@cache
def tiles_of(zoom: int) -> list[tuple[int, int, int]]:
    """Tiles that lie wholly in the ground."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b) FROM "
            "(SELECT ST_Transform(ST_MakeEnvelope(%s, %s, %s, %s, 4326), 3857) AS b) e",
            list(BOX),
        )
        ((west, south, east, north),) = cursor.fetchall()
    long, half = side(zoom), WORLD / 2
    columns = range(int((west + half) // long) + 1, int((east + half) // long))
    lines = range(int((half - north) // long) + 1, int((half - south) // long))
    return [(zoom, column, line) for column in columns for line in lines]


@cache
def _entries() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT _entry FROM reg.bench_plots ORDER BY md5(number) LIMIT 5000")
        return [entry for (entry,) in cursor.fetchall()]


def _deep() -> int:
    """The entry after which two hundred are left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT _entry FROM reg.bench_plots ORDER BY _entry DESC OFFSET 200 LIMIT 1")
        ((found,),) = cursor.fetchall()
    return int(found)


def an_entry() -> int:
    """One at random."""
    return random.choice(_entries())


def a_tile(zoom: int) -> str:
    """One at random, as addresses name it."""
    return _said(random.choice(tiles_of(zoom)))


def where(zoom: int) -> dict[str, object]:
    """The same for a statement."""
    return dict(zip(("z", "x", "y"), random.choice(tiles_of(zoom)), strict=True))


def a_box(size: MapSize) -> tuple[float, ...]:
    """About a hundred areas and more lie in it."""
    wide = 0.45 / (size.plots / 150) ** 0.5
    west, south = random.uniform(BOX[0], BOX[2] - wide), random.uniform(BOX[1], BOX[3] - wide)
    return west, south, west + wide, south + wide


def _said(place: tuple[int, int, int]) -> str:
    return "/".join(str(each) for each in place)


def _comma(box: Sequence[float]) -> str:
    return ",".join(f"{each:.6f}" for each in box)


def _corners(box: Sequence[float]) -> dict[str, object]:
    return dict(zip("wsen", box, strict=True))


def credentials() -> tuple[str, str]:
    """A system's token of the owner, and the session of one of its officers."""
    account = Account.objects.get(pk=an_officer("planning").account_id)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    at = timezone.now()
    issued = issue_client(
        actor=Actor.system("bench"), at=at, organisation="planning", title=Text("测量", "Bench"),
        per_second=100_000,
    )  # fmt: skip
    token = issue_token(at=at, address="203.0.113.9", client_id=issued.client.client_id, secret=issued.secret)
    assert token is not None
    return (
        f"Authorization: Bearer {token.token}",
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session.session_key}",
    )


def measured(
    asked: Asked, servers: dict[str, Address], seconds: float, before: dict[str, list[Load]]
) -> list[tuple[str, Load]]:
    """One round: the floor, the city, the peers, each for about so long."""

    def over(address: Address, make: Callable[[], bytes]) -> Callable[[int], Load]:
        return lambda each: run(address, [[make() for _ in range(each)] for _ in range(_CLIENTS)])

    ways = {"city": over(servers[_KEPT if asked.is_kept else _OWN], asked.own)}
    if asked.floor is not None:
        bare = asked.floor
        ways = {_FLOOR: lambda each: floor.ask(bare, each * _CLIENTS), **ways}
    for name in (TIPG, PYGEOAPI):
        if name in servers and name in asked.peers:
            ways[name] = over(servers[name], lambda path=asked.peers[name]: get(path()))
    return [(name, for_seconds(ask, seconds, before.get(name, []))) for name, ask in ways.items()]


def for_seconds(ask: Callable[[int], Load], seconds: float, before: Sequence[Load]) -> Load:
    """Ask about so long, after some that warm connections, plans and tiles; who is slow is not warmed."""
    known = before[-1] if before else ask(1)
    for _ in range(1 if before else 3):
        if known.seconds > 2 * seconds:
            break
        known = ask(max(1, min(15, int(known.rate * seconds / 3 / _CLIENTS))))
    return ask(max(1, min(4_000, int(known.rate * seconds / _CLIENTS))))


def show(asked: Sequence[Asked], found: dict[str, dict[str, list[Load]]]) -> None:
    """A line for each thing asked; an answer that is none is told, for it would be fast."""
    rows = []
    for each in asked:
        loads = found[each.what]
        own = loads["city"]
        middle = sorted(own, key=lambda load: load.rate)[len(own) // 2]
        rows.append(
            (
                each.what + _odd(loads),
                spread([load.rate for load in own]),
                f"{each.aim:,}" if each.aim else "",
                f"{middle.middle:.1f}",
                f"{middle.at(0.99):.1f}",
                *(_beside(own, loads.get(name)) for name in (_FLOOR, TIPG, PYGEOAPI)),
            )
        )
    table(
        ("eight clients over HTTP, all rights", "a second", "aim", "p50 ms", "p99 ms",
         "of bare SQL", "of tipg", "of pygeoapi"),
        rows,
    )  # fmt: skip


def _beside(own: Sequence[Load], other: Sequence[Load] | None) -> str:
    """The ratio, round by round, and what the other does a second."""
    if not other:
        return "–"
    ratios = [one.rate / beside.rate for one, beside in zip(own, other, strict=True)]
    rate = statistics.median(load.rate for load in other)
    return f"**{statistics.median(ratios):,.2f}** ({rate:,.0f}/s)" if rate >= 10 else (
        f"**{statistics.median(ratios):,.1f}** ({rate:,.1f}/s)"
    )  # fmt: skip


def _odd(loads: dict[str, list[Load]]) -> str:
    said = [
        f"; {name} not 200: {dict(load.statuses)}"
        for name, rounds in loads.items()
        for load in rounds
        if set(load.statuses) != {200}
    ]
    return "".join(said[:2])


if __name__ == "__main__":
    main(sys.argv[1:])
