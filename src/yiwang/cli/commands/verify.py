"""`verify`: check the evidence of a message offline, with nothing but the authority's root."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yiwang.cli.console import out, say
from yiwang.exchange.nodes import api
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="证据文件 / the container")]
Root = Annotated[Path, typer.Option("--root", exists=True, help="城市根证书 / the authority's root in PEM")]


def command(file: File, root: Root) -> int:
    """Say what holds; ends with 1 if anything does not."""
    try:
        findings = api.check_evidence(file.read_bytes(), root.read_bytes())
    except ValueError:
        say(Text("这不是可以核验的证据。", "This is no evidence that can be checked."))
        return Exit.FAILED
    for finding in findings:
        out.print(f"{'✓' if finding.holds else '✗'} {finding.title.zh} {finding.title.en}", markup=False)
    return Exit.OK if all(finding.holds for finding in findings) else Exit.FAILED
