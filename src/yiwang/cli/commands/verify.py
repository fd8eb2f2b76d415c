"""`verify`: check evidence offline, by the program that an auditor would take away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from yiwang.platform.environment import ROOT

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="证据文件 / the evidence")]
Root = Annotated[
    Path | None, typer.Option("--root", exists=True, help="城市根证书 / the authority's root in PEM")
]
Key = Annotated[str, typer.Option("--key", help="账本公钥（Base64）/ the ledger's public key")]
Kept = Annotated[
    Path | None, typer.Option("--checkpoint", exists=True, help="此前保存的检查点 / kept earlier")
]


def command(file: File, root: Root = None, key: Key = "", checkpoint: Kept = None) -> int:
    """Say what holds; ends with 1 if anything does not, with 2 if it cannot be read."""
    given = {"--root": root, "--key": key, "--checkpoint": checkpoint}
    words = [str(word) for name, value in given.items() if value for word in (name, value)]
    program = [sys.executable, "-I", str(ROOT / "verifier"), str(file)]
    return subprocess.run([*program, *words], check=False).returncode
