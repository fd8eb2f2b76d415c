"""Child processes that are kept alive: restarted with back-off, ended as whole groups."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from yiwang.platform.environment import ROOT

#: Seconds to wait before each further restart; a child that stayed up for a minute begins anew.
BACK_OFF = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)
_STEADY_SECONDS = 60
_STOP_SECONDS = 12
_LOG_LIMIT = 20_000_000
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass
class Child:
    """One program and its present process."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    begun: float = 0.0
    next_start: float = 0.0
    exits: list[int] = field(default_factory=list)

    def start(self) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches only the supervisor."""
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with _opened(self.log) as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509  the supervisor has one thread
            )
        self.begun = time.monotonic()

    def watch(self) -> bool:
        """Notice an end and start anew when it is time; True if the process was replaced or lost now."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return False
            self._end_group(signal.SIGKILL)  # its own children may hold the port
            steady = time.monotonic() - self.begun > _STEADY_SECONDS
            self.restarts = 0 if steady else self.restarts
            self.next_start = time.monotonic() + BACK_OFF[min(self.restarts, len(BACK_OFF) - 1)]
            self.restarts += 1
            self.exits.append(code)
            self._note(f"ended with {code}; start {self.restarts} follows")
            self.process = None
            return True
        if time.monotonic() >= self.next_start:
            self.start()
        return False

    def ask_to_stop(self) -> None:
        """SIGTERM to the main process, which ends its own children."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for the end until the deadline (monotonic seconds), then kill what is left."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self._note("did not stop in time and was killed")
        self._end_group(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _end_group(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def _note(self, words: str) -> None:
        with _opened(self.log) as log:
            log.write(f"[supervisor] {self.name} {words}\n".encode())


def _opened(log: Path) -> BinaryIO:
    """A log to append to, for the installation's user only."""
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")


def stop_all(children: list[Child]) -> None:
    """Ask all at once, then wait for each."""
    deadline = time.monotonic() + _STOP_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(deadline)


def _die_with_parent() -> None:
    """A supervisor that is killed takes its children along (prctl(2)); they stop as if asked to."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
