"""A server of its own for a benchmark: granian as the launcher starts it, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Address = tuple[str, int]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(
    command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None, port: int = 0
) -> Iterator[Address]:
    """Start it with ``{port}`` filled in, wait until it listens, stop it and its children afterwards."""
    port = port or free_port()
    words = [word.replace("{port}", str(port)) for word in command]
    with log.open("wb") as said:
        process = subprocess.Popen(
            words, stdout=said, stderr=said, env={**os.environ, **(env or {})}, start_new_session=True
        )
        try:
            _wait(port, process)
            yield "127.0.0.1", port
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the server ended at once; see its log")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not listen")


def granian(application: str, *, workers: int, threads: int) -> list[str]:
    """The words that start our web server."""
    words = [sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    words += ["--port", "{port}", "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws"]
    return [*words, "--log-level", "warning", application]
