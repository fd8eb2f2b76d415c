"""Clients: processes of their own, each with its own connection, that start together.

They are forked once, before this process has a connection, and stay for all rounds; what each is to do is
prepared before the start and not timed.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Protocol

Run = Callable[[], None]


class Engine(Protocol):
    """One way to do the work: prepares a client's share, then does it when called."""

    def __call__(self, share: Sequence[object], /) -> Run: ...


@dataclass(frozen=True, slots=True)
class Timed:
    """What one client took: instants of the system's monotonic clock, and its own processor seconds."""

    begun: float
    ended: float
    cpu: float


class Clients:
    """So many clients; ``run`` gives each its share and times them together."""

    def __init__(self, count: int, engines: dict[str, Engine]) -> None:
        fork = multiprocessing.get_context("fork")
        self._pipes: list[Connection] = []
        self._processes = []
        for _ in range(count):
            ours, theirs = fork.Pipe()
            process = fork.Process(target=_serve, args=(theirs, engines), daemon=True)
            process.start()
            theirs.close()
            self._pipes.append(ours)
            self._processes.append(process)

    @property
    def pids(self) -> list[int | None]:
        """Their process numbers."""
        return [process.pid for process in self._processes]

    def run(self, engine: str, shares: Sequence[Sequence[object]]) -> tuple[float, float]:
        """Do the shares side by side; gives seconds from the first start to the last end, and CPU seconds."""
        working = self._pipes[: len(shares)]
        for pipe, share in zip(working, shares, strict=True):
            pipe.send((engine, share))
        _collect(working)
        for pipe in working:
            pipe.send("go")
        times: list[Timed] = _collect(working)
        begun, ended = min(each.begun for each in times), max(each.ended for each in times)
        return ended - begun, sum(each.cpu for each in times)

    def stop(self) -> None:
        """Send everybody home."""
        for pipe, process in zip(self._pipes, self._processes, strict=True):
            if process.is_alive():
                pipe.send(None)
            process.join(5)
            process.terminate()


def _collect(pipes: Sequence[Connection]) -> list:
    """One answer of each, as they come: one who failed is heard while another waits for his lock."""
    found, waiting = [], list(pipes)
    while waiting:
        for pipe in wait(waiting):
            waiting.remove(pipe)
            answer = pipe.recv()
            if isinstance(answer, Exception):
                raise answer
            found.append(answer)
    return found


def _serve(pipe: Connection, engines: dict[str, Engine]) -> None:
    while (wanted := pipe.recv()) is not None:
        engine, share = wanted
        try:
            run = engines[engine](share)
            pipe.send("ready")
            pipe.recv()
            begun, cpu = time.perf_counter(), time.process_time()
            run()
            pipe.send(Timed(begun, time.perf_counter(), time.process_time() - cpu))
        except Exception as problem:  # noqa: BLE001 - it is raised again where the table is made
            pipe.send(problem)
            return
