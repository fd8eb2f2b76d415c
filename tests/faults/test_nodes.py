"""Two nodes and their centre as real processes: kill -9 of each in the middle of batches, then count.

Nothing that was asked may be lost, nothing may be looked at twice, and the nodes go on without the centre,
also for an officer at a browser.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser
from tests.faults.asker import ASKER, COUNT, GRANT
from tests.live.children import child_of
from tests.live.fill import fill
from tests.live.private_city import private_city
from tests.live.residence import RESIDENCE
from tests.live.visit import Visit

from yiwang.cli import running
from yiwang.cli.testing import TestCity
from yiwang.platform import private_database
from yiwang.platform.environment import ROOT

pytestmark = pytest.mark.faults
_SECONDS = 300
#: More than are answered before the process is killed, which happens after the first.
EACH = 60
#: Why the officer looks, as the person reads it.
REFERENCE = "穗劳监〔2026〕17号"


@dataclass(frozen=True)
class Node:
    """One of the nodes."""

    var: Path

    def environment(self) -> dict[str, str]:
        dsn = private_database.status(self.var).dsn
        assert dsn is not None
        place = json.loads((self.var / "node.json").read_text())
        return os.environ | {
            "YIWANG_VAR": str(self.var),
            "YIWANG_DATABASE_URL": dsn.url,
            "YIWANG_NODE": place["name"],
            "YIWANG_HOST": "127.0.0.1",
            "YIWANG_NODE_PORT": str(place["node_port"]),
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "yiwang.server.settings",
        }

    def program(self, source: str, *words: str) -> subprocess.Popen[str]:
        """At work, in the node's place."""
        return subprocess.Popen(
            [sys.executable, "-P", "-c", source, *words],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def address(self) -> str:
        """Where its pages are."""
        said = running.read(self.var)
        assert said is not None
        return said.address

    def counts(self, job: str) -> dict[str, object]:
        """What stands in its tables about a batch."""
        found = self.read(COUNT, {"job": job})
        assert isinstance(found, dict)
        return found

    def read(self, statement: str, words: dict[str, str]) -> object:
        """One value of its database."""
        dsn = private_database.status(self.var).dsn
        assert dsn is not None
        with psycopg.connect(dsn.url) as opened:
            [(found,)] = opened.execute(statement, words)
        return found

    def kill(self, what: str) -> None:
        """-9 to the database, or to the supervisor's child of this name."""
        if what == "database":
            pid = private_database.status(self.var).pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            return
        parent = json.loads((self.var / "run" / "city.json").read_text())["pid"]
        os.killpg(child_of(parent, what), signal.SIGKILL)


@contextmanager
def asking(node: Node) -> Iterator[Callable[..., str]]:
    """A program at the node that answers words with a line."""
    program = node.program(ASKER)
    assert program.stdin is not None
    assert program.stdout is not None

    def ask(*words: str) -> str:
        program.stdin.write(" ".join(words) + "\n")
        program.stdin.flush()
        return program.stdout.readline().strip()

    with program:
        yield ask
        program.stdin.close()


@pytest.fixture(scope="module")
def centre() -> Iterator[TestCity]:
    with private_city() as city:
        yield city


def eventually(holds: Callable[[], bool], seconds: float = _SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if holds():
                return True
        except (AssertionError, psycopg.OperationalError):
            pass
        time.sleep(0.3)
    return False


def test_d30_d28_d16_nodes_come_up_go_on_without_the_centre_and_lose_nothing(
    centre: TestCity, browser: Browser
):
    # Two departments, authority, responder, time stamps and exchange by one command.
    started = centre.command("node", "up", "district-a", "district-b")
    assert started.code == 0, started.out + started.err
    a, b = (Node(centre.var / "nodes" / name) for name in ("district-a", "district-b"))
    key, _ = b.program(GRANT, RESIDENCE["resident_id"]).communicate(timeout=_SECONDS)
    with asking(a) as ask:
        _exchange_goes_on(centre, browser, a, b, key.strip(), ask)


def _exchange_goes_on(
    centre: TestCity, browser: Browser, a: Node, b: Node, key: str, ask: Callable[..., str]
) -> None:
    assert eventually(lambda: ask("known") == "True")
    asked = 0
    for victim in ("asker's database", "provider", "asker", "database", "centre"):
        job = ask(key, str(EACH))
        asked += EACH
        assert eventually(lambda job=job: a.counts(job)["messages"] > 0)
        if victim == "provider":
            b.kill("listener")
        elif victim == "asker":
            a.kill("worker")
        elif victim == "asker's database":
            a.kill("database")
        elif victim == "database":
            b.kill("database")
        elif victim == "centre":
            _kill_city(centre)
        assert eventually(lambda job=job: a.counts(job)["asks"] == {"done": EACH}), (victim, a.counts(job))
        assert eventually(lambda job=job: b.counts(job) is not None)  # its database comes back
        own, others = a.counts(job), b.counts(job)
        assert (own["messages"], own["unanswered"]) == (EACH, 0), victim
        assert (others["messages"], others["unanswered"], others["traces"]) == (EACH, 0, asked), victim

    # While the centre is down, a new batch is still asked; its stamps wait until the centre is back.
    job = ask(key, "20")
    assert eventually(lambda: a.counts(job)["asks"] == {"done": 20})
    assert a.counts(job)["unstamped"] > 0
    _asked_at_the_desk(browser, a, b)
    back = centre.start(port=_port_of(a))
    assert back.code == 0, back.out + back.err
    assert eventually(lambda: a.counts(job)["unstamped"] == 0)
    _evidence_holds(centre, a, str(a.counts(job)["one"]))


def _asked_at_the_desk(browser: Browser, a: Node, b: Node) -> None:
    """An officer of one node looks at a person of the other, who finds that at both; no centre runs."""
    officer = Visit(browser, a.address).sign_in("labour.handler")
    officer.go("/desk/exchange/elsewhere/")
    officer.look("exchange-elsewhere")
    officer.says("有效，中心中断时可继续交换")
    officer.go("/desk/exchange/elsewhere/district-b/person_basic/")
    fill(
        officer.page,
        {
            "key": RESIDENCE["resident_id"],
            "fields": ["name"],
            "purpose": "supervision",
            "reference": REFERENCE,
        },
    )
    officer.press("查询")
    officer.look("exchange-looked-elsewhere")
    officer.says(RESIDENCE["name"])
    officer.close()
    for node, resource in ((a, "人口基本信息（节点 district-b）"), (b, "人口基本信息")):
        chen = Visit(browser, node.address).sign_in("chen")
        chen.go("/space/looks/")
        chen.says(f"开展监督检查（{REFERENCE}）")
        chen.says(resource)
        chen.close()


def _kill_city(city: TestCity) -> None:
    said = city.status()
    os.kill(int(str(said["pid"])), signal.SIGKILL)
    os.kill(int(str(said["database_pid"])), signal.SIGKILL)


def _port_of(node: Node) -> int:
    """The port of the centre, as the node knows it."""
    centre = node.read("SELECT centre FROM exchange_nodeidentity", {})
    return int(str(centre).rsplit(":", 1)[-1])


def _evidence_holds(centre: TestCity, node: Node, message: str) -> None:
    container, root = node.var / "evidence.zip", node.var / "node" / "root.pem"
    words = [sys.executable, "-P", "-m", "yiwang.cli"]
    for command in (
        ["evidence", message, "--out", str(container)],
        ["verify", str(container), "--root", str(root)],
    ):
        done = subprocess.run(
            [*words, *command], cwd=ROOT, env=node.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("✓") == 7
