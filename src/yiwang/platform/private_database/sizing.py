"""How much of the machine the private server takes: a bulk load of millions should not wait for the disk.

A register with random keys touches its indexes everywhere. Where these do not fit into the server's own
memory, or where a checkpoint falls every few seconds (each writes the pages it meets again whole into the
log), a load of ten million rows runs at a third of the speed of one million.
"""

from __future__ import annotations

import os

_MIB = 1 << 20
_GIB = 1 << 30


def memory_of_machine() -> int:
    """Bytes of main memory."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def sized(memory: int) -> dict[str, str]:
    """Settings of PostgreSQL for a machine with this many bytes, which it shares with the application.

    An eighth is its own cache (the rest is the system's, which reads through it), never under 256 MB and
    never over 8 GB; the log between two checkpoints is as large again, so that a small disk is not filled.
    """
    cache = min(max(memory // 8, 256 * _MIB), 8 * _GIB)
    return {
        "shared_buffers": _megabytes(cache),
        "effective_cache_size": _megabytes(max(memory // 2, 512 * _MIB)),
        "maintenance_work_mem": _megabytes(min(max(memory // 32, 64 * _MIB), 512 * _MIB)),
        "work_mem": _megabytes(min(max(memory // 512, 4 * _MIB), 32 * _MIB)),
        "max_wal_size": _megabytes(min(max(cache, _GIB), 4 * _GIB)),
        "checkpoint_timeout": "15min",
        "wal_compression": "on",
        # what the city keeps lies on solid state; the default prices spinning disks
        "random_page_cost": "1.1",
    }


def _megabytes(size: int) -> str:
    return f"{size // _MIB}MB"
