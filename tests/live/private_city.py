"""A city with a private database of its own, for tests that kill its parts: a copy of one that is kept.

The first of a day comes up from nothing by `./yiwang up`, in half a minute of processor time; others are its
files, copied while it stood still, and start as a city does that was stopped.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.utils import timezone
from tests.live.migrated import one_at_a_time

from yiwang.cli.fingerprint import compute
from yiwang.cli.testing import Outcome, TestCity
from yiwang.platform.environment import ROOT, environment

_WHOLE = "whole"


@contextmanager
def private_city() -> Iterator[TestCity]:
    """A city that answers; removed with all its data at the end."""
    folder = Path(tempfile.mkdtemp(prefix="yiwang-private-", dir="/tmp"))
    folder.chmod(0o755)  # the private database's own user passes through
    city = TestCity(var=folder / "var")
    try:
        _lay_out(city)
        _must(city.start())
        yield city
    finally:
        city.command("reset", "--yes")
        shutil.rmtree(folder, ignore_errors=True)  # a process that was killed may write to the last


def _lay_out(city: TestCity) -> None:
    own = environment().var
    (own / "run").mkdir(parents=True, exist_ok=True)
    kept = own / "private-city"
    with one_at_a_time(own / "run" / "private-city.lock"):
        if not _is_of_today(kept):
            shutil.rmtree(kept, ignore_errors=True)
            _must(city.start())
            _must(city.command("down"))
            _copy(city.var, kept)
            (kept / _WHOLE).write_text(_name())
        else:
            _copy(kept, city.var)


def _is_of_today(kept: Path) -> bool:
    return (kept / _WHOLE).exists() and (kept / _WHOLE).read_text() == _name()


def _name() -> str:
    """Of the code, of these lines, and of the day, on which what a first start lays down depends."""
    return f"{timezone.localdate()} {compute(ROOT)} {sha256(Path(__file__).read_bytes()).hexdigest()}"


def _copy(source: Path, target: Path) -> None:
    """With owners and rights: PostgreSQL asks for its own."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _must(done: Outcome) -> None:
    assert done.code == 0, done.out + done.err
