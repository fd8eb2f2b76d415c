"""A city that really runs, for tests that meet it as its users do: database, web and worker of its own.

It is started from the pieces of `./yiwang up`. Tests prepare what lies in the past by commands in this
process (:meth:`LiveCity.acting`), then look with a browser: clocks are real, so lateness needs no waiting.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.db import connections
from django.utils import timezone
from psycopg import sql
from tests.live.migrated import migrated, one_at_a_time
from tests.live.server import Server

from yiwang.cli.children import Child, stop_all
from yiwang.cli.commands.up import free_port
from yiwang.cli.fingerprint import compute
from yiwang.cli.supervisor import City, answers, list_children
from yiwang.identity.models import Account
from yiwang.identity.queries.actors import actor_of_account
from yiwang.identity.queries.directory import forget_directory
from yiwang.launcher.project import Project
from yiwang.launcher.theme import ensure_theme
from yiwang.platform.contracts import Actor
from yiwang.platform.environment import ROOT, environment
from yiwang.platform.private_database import Dsn

_READY_SECONDS = 180
_FIRST = "yiwang_first_city_"
#: What else every city's worker would make in its first minute, while visitors already type addresses and
#: search: the index of addresses, that of the search, the static copy of the sites. Changes of pages wait for
#: every transaction of the server, those of other tests too; nobody else is at work here, so none is missing.
_MADE_AT_FIRST = """
import django
django.setup()
from django.db import connection
from django.utils import timezone
from yiwang.maps.addresses.indexing import index_waiting
from yiwang.portal.keeping.copy_files import read_state, write_state
from yiwang.portal.keeping.copying import Copier
from yiwang.portal.search.indexing import index_changes
index_waiting(timezone.now())
index_changes(timezone.now())
copier = Copier()
while "build" not in (state := read_state()) or "unfinished" in state:
    copier.copy_changes(timezone.now())
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    [upto] = cursor.fetchone()
write_state(**state | {"seen": upto, "position": upto})
"""
#: Of every demonstration account (``demonstration.yaml``).
PASSWORD = "yiwang-demo-2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCity:
    """A city that answers."""

    var: Path
    server: Server
    address: str
    #: Web and worker by name, for tests that kill them; nobody else starts them anew.
    children: Mapping[str, Child] = field(default_factory=dict)

    @contextmanager
    def acting(self, blocker: object) -> Iterator[None]:
        """Meanwhile commands and queries of this process act in this city."""
        with _pointed_at(self), blocker.unblock():
            yield

    def environment(self) -> dict[str, str]:
        """For programs that act in this city."""
        return _environment_of(self.var, self.server)


def actor(username: str, acting_for: str = "") -> Actor:
    """The demonstration account as an actor of today."""
    return actor_of_account(Account.objects.get(username=username), at=timezone.now(), acting_for=acting_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstCity:
    """What others are copied from; nothing runs in it."""

    var: Path
    server: Server


@contextmanager
def live_city() -> Iterator[LiveCity]:
    """Start one beside the test database; everything of it is removed at the end."""
    var = Path(tempfile.mkdtemp(prefix="yiwang-city-"))
    # A run may have several, and a worker takes every job of its database.
    server = Server.of_settings(var.name.replace("-", "_"))
    own = environment().var
    (own / "log").mkdir(parents=True, exist_ok=True)
    (own / "run").mkdir(exist_ok=True)
    try:
        with one_at_a_time(own / "run" / "first-city.lock"):
            first = _ensure_first_city(own)
        shutil.copytree(first.var, var, dirs_exist_ok=True)
        server.make(like=first.server.name)
        with _running(var, server) as (address, children):
            yield LiveCity(
                var=var, server=server, address=address, children={one.name: one for one in children}
            )
    finally:
        server.drop()
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def _pointed_at(city: LiveCity) -> Iterator[None]:
    settings, var = connections.settings["default"], os.environ.get("YIWANG_VAR")
    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password", "NAME": "name"}
    before = {key: settings[key] for key in keys}
    connections.close_all()
    settings.update({key: getattr(city.server, field) for key, field in keys.items()})
    os.environ["YIWANG_VAR"] = str(city.var)
    environment.cache_clear()
    forget_directory()
    try:
        yield
    finally:
        connections.close_all()
        settings.update(before)
        if var is None:
            del os.environ["YIWANG_VAR"]
        else:
            os.environ["YIWANG_VAR"] = var
        environment.cache_clear()
        forget_directory()


def _ensure_first_city(own: Path) -> FirstCity:
    """A city as its first start leaves it; others of the day are copies: a second, not half a minute."""
    mine = f"{_FIRST}{sha256(str(own).encode()).hexdigest()[:8]}_"
    made_by = sha256(Path(__file__).read_bytes()).hexdigest()[:4]
    name = f"{mine}{timezone.localdate():%Y%m%d}_{compute(ROOT)[:12]}{made_by}"
    first = FirstCity(var=own / "first-city", server=Server.of_settings(name))
    if (
        (first.var / "whole").exists()
        and (first.var / "whole").read_text() == name
        and name in first.server.list_databases(mine)
    ):
        return first
    for one in first.server.list_databases(mine):
        first.server.named(one).drop()
    shutil.rmtree(first.var, ignore_errors=True)
    (first.var / "log").mkdir(parents=True)
    (first.var / "run").mkdir()
    shutil.copy(own / "secret_key", first.var / "secret_key")
    ensure_theme(Project(root=ROOT, var=own))
    shutil.copytree(own / "static", first.var / "static")
    first.server.make(like=migrated(first.server))
    _run(first, "-m", "yiwang.cli", "startup", "journeys", "0")
    _run(first, "-c", _MADE_AT_FIRST)
    (first.var / "whole").write_text(name)
    return first


@contextmanager
def without_database(city: LiveCity) -> Iterator[None]:
    """Meanwhile the city's database ends every connection and takes none, as one that was stopped."""
    with city.server.of_postgres() as server:
        name = sql.Identifier(city.server.name)
        server.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS FALSE").format(name))
        try:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = %s AND usename = current_user",
                [city.server.name],
            )
            yield
        finally:
            server.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS TRUE").format(name))
            connections.close_all()  # this process was cut off too


def _environment_of(var: Path, server: Server) -> dict[str, str]:
    return os.environ | {"YIWANG_VAR": str(var), "YIWANG_DATABASE_URL": server.url}


def _run(city: FirstCity, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", *words],
        env=_environment_of(city.var, city.server)
        | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "yiwang.server.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        log = city.var / "log" / "startup.log"
        said = log.read_text() if log.exists() else ""
        raise RuntimeError(f"{done.returncode}: {done.stdout}{done.stderr}{said}")


@contextmanager
def _running(var: Path, server: Server) -> Iterator[tuple[str, list[Child]]]:
    port = free_port("127.0.0.1")
    children = list_children(
        City(var=var, dsn=Dsn(url=server.url, private=False), host="127.0.0.1", port=port, web=1)
    )
    address = f"http://127.0.0.1:{port}"
    for child in children:
        child.start()
    try:
        _wait(address, children)
        yield address, children
    finally:
        stop_all(children)


def _wait(address: str, children: list[Child]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while not answers(address):
        dead = [child for child in children if child.process is not None and child.process.poll() is not None]
        if dead or time.monotonic() > deadline:
            raise RuntimeError("\n".join(child.log.read_text()[-4000:] for child in children))
        time.sleep(0.1)
