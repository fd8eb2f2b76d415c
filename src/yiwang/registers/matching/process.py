"""Run the matching process and hear how far it is. This module loads nothing heavy itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import structlog

from yiwang.platform.contracts import Json
from yiwang.platform.environment import ROOT
from yiwang.registers.matching.orders import REPORT, Order

log = structlog.get_logger()
_PROGRAM = "yiwang.registers.matching.linking"
#: What the process may know of its surroundings: neither the database nor any secret.
_PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR")
Told = Callable[[str, int], None]


class MatchingFailed(RuntimeError):
    """The process ended without a report; what it said is in the log."""


def match_files(order: Order, folder: Path, *, told: Told = lambda stage, rows: None) -> dict[str, Json]:
    """Do an order over the lists in a folder; gives the report.

    Raises:
        MatchingFailed: the process ended without one.
    """
    order.write(folder)
    surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    surroundings["PYTHONPATH"] = str(ROOT / "src")
    with (folder / "errors.txt").open("w+b") as errors:
        with subprocess.Popen(  # noqa: S603 - our own program, a folder of ours
            [sys.executable, "-m", _PROGRAM, str(folder)],
            stdout=subprocess.PIPE,
            stderr=errors,
            env=surroundings,
            text=True,
        ) as process:
            for line in process.stdout or ():
                said = json.loads(line)
                told(said["stage"], said["rows"])
        if process.returncode != 0:
            errors.seek(0)
            log.error("matching.failed", code=process.returncode, tail=_last_line(errors.read()))
            raise MatchingFailed(f"the process ended with {process.returncode}")
    report: dict[str, Json] = json.loads((folder / REPORT).read_text())
    return report


def _last_line(said: bytes) -> str:
    """The kind of the error only: its words may hold a name from a list."""
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1].split(":")[0][:80] if lines else ""
