"""Processor time of processes other than this one, from ``/proc``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.db import connection

_TICKS = os.sysconf("SC_CLK_TCK")


def seconds_of(pids: Iterable[int]) -> float:
    """User and system seconds that they have taken so far; one that has ended counts nothing."""
    return sum(float(fields[11]) + float(fields[12]) for fields in map(_fields, pids) if fields) / _TICKS


def servers_of(but: Iterable[int | None]) -> list[int]:
    """Children of this process and theirs, but not these."""
    parents = {
        int(path.name): int(fields[1])
        for path in Path("/proc").iterdir()
        if path.name.isdigit() and (fields := _fields(int(path.name)))
    }
    found, waiting = [], [os.getpid()]
    while waiting:
        parent = waiting.pop()
        children = [pid for pid, above in parents.items() if above == parent and pid not in set(but)]
        found += children
        waiting += children
    return found


def backends() -> list[int]:
    """The database's processes that serve everybody but this connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def _fields(pid: int) -> list[str]:
    """What stands after the name in ``stat``: state, parent, ..."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
