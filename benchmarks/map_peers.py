"""Peers of ``maps``: tipg and pygeoapi over the same rows, without rights; pygeoapi gives no tiles.

They are installed at the first run into ``var/peers`` (``requirements/peers.txt``); no network, no peers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

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

TIPG, PYGEOAPI = "tipg", "pygeoapi"
_DRAWN = "geom-column=_map2&properties=number,price,use"
_NEAR = "geom-column=shape&properties=number,price,use&f=geojson"
_TIPG = "/collections/reg.bench_plots"
_PYGEOAPI = "/collections/plots/items"
#: By peer a maker of paths.
Paths = Mapping[str, Callable[[], str]]


@dataclass(frozen=True)
class PeerPaths:
    """How peers are asked for what the city is asked for."""

    tile: Callable[[int], str]
    entry: Callable[[], int]
    box: Callable[[], str]
    #: Where pages lie deep.
    offset: int

    def tiles(self, zoom: int, table: str = "bench_plots") -> Paths:
        """Tiles of a zoom."""
        of = f"/collections/reg.{table}/tiles/WebMercatorQuad"
        return {TIPG: lambda: f"{of}/{self.tile(zoom)}?{_DRAWN}"}

    def features(self) -> Paths:
        """One feature."""
        return {
            TIPG: lambda: f"{_TIPG}/items/{self.entry()}?{_NEAR}",
            PYGEOAPI: lambda: f"{_PYGEOAPI}/{self.entry()}?f=json",
        }

    def boxes(self, box: Callable[[], str] | None = None) -> Paths:
        """The first hundred in a box."""
        asked = box or self.box
        return {
            TIPG: lambda: f"{_TIPG}/items?bbox={asked()}&limit=100&{_NEAR}",
            PYGEOAPI: lambda: f"{_PYGEOAPI}?f=json&bbox={asked()}&limit=100",
        }

    def pages(self, offset: int = 0) -> Paths:
        """A hundred, so many further."""
        return {
            TIPG: lambda: f"{_TIPG}/items?limit=100&offset={offset}&{_NEAR}",
            PYGEOAPI: lambda: f"{_PYGEOAPI}?f=json&limit=100&offset={offset}",
        }


def start_peers(stack: ExitStack, logs: Path) -> dict[str, Address]:
    """Start them side by side; what can't be installed or started is told and left out."""
    home = environment().var / "peers"
    if not installed(home):
        return {}
    found = {}
    _twin()
    of_pygeoapi = pygeoapi_environment(home, [("plots", "peer_plots", "entry")])
    for name, command, env in (
        (TIPG, tipg_command(home), tipg_environment()),
        (PYGEOAPI, pygeoapi_command(home), of_pygeoapi),
    ):
        told(f"Starting {name}")
        try:
            found[name] = stack.enter_context(serving(command, log=logs / f"bench_{name}.log", env=env))
        except (RuntimeError, OSError) as problem:
            told(f"Left out {name}: {problem}")
    return found


def _twin() -> None:
    """Pygeoapi wants a table with one geometry; the twin has the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS reg.peer_plots")
        cursor.execute(
            'CREATE TABLE reg.peer_plots AS SELECT _entry AS entry, number, price, "use", '
            "ST_SetSRID(shape, 4326)::geometry(MultiPolygon, 4326) AS geom FROM reg.bench_plots"
        )
        cursor.execute("ALTER TABLE reg.peer_plots ADD PRIMARY KEY (entry)")
        cursor.execute("CREATE INDEX ON reg.peer_plots USING gist (geom)")
        cursor.execute("ANALYZE reg.peer_plots")
