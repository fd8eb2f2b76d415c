"""The process of this web process that draws tiles: started at the first question, ended when it hangs."""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import time
from threading import Lock

import structlog

from yiwang.maps.rasters.contracts import RasterBusy
from yiwang.maps.rasters.converted import QUIET

log = structlog.get_logger()
_MODULE = "yiwang.maps.rasters.tiling"
#: A tile takes some milliseconds.
MOST_SECONDS = 10.0
#: How long a question waits for those before it.
_LONGEST_WAIT = 10.0
#: How much longer it waits while the process begins, for a busy machine takes seconds to load the libraries,
#: and a map asks for a dozen tiles at once.
_BEGINS = 20.0
_HEAD = struct.Struct(">cI")
#: A picture of 256 or 640 pixels square is far smaller.
_MOST_BYTES = 4_000_000


class TileProcess:
    """One process and its pipe; questions are asked one after the other."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._lock = Lock()
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._has_answered = False

    @property
    def pid(self) -> int | None:
        """The process, while one runs."""
        found = self._process
        return found.pid if found is not None and found.poll() is None else None

    def ask(self, question: dict[str, str | int]) -> bytes | None:
        """A picture; None where there is nothing.

        A process that died since the last question is started anew and asked once more.

        Raises:
            RasterBusy: others are being answered, or the process hung, died or could not read the file.
        """
        if not self._lock.acquire(timeout=_LONGEST_WAIT + self._beginning):
            raise RasterBusy
        try:
            for last in (False, True):
                try:
                    return self._asked(question)
                except _Gone:
                    self._end()
                    if last:
                        raise RasterBusy from None
                except TimeoutError:
                    log.warning("maps.raster_process_hung")
                    self._end()
                    raise RasterBusy from None
        finally:
            self._lock.release()
        raise RasterBusy

    def end(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._end()

    @property
    def _beginning(self) -> float:
        """Seconds beyond what an answer takes once the process runs."""
        return 0.0 if self._has_answered else _BEGINS

    def _asked(self, question: dict[str, str | int]) -> bytes | None:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        try:
            process.stdin.write(json.dumps(question).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            raise _Gone from None
        until = time.monotonic() + self._seconds + self._beginning
        sign, length = _HEAD.unpack(self._read(process, _HEAD.size, until))
        if length > _MOST_BYTES:
            raise _Gone
        body = self._read(process, length, until)
        self._has_answered = True
        if sign == b"!":
            log.warning("maps.raster_unreadable", fault=body.decode("ascii", "replace"))
            raise RasterBusy
        return body if sign == b"+" else None

    def _read(self, process: subprocess.Popen[bytes], length: int, until: float) -> bytes:
        assert process.stdout is not None  # noqa: S101 - pipes were asked for
        handle = process.stdout.fileno()
        waiting = select.poll()
        waiting.register(handle, select.POLLIN)
        parts = []
        while length:
            left = until - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise TimeoutError
            part = os.read(handle, length)
            if not part:
                raise _Gone
            parts.append(part)
            length -= len(part)
        return b"".join(parts)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        self._has_answered = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=QUIET,
            cwd="/",
            bufsize=0,
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class _Gone(Exception):
    """The process ended."""


OWN = TileProcess()
