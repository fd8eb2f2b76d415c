"""The private server takes a fair part of the machine."""

from __future__ import annotations

import pytest

from yiwang.platform.private_database.sizing import memory_of_machine, sized

GIB = 1 << 30


@pytest.mark.parametrize(
    ("memory", "cache", "log", "work"),
    [
        (1 * GIB, "256MB", "1024MB", "4MB"),
        (2 * GIB, "256MB", "1024MB", "4MB"),
        (24 * GIB, "3072MB", "3072MB", "32MB"),
        (512 * GIB, "8192MB", "4096MB", "32MB"),
    ],
)
def test_sizes_follow_the_machine_within_bounds(memory, cache, log, work):
    found = sized(memory)
    assert (found["shared_buffers"], found["max_wal_size"], found["work_mem"]) == (cache, log, work)


def test_this_machine_has_memory():
    assert memory_of_machine() > GIB // 4
