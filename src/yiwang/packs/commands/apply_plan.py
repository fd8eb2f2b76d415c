"""Apply a plan: one transaction, in order, recorded, repeatable."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from yiwang.packs.contracts import Change, DestructiveNotAllowed, Plan, PlanIsStale
from yiwang.packs.kinds import KINDS
from yiwang.packs.loader import Loaded
from yiwang.packs.models import AppliedDefinition, AppliedPack, ApplyRun
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

#: One apply at a time in an installation; PostgreSQL advisory lock key ("yiwa").
_LOCK = 0x79697761


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
    if plan.destructive and not allow_destructive:
        named = ", ".join(f"{change.kind}/{change.code}" for change in plan.destructive)
        raise DestructiveNotAllowed(what=named)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    for change in plan.changes:
        _apply_one(change, at)
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
    if plan.changes:
        summary = [f"{change.op} {change.kind}/{change.code}" for change in plan.changes]
        ApplyRun.objects.create(at=at, account_id=actor.account_id, changes=summary)
    note(changes=len(plan.changes))
    return len(plan.changes)


def _apply_one(change: Change, at: datetime) -> None:
    row = AppliedDefinition.objects.filter(kind=change.kind, code=change.code).first()
    live = row.content if row is not None and row.retired_at is None else None
    if live != change.applied:
        raise PlanIsStale
    KINDS.get(change.kind).apply(change, at=at)
    if change.wanted is None:
        AppliedDefinition.objects.filter(kind=change.kind, code=change.code).update(retired_at=at)
        return
    AppliedDefinition.objects.update_or_create(
        kind=change.kind,
        code=change.code,
        defaults={
            "pack": change.pack,
            "version": row.version + 1 if row else 1,
            "digest": change.wanted.digest,
            "content": change.wanted.content,
            "applied_at": at,
            "retired_at": None,
        },
    )
