"""Withdraw a seal that is lost, misused or belongs to a dissolved organisation."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.trust.commands.record_entry import record_entry
from yiwang.trust.contracts import NoSuchSeal
from yiwang.trust.models import SigningKey
from yiwang.trust.rules.revocation import RevocationReason


@command(operation="trust.seal.revoke")
def revoke_seal(*, actor: Actor, organisation: str, reason: RevocationReason, at: datetime) -> str:
    """Revoke the organisation's seal in force and give its serial; what it sealed before stays valid."""
    permit(Scope(organisations=(organisation,)), subject=f"seal:{organisation}")
    key = (
        SigningKey.objects.select_for_update()
        .filter(role=SigningKey.SEAL, organisation=organisation, retired_at=None, revoked_at=None)
        .first()
    )
    if key is None:
        raise NoSuchSeal(organisation=organisation)
    key.revoked_at = at
    key.revocation_reason = reason.value
    key.save(update_fields=["revoked_at", "revocation_reason"])
    note(serial=key.serial, reason=reason.value)
    record_entry(
        "trust.seal_revoked",
        f"seal:{organisation}",
        {"serial": key.serial, "reason": reason.value},
        at=at,
    )
    return key.serial
