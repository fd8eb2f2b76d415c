"""Note that a run ended without a result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.models import Run
from yiwang.registers.matching.queries.matchings import definition_of_row


@command(operation="registers.matching.perform")
def fail_run(*, actor: Actor, at: datetime, run: int, reason: Mapping[str, str]) -> None:
    """Close it, so that the lists can be matched again; ``reason`` is a sentence in both languages."""
    row = Run.objects.select_related("matching").get(pk=run)
    definition = definition_of_row(row.matching)
    permit(Scope(organisations=(definition.operator,)), subject=f"matching:{definition.code}")
    Run.objects.filter(pk=run, state__in=["waiting", "running"]).update(
        state="failed", done_at=at, report={"reason": dict(reason)}
    )
    note(run=run)
