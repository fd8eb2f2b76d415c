"""Tiles and features over HTTP with the city's rights: 200,000 areas, 1,000,000 points, eight clients.

Beside it in the same run: the bare statement of a tile on the same table (psycopg, four connections, no
rights), tipg and pygeoapi on the same rows. Uncached tiles are drawn for a department's system with a token;
cached ones are asked for until both processes have them. The generator of the load takes its part of the
processors too.

Run: ``./yiwang bench maps``, or with ``--tiny`` (5,000 areas, 10,000 points).
"""

from __future__ import annotations

import http.client
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import django

django.setup()

import psycopg  # noqa: E402 - Django first
from benchmarks.http_load import Load, get, run  # noqa: E402
from benchmarks.http_server import Address, granian, serving  # noqa: E402
from benchmarks.map_ground import BOX, MapSize, asked_size, prepare  # noqa: E402
from benchmarks.map_peers import Places, measure_peers  # noqa: E402
from benchmarks.progress import told  # noqa: E402
from benchmarks.scratch import dsn  # noqa: E402
from benchmarks.table import table  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from yiwang.exchange.api import issue_client, issue_token  # noqa: E402
from yiwang.identity.models import Account  # noqa: E402
from yiwang.identity.testing import an_officer  # noqa: E402
from yiwang.kernel.text import Text  # noqa: E402
from yiwang.maps.api import draw_tile  # noqa: E402
from yiwang.maps.keeping.keeping import TileKeeping  # noqa: E402
from yiwang.maps.ogc.web.asking import mark_of  # noqa: E402
from yiwang.maps.rules.tiles import WORLD, Tile, side  # noqa: E402
from yiwang.platform.contracts import Actor  # noqa: E402
from yiwang.platform.environment import environment  # noqa: E402

_CLIENTS, _WORKERS, _THREADS = 8, 2, 4
_BARE = """
SELECT ST_AsMVT(f, 'bench_plots', 4096, 'g', 'id') FROM (
  SELECT ST_AsMVTGeom(t._map2, ST_TileEnvelope(%(z)s::int, %(x)s::int, %(y)s::int), 4096, 64, true) AS g,
    t._entry AS id, t.number, t.price::float8, t.use
  FROM reg.bench_plots t
  WHERE t._map2 && ST_TileEnvelope(%(z)s::int, %(x)s::int, %(y)s::int, margin => 0.015625) {rule}) f
"""
_SMALLEST = "AND greatest(ST_XMax(t._map2) - ST_XMin(t._map2), ST_YMax(t._map2) - ST_YMin(t._map2)) >= {size}"
#: Aims (``Measured`` in the city's plan), by what is asked for.
_AIMS = {
    "tile z16, drawn": 700,
    "tile z14, drawn": 90,
    "tile z12, drawn": 20,
    "tile z16, kept": 2000,
    "feature by id": 900,
    "100 in a box": 400,
}
Asked = tuple[str, Callable[[], bytes], int]


def main(arguments: list[str]) -> None:
    logging.disable(logging.INFO)
    size = asked_size(arguments)
    random.seed(7)
    prepare(size)
    places = look_around(size)
    token, cookie = credentials()
    logs = environment().var / "log"
    logs.mkdir(parents=True, exist_ok=True)
    rows = [bare(what, zoom, rule, most, size) for what, zoom, rule, most in (
        ("tile z16", 16, "", 2000), ("tile z14", 14, "", 300), ("tile z12, all of it", 12, "", 40),
        ("tile z12, the same rule", 12, _SMALLEST.format(size=3 * side(12) / 512), 100),
    )]  # fmt: skip
    kept = told_of_changes(places, token, size, logs, rows, cookie)
    rows += [row(name, what, load) for name, what, load in measure_peers(places, size.share, logs, measured)]
    connection.close()
    table(("eight clients over HTTP", "what", "a second", "p50 ms", "p99 ms", "aim"), rows)
    table(("a changed row", "figure"), kept)


def look_around(size: MapSize) -> Places:
    """What to ask for at random."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT _entry FROM reg.bench_plots ORDER BY md5(number) LIMIT 5000")
        entries = [entry for (entry,) in cursor.fetchall()]

    def box() -> str:
        """About a hundred areas and more lie in it."""
        wide = 0.45 / (size.plots / 150) ** 0.5
        west = random.uniform(BOX[0], BOX[2] - wide)
        south = random.uniform(BOX[1], BOX[3] - wide)
        return f"{west:.6f},{south:.6f},{west + wide:.6f},{south + wide:.6f}"

    return Places(
        tile=lambda zoom: "/".join(str(each) for each in random.choice(tiles_of(zoom))),
        entry=lambda: random.choice(entries),
        box=box,
        deep=size.plots - 200,
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


def bare(what: str, zoom: int, rule: str, most: int, size: MapSize) -> tuple[str, ...]:
    """The statement alone, on four connections."""
    told(f"Bare SQL: {what}")
    some = [random.choice(tiles_of(zoom)) for _ in range(max(8, most // size.share))]
    statement = _BARE.format(rule=rule).encode()

    def drawn(part: Sequence[tuple[int, int, int]]) -> list[float]:
        waits = []
        with psycopg.connect(dsn(), autocommit=True, options="-c jit=off", prepare_threshold=1) as own:
            for z, x, y in part:
                begun = time.perf_counter()
                own.execute(statement, {"z": z, "x": x, "y": y}, binary=True).fetchone()
                waits.append(time.perf_counter() - begun)
        return waits

    drawn(some[:8])
    load, begun = Load(), time.perf_counter()
    with ThreadPoolExecutor(4) as threads:
        load.waits = [wait for waits in threads.map(drawn, [some[n::4] for n in range(4)]) for wait in waits]
    load.seconds = time.perf_counter() - begun
    load.statuses[200] = len(load.waits)
    return row("bare SQL, no rights", what, load)


def told_of_changes(
    places: Places, token: str, size: MapSize, logs: Path, rows: list[tuple[str, ...]], cookie: str
) -> list[Sequence[str]]:
    """Measure the city: drawn tiles and features, kept tiles, and how soon a change is seen."""
    own = [*drawn_tiles(places, token, cookie), *features(places, token)]
    for application, asked in (
        ("benchmarks.maps_unkept:application", own),
        ("yiwang.server.wsgi:application", kept_tiles(token, cookie)),
    ):
        with serving(
            granian(application, workers=_WORKERS, threads=_THREADS), log=logs / "bench_maps.log"
        ) as at:
            for what, make, requests in asked:
                told(f"Yiwang: {what}")
                rows.append(row("Yiwang, with rights", what, measured(at, make, requests // size.share)))
            if application.startswith("yiwang."):
                told("Changes, until every process shows them")
                waits = sorted(changes(at, token))
    dropped, changed, there = counted()
    return [
        ("seconds until both processes show it: median, longest of 10 (aim: 2)",
         f"{waits[len(waits) // 2]:.2f}, {waits[-1]:.2f}"),
        ("kept tiles, those whose bytes a change changed, those dropped", f"{there}, {changed}, {dropped}"),
    ]  # fmt: skip


def drawn_tiles(places: Places, token: str, cookie: str) -> Iterator[Asked]:
    """Tiles of areas at three zooms; of points at one; for an officer with a session."""

    def tile(layer: str, zoom: int, shown: str) -> Callable[[], bytes]:
        return lambda: get(f"/maps/tiles/{layer}/{places.tile(zoom)}.mvt", shown)

    yield "tile z16, drawn", tile("bench_plots", 16, token), 600
    yield "tile z14, drawn", tile("bench_plots", 14, token), 80
    yield "tile z12, drawn", tile("bench_plots", 12, token), 25
    yield "tile z16 of points, drawn", tile("bench_trees", 16, token), 300
    yield "tile z12 of points, clustered", tile("bench_trees", 12, token), 8
    yield "tile z16, drawn, an officer with a session", tile("bench_plots", 16, cookie), 200


def features(places: Places, token: str) -> Iterator[Asked]:
    """The OGC API's features, by the same rights."""
    items = "/ogc/collections/bench_plots/items"
    with connection.cursor() as cursor:
        cursor.execute("SELECT _entry FROM reg.bench_plots ORDER BY _entry DESC OFFSET 200 LIMIT 1")
        ((deep,),) = cursor.fetchall()
    connection.close()
    yield "feature by id", lambda: get(f"{items}/{places.entry()}", token), 300
    yield "100 in a box", lambda: get(f"{items}?bbox={places.box()}&limit=100", token), 100
    yield "first page of 100", lambda: get(f"{items}?limit=100", token), 60
    yield "page of 100, deep", lambda: get(f"{items}?limit=100&page={mark_of(deep)}", token), 60


def kept_tiles(token: str, cookie: str) -> Iterator[Asked]:
    """A few tiles again and again."""
    for zoom, requests in ((16, 2500), (14, 800)):
        some = tiles_of(zoom)[:10]
        connection.close()

        def make(some: list[tuple[int, int, int]] = some, shown: str = token) -> bytes:
            z, x, y = random.choice(some)
            return get(f"/maps/tiles/bench_plots/{z}/{x}/{y}.mvt", shown)

        yield f"tile z{zoom}, kept", make, requests
        if zoom == 16:
            yield "tile z16, kept, an officer with a session", lambda make=make: make(shown=cookie), 600


def changes(at: Address, token: str) -> Iterator[float]:
    """Change an area, then ask each of many connections until all of them show it; seconds each time."""
    z, x, y = tiles_of(16)[0]
    name, _, value = token.partition(": ")
    asked = [http.client.HTTPConnection(*at) for _ in range(16)]

    def tags() -> set[str]:
        found = set()
        for each in asked:
            each.request("GET", f"/maps/tiles/bench_plots/{z}/{x}/{y}.mvt", headers={name: value})
            answer = each.getresponse()
            answer.read()
            found.add(answer.headers["ETag"])
        return found

    for _ in range(10):
        (before,) = settled(tags)
        change(z, x, y)
        begun = time.perf_counter()
        while before in tags():
            time.sleep(0.01)
        yield time.perf_counter() - begun


def settled(tags: Callable[[], set[str]]) -> set[str]:
    """Ask until all give the same."""
    while len(found := tags()) != 1:
        time.sleep(0.1)
    return found


def change(z: int, x: int, y: int) -> int:
    """Change one area on a tile, and commit; where there is none another one is moved there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reg.bench_plots SET price = price + 1, shape = ST_Multi(ST_Buffer(ST_SetSRID("
            "ST_Transform(ST_Centroid(ST_TileEnvelope(%s, %s, %s)), 4326), 4490), 0.0002, 2)) "
            "WHERE number = 'N1'",
            [z, x, y],
        )
        return cursor.rowcount


def counted() -> tuple[int, int, int]:
    """Tiles dropped by one change, tiles whose bytes it changed, and tiles that were kept."""
    told("Counting what one change drops")
    officer, keeping = an_officer("planning"), TileKeeping()

    def rows(statement: str, params: Mapping[str, object]) -> Sequence[Sequence[object]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall()

    some = [Tile(*each) for zoom in (14, 16) for each in tiles_of(zoom)[:100]]

    def bodies() -> list[bytes]:
        keeping.watch.look(rows)
        found = []
        for number, tile in enumerate(some):
            if number % 10 == 0:
                keeping.watch.look(rows)
            drawn = draw_tile(
                actor=officer, layers=("bench_plots",), tile=tile, at=timezone.now(), keeping=keeping
            )
            found.append(drawn.body if drawn else b"")
        return found

    before = bodies()
    change(16, some[-1].column, some[-1].row)
    dropped = keeping.watch.look(rows)
    after = bodies()
    return dropped, sum(one != other for one, other in zip(before, after, strict=True)), len(some)


def measured(address: Address, make: Callable[[], bytes], requests: int) -> Load:
    """Send so many from each client, after some that warm connections, plans and kept tiles."""
    requests = max(4, requests)
    run(address, [[make() for _ in range(max(2, min(15, requests // 4)))] for _ in range(_CLIENTS)])
    return run(address, [[make() for _ in range(requests)] for _ in range(_CLIENTS)])


def row(name: str, what: str, load: Load) -> tuple[str, ...]:
    """A line of the table; an answer that is none is told, for it would be fast."""
    odd = {status: number for status, number in load.statuses.items() if status != 200}
    said = f"{what}; not 200: {odd}" if odd else what
    aim = f"{_AIMS[what]:,}" if what in _AIMS and name.startswith("Yiwang") else ""
    return name, said, f"{load.rate:,.0f}", f"{load.middle:.1f}", f"{load.at(0.99):.1f}", aim


if __name__ == "__main__":
    main(sys.argv[1:])
