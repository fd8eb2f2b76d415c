"""Orders of certificates that nobody decided on lapse, so that a queue that was flooded empties itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from yiwang.trust.models import CertificateOrder

#: Long enough for a holiday and a letter; the node orders anew by itself.
WAITS = timedelta(days=30)


def lapse_orders(*, at: datetime) -> int:
    """Close them; gives how many."""
    waiting = CertificateOrder.objects.filter(state="pending", ordered_at__lt=at - WAITS)
    return waiting.update(state="lapsed", decided_at=at)
