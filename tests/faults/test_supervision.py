"""Kill -9 of each process of a running city: what should live again lives, what should end ends."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.live.children import child_of, children_of, ids_below
from tests.live.private_city import private_city

from yiwang.cli.supervisor import answers
from yiwang.cli.testing import TestCity

pytestmark = pytest.mark.faults
#: A web server that a busy machine starts, after the ten seconds that repeated ends are given.
_SECONDS = 180


@pytest.fixture(scope="module")
def city() -> Iterator[TestCity]:
    with private_city() as running:
        yield running


def _eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def _pid(city: TestCity, key: str = "pid") -> int:
    pid = city.status()[key]
    assert isinstance(pid, int)
    return pid


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):  # it may end between opening and reading
        return False


@pytest.mark.parametrize("role", ["web", "worker"])
def test_a_killed_child_is_replaced(city: TestCity, role: str) -> None:
    supervisor, address = _pid(city), city.address
    before = child_of(supervisor, role)

    os.kill(before, signal.SIGKILL)

    assert _eventually(lambda: children_of(supervisor).get(role) not in (None, before))
    assert _eventually(lambda: answers(address))
    assert _pid(city) == supervisor


def test_a_killed_web_process_leaves_no_second_listener(city: TestCity) -> None:
    supervisor, address = _pid(city), city.address
    main = child_of(supervisor, "web")
    inner = ids_below(main)

    os.kill(main, signal.SIGKILL)

    assert _eventually(lambda: not any(_is_alive(pid) for pid in inner))
    assert _eventually(lambda: answers(address))


def test_a_killed_database_comes_back(city: TestCity) -> None:
    address, database = city.address, _pid(city, "database_pid")

    os.kill(database, signal.SIGKILL)

    assert _eventually(lambda: city.status()["database_pid"] not in (None, database))
    assert _eventually(lambda: answers(address))


def test_a_second_start_says_where_the_first_one_is(city: TestCity) -> None:
    supervisor, address = _pid(city), city.address

    second = city.start()

    assert second.code == 0
    assert f"{address}/" in second.out
    assert _pid(city) == supervisor


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_is_whole(city: TestCity) -> None:
    supervisor = _pid(city)
    port = int(city.address.rpartition(":")[2])
    children = children_of(supervisor)
    # what the web server started holds its port as long as it lives
    pids = [*children.values(), *ids_below(children["web"])]

    os.kill(supervisor, signal.SIGKILL)

    assert _eventually(lambda: not any(map(_is_alive, pids)))
    assert city.status()["running"] is False
    assert _eventually(lambda: not answers(f"http://127.0.0.1:{port}"))
    steps = (city.var / "run" / "startup.step").stat().st_mtime_ns
    assert city.start(port=port).code == 0
    assert (city.var / "run" / "startup.step").stat().st_mtime_ns == steps
    assert answers(city.address)


def test_a_busy_port_is_told_before_anything_starts(city: TestCity) -> None:
    assert city.command("down").code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        refused = city.start(port=port)

    assert refused.code == 20
    assert f"127.0.0.1:{port}" in refused.err
    status = city.status()
    assert (status["running"], status["database_pid"]) == (False, None)
    assert city.start().code == 0


def test_down_stops_everything_and_may_be_repeated(city: TestCity) -> None:
    supervisor = _pid(city)
    children = children_of(supervisor)

    assert city.command("down").code == 0

    # the supervisor lets go of its lock, which is all that is waited for, a moment before it ends
    assert _eventually(lambda: not any(map(_is_alive, (supervisor, *children.values()))))
    assert city.status() == {
        "running": False,
        "ready": False,
        "address": None,
        "pid": None,
        "database_pid": None,
    }
    assert city.command("status").code == 3
    assert city.command("down").code == 0
    assert city.start().code == 0
