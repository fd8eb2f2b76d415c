"""`lock`: pin the Python packages anew with uv, which only those who change requirements need."""

from __future__ import annotations

import shutil
import subprocess
from typing import Annotated

import typer

from yiwang.cli.console import say
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.platform.environment import ROOT

#: Nothing in the repository names where packages come from.
_OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version=3.11",
    "--custom-compile-command=./yiwang lock",
)
Upgrade = Annotated[bool, typer.Option("--upgrade", help="升级到最新版本 / take the newest versions")]


def command(upgrade: Upgrade = False) -> int:
    """Compile app.txt, then test.txt with the same versions."""
    uv = shutil.which("uv")
    if uv is None:
        say(
            Text(
                "重新锁定需要 uv（不是本系统的依赖）；请先安装 uv。",
                "Pinning needs uv, which is not a dependency of the city; install uv first.",
            )
        )
        return Exit.FAILED
    for name, constraints in (("app", []), ("test", ["--constraints", "requirements/app.txt"])):
        words = [uv, "pip", "compile", *_OPTIONS, *(["--upgrade"] if upgrade else []), *constraints]
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        done = subprocess.run([*words, *files], cwd=ROOT, check=False, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            return Exit.FAILED
    say(Text("已锁定 requirements/*.txt。", "requirements/*.txt are pinned."))
    return Exit.OK
