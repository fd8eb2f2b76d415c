"""Withdraw the certificates of a node whose key is lost or which is closed."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.trust.commands.record_entry import record_entry
from yiwang.trust.contracts import NodeNotCertified
from yiwang.trust.models import IssuedCertificate
from yiwang.trust.rules.revocation import RevocationReason


@command(operation="trust.node.revoke")
def revoke_node(*, actor: Actor, node: str, reason: RevocationReason, at: datetime) -> tuple[str, ...]:
    """Revoke every certificate of the node and give their serials; what was signed before stays valid.

    Raises:
        NodeNotCertified: it has none in force.
    """
    permit(Scope(everyone=True), subject=f"node:{node[:40]}")
    rows = list(
        IssuedCertificate.objects.select_for_update()
        .filter(node=node, revoked_at=None, valid_until__gt=at)
        .order_by("id")
    )
    if not rows:
        raise NodeNotCertified(node=node[:40])
    for row in rows:
        row.revoked_at, row.revocation_reason = at, reason.value
        row.save(update_fields=["revoked_at", "revocation_reason"])
        content = {"serial": row.serial, "reason": reason.value}
        record_entry("trust.certificate_revoked", f"node:{node}", content, at=at)
    serials = tuple(row.serial for row in rows)
    note(serials=list(serials), reason=reason.value)
    return serials
