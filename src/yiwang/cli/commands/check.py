"""`check`: validate the packs and the city; every fault with file, line and reason. Changes nothing."""

from __future__ import annotations

from yiwang.cli.console import say, tell
from yiwang.kernel.text import Text
from yiwang.launcher.contracts import Exit
from yiwang.server import city


def command() -> int:
    """Read everything and tell what is wrong."""
    found = city.read_what_is_there()
    city.check_catalogue(found)
    for warning in found.packs.warnings:
        tell(warning, style="yellow")
    if found.packs.problems:
        for problem in found.packs.problems:
            tell(problem)
        count = len(found.packs.problems)
        say(Text(f"发现{count}处问题，未作任何更改。", f"Problems found: {count}. Nothing was changed."))
        return Exit.FAILED
    packs, definitions = len(found.packs.manifests), len(found.packs.definitions)
    say(
        Text(
            f"{packs}个业务包、{definitions}项定义，没有问题。",
            f"{packs} packs, {definitions} definitions: no fault.",
        )
    )
    return Exit.OK
