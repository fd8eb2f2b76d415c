"""Run web and worker until told to stop; keep them and the private database alive meanwhile."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import structlog

from yiwang.cli import running
from yiwang.cli.children import Child, stop_all
from yiwang.cli.database import VARIABLE
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import CityFailed, Stopped
from yiwang.platform import private_database
from yiwang.platform.environment import ROOT
from yiwang.platform.environment import environment as chosen
from yiwang.platform.private_database import Dsn

log = structlog.get_logger()
_READY_SECONDS = 90
_TICK = 0.2
_LOOK_AT_DATABASE = 1.0
#: Database connections of all web threads together stay below this; the server takes 100.
_MOST_THREADS = 64
_WEB = Text("等待网页应答", "waiting for the pages to answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What to run."""

    var: Path
    dsn: Dsn
    host: str
    port: int
    web: int


class Supervisor:
    """One city: its children, its database, its end."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._stopping = False
        self._next_look = 0.0
        self._children = list_children(city)

    def run(self, on_ready: Callable[[running.Running], None]) -> None:
        """Start, wait until ready, tell, keep alive until a signal comes, stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            self._say(ready=False)
            for child in self._children:
                child.start()
            self._wait_until_ready()
            if not self._stopping:
                on_ready(self._say(ready=True))
            while not self._stopping:
                self._watch()
                time.sleep(_TICK)
        finally:
            stop_all(self._children)
            if self._city.dsn.private:
                private_database.stop(self._city.var)
            running.forget(self._city.var)

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _watch(self) -> None:
        if self._city.dsn.private and time.monotonic() > self._next_look:
            self._next_look = time.monotonic() + _LOOK_AT_DATABASE
            self._keep_database()
        for child in self._children:
            child.watch()

    def _keep_database(self) -> None:
        try:
            if not private_database.status(self._city.var).is_running:
                private_database.ensure_running(self._city.var)
        except Stopped as stopped:  # a full disk may be freed again; pages say "not ready" until then
            log.warning("supervisor.database_down", reason=str(stopped))

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        address = f"http://{running.reachable_host(self._city.host)}:{self._city.port}"
        while not self._stopping and not answers(address):
            self._watch()
            gave_up = any(len(child.exits) > 3 for child in self._children)
            if time.monotonic() > deadline or gave_up:
                raise CityFailed(step=_WEB, log=str(self._city.var / "log"))
            time.sleep(_TICK)

    def _say(self, *, ready: bool) -> running.Running:
        said = running.Running(pid=os.getpid(), host=self._city.host, port=self._city.port, ready=ready)
        running.write(self._city.var, said)
        return said


def list_children(city: City) -> list[Child]:
    """Web (granian) and worker, with the environment that names database, address and folder to them."""
    environment = os.environ | {
        VARIABLE: city.dsn.url,
        "YIWANG_HOST": city.host,
        "YIWANG_PORT": str(city.port),
        "YIWANG_VAR": str(city.var),
        "PYTHONPATH": str(ROOT / "src"),
    }
    threads = max(2, min(8, _MOST_THREADS // city.web))
    web = ["granian", "--interface", "wsgi", "--host", city.host, "--port", str(city.port)]
    web += ["--workers", str(city.web), "--blocking-threads", str(threads), "--no-ws"]
    web += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "8"]
    web += ["--log-level", "warning", "yiwang.server.wsgi:application"]
    programs = {"web": web, "worker": ["yiwang.cli", "worker"]}
    if chosen().node and chosen().node_port:
        programs["node"] = ["yiwang.cli", "listener"]
    return [
        Child(
            name=name,
            command=[sys.executable, "-P", "-m", *words],
            environment=environment,
            log=city.var / "log" / f"{name}.log",
        )
        for name, words in programs.items()
    ]


def answers(address: str) -> bool:
    """`/readyz` says that pages and database are ready."""
    try:
        with urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200 and json.load(answer).get("status") == "ready")
    except (URLError, HTTPException, OSError, ValueError):
        return False
