"""Take a notice of a community back."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.kiosk.contracts import AlreadyWithdrawn, LocalNoticeNotFound
from yiwang.portal.kiosk.models import LocalNotice
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_REASON = 200


@command(operation="kiosk.notice.post")
def withdraw_notice(*, actor: Actor, at: datetime, notice: int, reason: str) -> None:
    """It is shown no more.

    Raises:
        LocalNoticeNotFound, AlreadyWithdrawn.
        InvalidInput: no reason, or too long.
    """
    row = LocalNotice.objects.select_for_update().filter(pk=notice).first()
    if row is None:
        raise LocalNoticeNotFound
    permit(Scope(organisations=(row.organisation,)), subject=f"local_notice:{notice}")
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawn
    raise_all(judged_text("reason", reason, MOST_REASON))
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, actor.account_id or 0, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
