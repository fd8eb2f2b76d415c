"""What people read in the terminal: always both languages."""

from __future__ import annotations

import re

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from yiwang.kernel.errors import DefinitionProblem, DefinitionRefused, InvalidInput, YiwangError
from yiwang.kernel.text import Text

out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)


def say(text: Text) -> None:
    """A sentence on standard output, Chinese above English."""
    out.print(text.zh, markup=False)
    out.print(text.en, markup=False, style="dim")


def tell(problem: DefinitionProblem, *, style: str = "red") -> None:
    """A fault of a definition on standard error: where it stands, why in Chinese, why in English."""
    err.print(f"{problem.where}: {problem.reason.zh}", markup=False, style=style)
    err.print(f"    {problem.reason.en}", markup=False, style="dim")


def complain(error: YiwangError) -> None:
    """An anticipated error on standard error: its sentence, then the details that it carries."""
    err.print(error.sentence.zh, markup=False, style="bold red")
    err.print(error.sentence.en, markup=False, style="red")
    if isinstance(error, DefinitionRefused):
        for problem in error.problems:
            tell(problem)
        return
    if isinstance(error, InvalidInput):
        for field in error.problems:
            err.print(f"{field.path}: {field.text.zh}", markup=False)
            err.print(f"    {field.text.en}", markup=False, style="dim")
        return
    details = str(error)
    if not re.match(r"[a-z_]+\.[a-z_]+: ", details):
        err.print(details, markup=False)


def refuse_words(reason: str, *, command: str) -> None:
    """A command line that cannot be read, on standard error: why, and where the words are listed."""
    err.print("命令行写法有误。", markup=False, style="bold red")
    err.print(f"The command line is wrong. {reason}", markup=False, style="red")
    err.print(" ".join(filter(None, ("./yiwang", command, "--help"))), markup=False)


def progress() -> Progress:
    """A bar for long steps; on a pipe Rich prints nothing but the last state."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(24),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=err,
    )
