"""`test`: everything that CI runs, in the same way; with arguments only pytest, with them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

import typer

from yiwang.cli.console import err
from yiwang.cli.database import VARIABLE, database_of_command
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.launcher.machine import find_browser
from yiwang.platform.environment import ROOT

_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Stage:
    """One check: its name, and the words after `python`."""

    title: Text
    words: tuple[str, ...]


CHECKS = (
    Stage(Text("代码规范", "lint"), ("-m", "ruff", "check", ".")),
    Stage(Text("代码格式", "format"), ("-m", "ruff", "format", "--check", ".")),
    Stage(Text("类型", "types"), ("-m", "mypy")),
    Stage(Text("引用方向", "import contracts"), ("-c", _LINT_IMPORTS)),
)
#: Each list is one pytest run; those with browsers and killed processes want the cores to themselves.
QUICK = ("tests/unit", "tests/engines", "tests/packs", "tests/architecture")
LIVE = ("tests/faults", "tests/journeys")
_TWO = ("-n", "2")
#: The log tells what took longest.
_TOLD = ("--durations=40", "--durations-min=1")
#: A file keeps its city and its windows to itself; in the order of collection, which puts the longest first.
_BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")


def command(context: typer.Context) -> int:
    """Run the stages; the first failure gives the exit code, but all of them run."""
    with database_of_command():
        if context.args:
            return _pytest(context.args)
        codes = [_check(stage) for stage in CHECKS]
        codes.append(_pytest([*_present(QUICK), *_TWO, *_TOLD]))
        if live := _present(LIVE):
            codes.append(_pytest([*live, *_TWO, *_BY_FILE, *_TOLD]))
    return next((code for code in codes if code), Exit.OK)


def _check(stage: Stage) -> int:
    begun = time.monotonic()
    code = _python(stage.words)
    sign = "✗" if code else "✓"
    err.print(f"{sign} {stage.title} ({time.monotonic() - begun:.1f} s)", markup=False)
    return code


def _pytest(arguments: list[str]) -> int:
    return _python(("-m", "pytest", *arguments))


def _present(folders: tuple[str, ...]) -> list[str]:
    return [folder for folder in folders if any((ROOT / folder).rglob("test_*.py"))]


def _python(words: tuple[str, ...]) -> int:
    browser = find_browser()
    environment = os.environ | ({"YIWANG_CHROMIUM": browser} if browser else {})
    environment |= {"PYTHONPATH": str(ROOT / "src"), VARIABLE: os.environ[VARIABLE]}
    done = subprocess.run([sys.executable, "-P", *words], cwd=ROOT, env=environment, check=False)
    return done.returncode if done.returncode >= 0 else 128 - done.returncode
