"""`plan`: what applying the packs would change, and which steps lose data. Changes nothing."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from django.utils import timezone

from yiwang.cli.console import out, say
from yiwang.kernel.text import Text
from yiwang.packs.contracts import Plan
from yiwang.registers.api import report_of
from yiwang.server import city

_SIGNS = {"add": "+", "alter": "~", "move": ">", "retire": "-"}


def show(plan: Plan) -> None:
    """Print a plan: one line a definition, its steps below."""
    for change in plan.changes:
        out.print(f"{_SIGNS[change.op]} {change.kind}/{change.code}  ({change.pack})", markup=False)
        for step in change.steps:
            mark = "!" if step.destructive else " "
            out.print(f"   {mark} {step.text.zh} / {step.text.en}", markup=False)
    if plan.is_empty:
        say(Text("没有变更。", "Nothing to change."))
        return
    lost = len(plan.destructive)
    count = len(plan.changes)
    say(Text(f"共{count}项变更，其中{lost}项会丢失数据。", f"Changes: {count}; losing data: {lost}."))


Machine = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 / as JSON, for programs")]


def command(json_output: Machine = False) -> None:
    """Show the plan, and of each register what would break and whom that hits."""
    plan = city.plan(city.read_whole())
    if json_output:
        out.print_json(json.dumps(report_of(plan, at=timezone.now()), ensure_ascii=False))
        return
    show(plan)
