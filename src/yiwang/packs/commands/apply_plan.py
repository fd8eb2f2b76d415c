"""Apply a plan: one transaction, in order, recorded, repeatable."""

from __future__ import annotations

from datetime import datetime

from yiwang.packs.applying import carry_out_plan
from yiwang.packs.contracts import Plan
from yiwang.packs.loader import Loaded
from yiwang.packs.models import AppliedPack
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="packs.plan.apply")
def apply_plan(
    *, actor: Actor, at: datetime, loaded: Loaded, plan: Plan, allow_destructive: bool = False
) -> int:
    """Apply; gives the number of changes.

    Raises:
        DestructiveNotAllowed: a step loses data and that was not allowed.
        PlanIsStale: another apply came between plan and apply.
    """
    permit(Scope(everyone=True), subject="packs")
    carry_out_plan(plan, at=at, account_id=actor.account_id, allow_destructive=allow_destructive)
    for name, manifest in loaded.manifests.items():
        AppliedPack.objects.update_or_create(
            name=name,
            defaults={
                "version": manifest.version,
                "manifest": manifest.model_dump(mode="json"),
                "applied_at": at,
            },
        )
    AppliedPack.objects.exclude(name__in=loaded.manifests).delete()
    note(changes=len(plan.changes))
    return len(plan.changes)
