"""A whole city of its own for tests that need one running: `./yiwang up` in a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from yiwang.platform.environment import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestCity:
    """A city under ``var`` with a private database of its own, whatever the environment names."""

    __test__ = False
    var: Path

    def command(self, *words: str, seconds: float = 600) -> Outcome:
        """Run `./yiwang <words>` on this city."""
        environment = {key: value for key, value in os.environ.items() if key != "YIWANG_DATABASE_URL"}
        done = subprocess.run(
            [str(ROOT / "yiwang"), *words],
            env=environment | {"YIWANG_VAR": str(self.var)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        return Outcome(code=done.returncode, out=done.stdout, err=done.stderr)

    def start(self, *, port: int = 0, scale: int = 0) -> Outcome:
        """`up --detach` on a free port."""
        return self.command("up", "--detach", "--port", str(port), "--scale", str(scale), "--web", "1")

    def status(self) -> dict[str, object]:
        """What `status --json` says."""
        facts: dict[str, object] = json.loads(self.command("status", "--json").out)
        return facts

    @property
    def address(self) -> str:
        """Where the pages are."""
        return str(self.status()["address"])
