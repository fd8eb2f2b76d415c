"""An officer has seen what there is to be told of the sites."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.watching.models import Alert
from yiwang.portal.watching.operations import SEE


@command(operation=SEE)
def see_site_alerts(*, actor: Actor, at: datetime, up_to: int) -> int:
    """Mark the officer's own alerts as seen up to one of them, so that a newer one stays new."""
    permit(Scope(organisations=(actor.organisation,)), subject=f"account:{actor.account_id}")
    rows = Alert.objects.filter(account_id=actor.account_id or 0, seen_at=None, pk__lte=up_to)
    seen = rows.update(seen_at=at)
    note(alerts=seen)
    return seen
