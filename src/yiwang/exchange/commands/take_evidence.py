"""An auditor takes the evidence of all looks, to check it elsewhere."""

from __future__ import annotations

from datetime import datetime

from yiwang.exchange.contracts import EvidenceAsked, EvidenceNotReady
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.trust import api as trust

TAKE = "exchange.evidence.take"


@command(operation=TAKE)
def take_evidence(*, actor: Actor, at: datetime, first: int = 0) -> EvidenceAsked:
    """Say which leaves are handed out, up to the newest signed head; the journal keeps who took them.

    Raises:
        EvidenceNotReady: nothing is signed yet, or not that much.
    """
    permit(Scope(), subject="ledger")
    head = trust.latest_head()
    if head is None or not 0 <= first < head.size:
        raise EvidenceNotReady(first=first)
    note(first=first, size=head.size)
    return EvidenceAsked(first=first, size=head.size)
