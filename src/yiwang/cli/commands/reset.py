"""`reset`: stop everything and remove all data of this installation, after asking."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from yiwang.cli.commands.down import stop_city
from yiwang.cli.commands.node import remove_all
from yiwang.cli.console import say
from yiwang.cli.database import is_private
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.platform import private_database
from yiwang.platform.environment import environment

#: What the application writes under var/. Logs stay; anything that is not ours is never touched.
_OURS = ("files", "trust", "node", "nodes", "run", "static", "collected", "secret_key")
_LEFT_ALONE = Text(
    "YIWANG_DATABASE_URL 指定的数据库未作改动。", "The database of YIWANG_DATABASE_URL was left alone."
)
_QUESTION = Text("将清除 {var} 中的全部数据，确定吗？", "All data in {var} will be removed. Are you sure?")

Yes = Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")]


def command(yes: Yes = False) -> int:
    """Ask, stop, remove."""
    var = environment().var
    if not yes:
        if not sys.stdin.isatty():
            say(Text("无法询问；确定要清除请加 --yes。", "Nobody can be asked; add --yes if you are sure."))
            return Exit.USAGE
        typer.confirm(str(_QUESTION.fill(var=var)), abort=True)
    remove_all()
    stop_city(var)
    if is_private():
        private_database.destroy(var)
    else:
        say(_LEFT_ALONE)
    for name in _OURS:
        _remove(var / name)
    say(Text("数据已清除。", "All data are removed."))
    return Exit.OK


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
