"""The floor of ``maps``: the same tiles and features by one bare statement on four connections, no rights."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import psycopg
from benchmarks.http_load import Load
from benchmarks.scratch import dsn

_CONNECTIONS = 4
_TILE = """
SELECT ST_AsMVT(f, '{table}', 4096, 'g', 'id') FROM (
  SELECT ST_AsMVTGeom(t._map2, ST_TileEnvelope(%(z)s::int, %(x)s::int, %(y)s::int), 4096, 64, true) AS g,
    t._entry AS id, t.number, t.price::float8, t.use
  FROM reg.{table} t
  WHERE t._map2 && ST_TileEnvelope(%(z)s::int, %(x)s::int, %(y)s::int, margin => 0.015625) {rule}) f
"""
_SMALLEST = "AND greatest(ST_XMax(t._map2) - ST_XMin(t._map2), ST_YMax(t._map2) - ST_YMin(t._map2)) >= {size}"
_CLUSTERS = """
SELECT ST_AsMVT(c, 'bench_trees', 4096, 'g') FROM (
  SELECT ST_AsMVTGeom(ST_Centroid(ST_Collect(t._map2)), e.box, 4096, 64, true) AS g, count(*) AS n
  FROM (SELECT ST_TileEnvelope(%(z)s::int, %(x)s::int, %(y)s::int) AS box) e
  JOIN reg.bench_trees t ON t._map2 && e.box
  GROUP BY e.box, floor((ST_X(t._map2) - ST_XMin(e.box)) / {cell}),
    floor((ST_Y(t._map2) - ST_YMin(e.box)) / {cell})) c
"""
_FEATURES = """
SELECT '{{"type":"FeatureCollection","features":[' || string_agg(f.said, ',') || ']}}' FROM (
  SELECT '{{"type":"Feature","id":' || t._entry || ',"geometry":' || ST_AsGeoJSON(t.shape, 9, 0)
    || ',"properties":' || row_to_json(v)::text || '}}' AS said
  FROM (SELECT * FROM reg.bench_plots t WHERE {chosen}) t,
  LATERAL (SELECT t.number, t.price, t.use) v ORDER BY t._entry) f
"""
_BOX = "ST_MakeEnvelope(%(w)s::float8, %(s)s::float8, %(e)s::float8, %(n)s::float8, 4490)"


@dataclass(frozen=True)
class Floor:
    """A statement, and a maker of its parameters."""

    statement: str
    params: Callable[[], Mapping[str, object]]


def tile(table: str, params: Callable[[], Mapping[str, object]], smallest: float = 0.0) -> Floor:
    """A tile of ``z``, ``x`` and ``y``, without what is smaller than so many metres."""
    rule = _SMALLEST.format(size=smallest) if smallest else ""
    return Floor(_TILE.format(table=table, rule=rule), params)


def clusters(params: Callable[[], Mapping[str, object]], cell: float) -> Floor:
    """Points of a cell of so many metres are one."""
    return Floor(_CLUSTERS.format(cell=cell), params)


def feature(params: Callable[[], Mapping[str, object]]) -> Floor:
    """The one of ``entry``."""
    return Floor(_FEATURES.format(chosen="t._entry = %(entry)s::bigint"), params)


def within(params: Callable[[], Mapping[str, object]]) -> Floor:
    """The first hundred that meet the box of ``w``, ``s``, ``e`` and ``n``."""
    chosen = f"t.shape && {_BOX} AND ST_Intersects(t.shape, {_BOX}) ORDER BY t._entry LIMIT 100"
    return Floor(_FEATURES.format(chosen=chosen), params)


def page(params: Callable[[], Mapping[str, object]]) -> Floor:
    """A hundred beyond ``after``."""
    return Floor(_FEATURES.format(chosen="t._entry > %(after)s::bigint ORDER BY t._entry LIMIT 100"), params)


def ask(floor: Floor, requests: int) -> Load:
    """Run it so often; connecting and the first time on each connection stand outside the clock."""
    statement = floor.statement.encode()
    some = [floor.params() for _ in range(max(_CONNECTIONS, requests))]

    def drawn(number: int) -> list[float]:
        waits = []
        for params in some[number::_CONNECTIONS]:
            begun = time.perf_counter()
            opened[number].execute(statement, params, binary=True).fetchone()
            waits.append(time.perf_counter() - begun)
        return waits

    load = Load()
    with ExitStack() as stack:
        opened = [
            stack.enter_context(
                psycopg.connect(dsn(), autocommit=True, options="-c jit=off", prepare_threshold=1)
            )
            for _ in range(_CONNECTIONS)
        ]
        threads = stack.enter_context(ThreadPoolExecutor(_CONNECTIONS))
        for each in opened:
            each.execute(statement, floor.params(), binary=True)
        begun = time.perf_counter()
        load.waits = [wait for waits in threads.map(drawn, range(_CONNECTIONS)) for wait in waits]
        load.seconds = time.perf_counter() - begun
    load.statuses[200] = len(load.waits)
    return load
