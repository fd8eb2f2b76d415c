"""`apply`: bring the city in line with its files, in one transaction, recorded and repeatable."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils import timezone

from yiwang.cli.commands.plan import show
from yiwang.cli.console import say
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.server import city

Destructive = Annotated[
    bool, typer.Option("--allow-destructive", help="允许丢失数据的步骤 / allow steps that lose data")
]


def command(allow_destructive: Destructive = False) -> None:
    """Show the plan, then apply it."""
    found = city.read_whole()
    city.check_catalogue(found)
    show(city.plan(found))
    changes = city.apply(
        found, actor=Actor.system("apply"), at=timezone.now(), allow_destructive=allow_destructive
    )
    say(Text(f"已应用{changes}项变更。", f"{changes} changes applied."))
