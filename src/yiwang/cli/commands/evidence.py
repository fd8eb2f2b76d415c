"""`evidence`: take the evidence of an exchanged message out of this node's log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from yiwang.cli.console import say
from yiwang.exchange.nodes import api
from yiwang.kernel.text import Text

Message = Annotated[str, typer.Argument(help="报文编号 / number of the message")]
Out = Annotated[Path, typer.Option("--out", dir_okay=False, help="写入的文件 / file to write")]
Side = Annotated[Literal["in", "out"], typer.Option("--side", help="收到或发出 / received or sent")]


def command(message: Message, out: Out, side: Side = "out") -> None:
    """Write the container."""
    out.write_bytes(api.evidence_of(message, direction=side))
    say(Text(f"证据已写入 {out}。", f"The evidence is in {out}."))
