"""A database in which all migrations have run, kept for the next run: others are copies of it.

Running them takes as long as a few hundred tests, and a run wants four such databases.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tests.live.server import Server

from yiwang.platform.environment import ROOT, environment

_PREFIX = "yiwang_migrated_"
#: All that says which tables there are: migrations, the SQL that they read, the apps, others' migrations.
_READ = ("src/yiwang/**/migrations/**/*.py", "src/yiwang/**/*.sql", "src/yiwang/server/settings/*.py")
_PINNED = ("requirements/*.txt",)


def migrated(server: Server) -> str:
    """Give the name of a database of this server to copy; made when the migrations are not those it had."""
    own = environment().var
    (own / "run").mkdir(parents=True, exist_ok=True)
    mine = f"{_PREFIX}{sha256(str(own).encode()).hexdigest()[:8]}_"
    made = server.named(mine + _digest())
    with one_at_a_time(own / "run" / "migrated.lock"):
        there = server.list_databases(mine)
        if made.name not in there:
            for other in there:
                server.named(other).drop()
            _make(made)
    return made.name


def _make(server: Server) -> None:
    """Under another name until it is whole: one that was left half done is never copied."""
    growing = server.named(f"{server.name}_new")
    growing.make(like="template1")
    words = [sys.executable, "-P", "-m", "django", "migrate", "--verbosity=0"]
    own = {"YIWANG_DATABASE_URL": growing.url, "PYTHONPATH": str(ROOT / "src")}
    own |= {"DJANGO_SETTINGS_MODULE": "yiwang.server.settings"}
    subprocess.run(words, cwd=ROOT, env=os.environ | own, check=True)
    growing.rename(server.name)


def _digest() -> str:
    total = sha256()
    for pattern in (*_READ, *_PINNED):
        for path in sorted(ROOT.glob(pattern)):
            total.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:12]


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Among the processes of a run."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
