"""`listener` (internal): the door for other nodes, open once this node is certified (mutual TLS 1.3)."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from yiwang.platform.environment import environment

_TICK = 0.3
_STOP_SECONDS = 8
_FILES = ("certificate.pem", "key.pem", "root.pem")


def command() -> int:
    """Wait for the certificate, listen, and listen anew when it is renewed; ends with its server."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    folder = environment().var / "node"
    server: subprocess.Popen[bytes] | None = None
    stamp = 0
    try:
        while True:
            present = _stamp(folder)
            if present and present != stamp:
                _end(server)
                server, stamp = _start(folder), present
            if server is not None and server.poll() is not None:
                return server.returncode or 1
            time.sleep(_TICK)
    finally:
        _end(server)


def _stamp(folder: Path) -> int:
    """When the certificate was written, the last of the files; 0 as long as one is missing."""
    if not all((folder / name).exists() for name in _FILES):
        return 0
    return (folder / _FILES[0]).stat().st_mtime_ns


def _start(folder: Path) -> subprocess.Popen[bytes]:
    chosen = environment()
    words = ["granian", "--interface", "wsgi", "--host", chosen.host, "--port", str(chosen.node_port)]
    # A message is all processor and commit: with six threads, which wait for each other at Python's lock,
    # the same machine answered a fifth fewer.
    words += ["--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    words += ["--ssl-certificate", str(folder / _FILES[0]), "--ssl-keyfile", str(folder / _FILES[1])]
    words += ["--ssl-ca", str(folder / _FILES[2]), "--ssl-client-verify", "--ssl-protocol-min", "tls1.3"]
    return subprocess.Popen([sys.executable, "-P", "-m", *words, "yiwang.server.node_wsgi:application"])


def _end(server: subprocess.Popen[bytes] | None) -> None:
    if server is None or server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
