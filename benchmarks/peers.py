"""Peers of benches over HTTP, in a Python of their own under ``var/peers``: no city needs them.

They show the rows of the same register to everybody, without rights, mask, trace or history: tipg and
pygeoapi from the same PostgreSQL, Datasette from an SQLite file with the same rows and indexes.
"""

from __future__ import annotations

import getpass
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from benchmarks.http_load import Load, get
from benchmarks.http_server import Address, serving
from benchmarks.progress import told
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from yiwang.platform.environment import ROOT, environment

_FIELDS = "id_number, name, birth_date, residence_division"


class _Ground(Protocol):
    keys: list[str]
    district: str


Measure = Callable[[Address, Callable[[], bytes], int], Load]


@dataclass(frozen=True)
class Peer:
    name: str
    command: list[str]
    env: dict[str, str]
    #: What, its path (with {key} and {district}), and the share of requests that it gets.
    asked: list[tuple[str, str, float]]


def measure_peers(
    ground: _Ground, requests: int, logs: Path, measure: Measure
) -> Iterator[tuple[str, str, Load]]:
    """Start one after the other and measure it; what can't be installed or started is told and left out."""
    home = environment().var / "peers"
    if not installed(home):
        return
    for make in (_tipg, _pygeoapi, _datasette):
        peer = make(home)
        told(f"Measuring {peer.name}")
        try:
            with serving(peer.command, log=logs / f"bench_{peer.name}.log", env=peer.env) as address:
                for what, path, share in peer.asked:
                    load = measure(address, _asking(path, ground), int(requests * share))
                    yield peer.name, what, load
        except (RuntimeError, OSError) as problem:
            told(f"Left out {peer.name}: {problem}")


def _asking(path: str, ground: _Ground) -> Callable[[], bytes]:
    return lambda: get(path.format(key=random.choice(ground.keys), district=ground.district))


def installed(home: Path) -> bool:
    """Make the Python of the peers at the first run."""
    python = home / "bin" / "python"
    if (home / "complete").exists():
        return True
    told("Installing the peers (once)")
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(home)],
        [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r",
         str(ROOT / "requirements" / "peers.txt")],
    )  # fmt: skip
    for step in steps:
        done = subprocess.run(step, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            told(f"Peers are left out, they can't be installed: {done.stderr.strip()[-200:]}")
            return False
    (home / "complete").touch()
    return True


def database_parts() -> dict[str, str]:
    found = conninfo_to_dict(os.environ["YIWANG_DATABASE_URL"])
    told_of = {name: str(found.get(name) or "") for name in ("dbname", "user", "host", "port")}
    # asyncpg and SQLAlchemy want each part spelled
    return {**told_of, "user": told_of["user"] or getpass.getuser(), "port": told_of["port"] or "5432"}


def tipg_environment() -> dict[str, str]:
    """Tells it where the tables are."""
    to = database_parts()
    host = quote(to["host"], safe="") or "localhost"
    address = f"postgresql://{to['user']}:x@{host}:{to['port']}/{to['dbname']}"
    return {"DATABASE_URL": address, "TIPG_DB_SCHEMAS": '["reg"]', "PYTHONPATH": ""}


def tipg_command(home: Path) -> list[str]:
    """The words that start it."""
    return [str(home / "bin" / "uvicorn"), "tipg.main:app", "--port", "{port}", "--workers", "2",
            "--no-access-log"]  # fmt: skip


def _tipg(home: Path) -> Peer:
    items = "/collections/reg.persons/items?f=json&"
    return Peer(
        name="tipg",
        command=tipg_command(home),
        env={**tipg_environment(), "TIPG_DB_ONLY_SPATIAL_TABLES": "false"},
        asked=[
            ("keyed look-up", items + "id_number={key}&limit=1", 0.5),
            ("first 100 of a district", items + "_district={district}&limit=100", 0.03),
        ],
    )


_PYGEOAPI = """
server:
  bind: {{host: 127.0.0.1, port: 5000}}
  url: http://127.0.0.1
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en]
  limits: {{default_items: 100, max_items: 1000}}
  map: {{url: "http://127.0.0.1/", attribution: none}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: b, description: b, keywords: [b], terms_of_service: b, url: "http://127.0.0.1"}}
  license: {{name: b}}
  provider: {{name: b}}
  contact: {{name: b}}
resources:{resources}
"""
_RESOURCE = """
  {name}:
    type: collection
    title: {name}
    description: {name}
    keywords: [b]
    extents: {{spatial: {{bbox: [-180, -90, 180, 90]}}}}
    providers:
      - type: feature
        name: PostgreSQL
        data:
          {{host: "{host}", port: {port}, dbname: {dbname}, user: {user}, password: x, search_path: [reg]}}
        id_field: {id_field}
        table: {table}
        geom_field: geom
        count: true
"""


def pygeoapi_environment(home: Path, tables: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Write the configuration and document of pygeoapi for tables (name, table, its key)."""
    to = database_parts()
    resources = "".join(
        _RESOURCE.format(**to, name=name, table=of, id_field=key).rstrip() for name, of, key in tables
    )
    configuration, document = home / "pygeoapi.yml", home / "pygeoapi-openapi.yml"
    configuration.write_text(_PYGEOAPI.format(resources=resources))
    env = {"PYGEOAPI_CONFIG": str(configuration), "PYGEOAPI_OPENAPI": str(document), "PYTHONPATH": ""}
    made = [str(home / "bin" / "pygeoapi"), "openapi", "generate", str(configuration)]
    with document.open("w") as target:
        subprocess.run(made, stdout=target, check=False, env={**os.environ, **env}, stderr=subprocess.DEVNULL)
    return env


def pygeoapi_command(home: Path) -> list[str]:
    """The words that start it."""
    return [str(home / "bin" / "gunicorn"), "-w", "2", "--threads", "4", "-b", "127.0.0.1:{port}",
            "pygeoapi.flask_app:APP"]  # fmt: skip


def _pygeoapi(home: Path) -> Peer:
    """It wants a geometry; the twin of the rows has one that is empty."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS reg.peer_persons")
        cursor.execute(
            f"CREATE TABLE reg.peer_persons AS SELECT {_FIELDS}, _district AS district, "
            "NULL::geometry(Point, 4326) AS geom FROM reg.persons"
        )
        cursor.execute("ALTER TABLE reg.peer_persons ADD PRIMARY KEY (id_number)")
        cursor.execute("CREATE INDEX ON reg.peer_persons (district)")
        cursor.execute("ANALYZE reg.peer_persons")
    env = pygeoapi_environment(home, [("persons", "peer_persons", "id_number")])
    items = "/collections/persons/items"
    return Peer(
        name="pygeoapi",
        command=pygeoapi_command(home),
        env=env,
        asked=[
            ("keyed look-up", items + "/{key}?f=json", 0.5),
            ("first 100 of a district", items + "?f=json&district={district}&limit=100", 0.03),
        ],
    )  # fmt: skip


def _datasette(home: Path) -> Peer:
    file = home / "people.db"
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as store, connection.cursor() as cursor:
        store.execute(
            "CREATE TABLE persons (id_number TEXT PRIMARY KEY, name TEXT, birth_date TEXT, "
            "residence_division TEXT, district TEXT)"
        )
        cursor.execute(f"SELECT {_FIELDS}, _district FROM reg.persons")
        while chunk := cursor.fetchmany(50_000):
            rows = [(key, name, str(born), place, district) for key, name, born, place, district in chunk]
            store.executemany("INSERT INTO persons VALUES (?, ?, ?, ?, ?)", rows)
        store.execute("CREATE INDEX by_district ON persons (district)")
    store.close()
    rows_of = "/people/persons.json?_shape=objects&_nofacet=1&_nosuggest=1&"
    return Peer(
        name="Datasette",
        command=[str(home / "bin" / "datasette"), "serve", "-i", str(file), "-p", "{port}"],
        env={"PYTHONPATH": ""},
        asked=[
            ("keyed look-up", rows_of + "_nocount=1&id_number={key}", 0.3),
            ("first 100 of a district", rows_of + "_nocount=1&_size=100&district={district}", 0.1),
        ],
    )
