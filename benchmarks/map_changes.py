"""How soon a changed row is seen on tiles, and which tiles a change drops."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.http_server import Address
from benchmarks.progress import told
from django.db import connection
from django.utils import timezone

from yiwang.identity.testing import an_officer
from yiwang.maps.api import draw_tile
from yiwang.maps.keeping.keeping import TileKeeping
from yiwang.maps.rules.tiles import Tile

Place = tuple[int, int, int]


def changes(at: Address, token: str, place: Place) -> Iterator[float]:
    """Change an area, then ask each of many connections until all of them show it; seconds each time."""
    z, x, y = place
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
        (before,) = _settled(tags)
        _change(z, x, y)
        begun = time.perf_counter()
        while before in tags():
            time.sleep(0.01)
        yield time.perf_counter() - begun


def _settled(tags: Callable[[], set[str]]) -> set[str]:
    """Ask until all give the same."""
    while len(found := tags()) != 1:
        time.sleep(0.1)
    return found


def _change(z: int, x: int, y: int) -> int:
    """Change one area on a tile, and commit; where there is none another one is moved there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reg.bench_plots SET price = price + 1, shape = ST_Multi(ST_Buffer(ST_SetSRID("
            "ST_Transform(ST_Centroid(ST_TileEnvelope(%s, %s, %s)), 4326), 4490), 0.0002, 2)) "
            "WHERE number = 'N1'",
            [z, x, y],
        )
        return cursor.rowcount


def counted(tiles_of: Callable[[int], Sequence[Place]]) -> tuple[int, int, int]:
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
    _change(16, some[-1].column, some[-1].row)
    dropped = keeping.watch.look(rows)
    after = bodies()
    return dropped, sum(one != other for one, other in zip(before, after, strict=True)), len(some)
