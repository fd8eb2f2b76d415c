"""Peers of ``maps``: tipg and pygeoapi over the same rows, without rights; pygeoapi gives no tiles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.http_load import Load, get
from benchmarks.http_server import Address, serving
from benchmarks.peers import (
    installed,
    pygeoapi_command,
    pygeoapi_environment,
    tipg_command,
    tipg_environment,
)
from benchmarks.progress import told
from django.db import connection

from yiwang.platform.environment import environment

#: What is asked for, a maker of paths, how many requests each client sends.
Asked = tuple[str, Callable[[], str], int]
Measure = Callable[[Address, Callable[[], bytes], int], Load]


@dataclass(frozen=True)
class Places:
    """What is asked for at random (``z/x/y`` of a zoom, an entry, a box), and where pages lie deep."""

    tile: Callable[[int], str]
    entry: Callable[[], int]
    box: Callable[[], str]
    deep: int


def measure_peers(
    places: Places, share: int, logs: Path, measure: Measure
) -> Iterator[tuple[str, str, Load]]:
    """Start one after the other; what can't be installed or started is told and left out."""
    home = environment().var / "peers"
    if not installed(home):
        return
    for name, command, env, asked in (_tipg(home, places), _pygeoapi(home, places)):
        told(f"Measuring {name}")
        try:
            with serving(command, log=logs / f"bench_{name}.log", env=env) as address:
                for what, path, requests in asked:
                    told(f"{name}: {what}")
                    yield name, what, measure(address, lambda path=path: get(path()), requests // share)
        except (RuntimeError, OSError) as problem:
            told(f"Left out {name}: {problem}")


_Peer = tuple[str, list[str], dict[str, str], list[Asked]]


def _tipg(home: Path, places: Places) -> _Peer:
    of, drawn = "/collections/reg.bench_plots", "geom-column=_map2&properties=number,price,use"
    near = "geom-column=shape&properties=number,price,use&f=geojson"

    def tile(zoom: int) -> Callable[[], str]:
        return lambda: f"{of}/tiles/WebMercatorQuad/{places.tile(zoom)}?{drawn}"

    asked: list[Asked] = [
        ("tile z16", tile(16), 150),
        ("tile z14", tile(14), 40),
        ("tile z12 (cut at 10,000)", tile(12), 6),
        ("feature by id", lambda: f"{of}/items/{places.entry()}?{near}", 200),
        ("100 in a box", lambda: f"{of}/items?bbox={places.box()}&limit=100&{near}", 60),
        ("page of 100, deep", lambda: f"{of}/items?limit=100&offset={places.deep}&{near}", 3),
    ]
    return "tipg", tipg_command(home), tipg_environment(), asked


def _pygeoapi(home: Path, places: Places) -> _Peer:
    """It wants a table with one geometry; the twin has the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS reg.peer_plots")
        cursor.execute(
            'CREATE TABLE reg.peer_plots AS SELECT _entry AS entry, number, price, "use", '
            "ST_SetSRID(shape, 4326)::geometry(MultiPolygon, 4326) AS geom FROM reg.bench_plots"
        )
        cursor.execute("ALTER TABLE reg.peer_plots ADD PRIMARY KEY (entry)")
        cursor.execute("CREATE INDEX ON reg.peer_plots USING gist (geom)")
        cursor.execute("ANALYZE reg.peer_plots")
    items = "/collections/plots/items"
    asked: list[Asked] = [
        ("feature by id", lambda: f"{items}/{places.entry()}?f=json", 100),
        ("100 in a box", lambda: f"{items}?f=json&bbox={places.box()}&limit=100", 20),
        ("page of 100, deep", lambda: f"{items}?f=json&limit=100&offset={places.deep}", 3),
    ]
    env = pygeoapi_environment(home, [("plots", "peer_plots", "entry")])
    return "pygeoapi", pygeoapi_command(home), env, asked
