"""`status`: what runs, and where. Ends with 3 when nothing does, as `systemctl status` would."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from yiwang.cli import running
from yiwang.cli.console import out, say
from yiwang.cli.database import is_private
from yiwang.cli.notice import print_addresses
from yiwang.cli.supervisor import answers
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.platform import private_database
from yiwang.platform.environment import environment

_STARTING = Text("正在启动。", "A start is under way.")
_NOTHING = Text("没有在运行。", "Nothing is running.")

Json = Annotated[bool, typer.Option("--json", help="供程序读取 / for programs")]


def command(as_json: Json = False) -> int:
    """Look and tell."""
    var = environment().var
    said = running.read(var)
    is_ready = said is not None and answers(said.address)
    database = private_database.status(var) if is_private() else None
    if as_json:
        facts = {
            "running": said is not None,
            "ready": is_ready,
            "address": said.address if said else None,
            "pid": said.pid if said else None,
            "database_pid": database.pid if database else None,
        }
        out.print(json.dumps(facts), markup=False)
    elif said is None:
        say(_STARTING if running.is_locked(var) else _NOTHING)
    elif is_ready:
        print_addresses(said)
    else:
        say(Text(f"已启动但未就绪：{said.address}", f"Started, but not ready: {said.address}"))
    if database is not None and database.is_running and not as_json:
        say(Text(f"私有数据库在运行（{database.home}）。", f"The private database runs ({database.home})."))
    return Exit.OK if is_ready else Exit.NOT_RUNNING
