"""Carry out changes, inside the transaction of a command: in order, recorded, one apply at a time."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from yiwang.packs.contracts import Change, DestructiveNotAllowed, Plan, PlanIsStale
from yiwang.packs.kinds import KINDS
from yiwang.packs.models import AppliedDefinition, ApplyRun

#: One apply at a time in an installation; PostgreSQL advisory lock key ("yiwa").
_LOCK = 0x79697761


def carry_out_plan(plan: Plan, *, at: datetime, account_id: int | None, allow_destructive: bool) -> None:
    """Do every change of a plan; the caller has asked for permission.

    Raises:
        DestructiveNotAllowed: a step loses data and that was not allowed.
        PlanIsStale: another apply came between plan and apply.
    """
    if plan.destructive and not allow_destructive:
        named = ", ".join(f"{change.kind}/{change.code}" for change in plan.destructive)
        raise DestructiveNotAllowed(what=named)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    for change in plan.changes:
        _apply_one(change, at)
    if plan.changes:
        summary = [f"{change.op} {change.kind}/{change.code}" for change in plan.changes]
        ApplyRun.objects.create(at=at, account_id=account_id, changes=summary)


def _apply_one(change: Change, at: datetime) -> None:
    row = AppliedDefinition.objects.filter(kind=change.kind, code=change.code).first()
    live = row.content if row is not None and row.retired_at is None else None
    if live != change.applied:
        raise PlanIsStale
    if change.op == "move":
        # its engine keeps what it has: tables, rows, rights and kept files know no pack
        AppliedDefinition.objects.filter(kind=change.kind, code=change.code).update(pack=change.pack)
        return
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
