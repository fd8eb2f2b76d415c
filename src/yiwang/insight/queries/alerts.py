"""What an officer was told of, newest first."""

from __future__ import annotations

from yiwang.cases.api import cards
from yiwang.insight.contracts import AlertView
from yiwang.insight.models import Alert
from yiwang.platform.contracts import Actor

SEE = "insight.alert.see"


def alerts(*, actor: Actor, skip: int = 0, most: int = 50) -> tuple[AlertView, ...]:
    """The officer's own; a card that is no longer within the officer's reach (another post) is left out."""
    rows = Alert.objects.filter(account_id=actor.account_id or 0).order_by("-id")[skip : skip + most]
    told = {row.card_id: row for row in rows}
    seen = cards(actor=actor, ids=list(told), most=most).rows if told else ()
    views = [
        AlertView(id=told[card.id].pk, at=told[card.id].at, is_new=told[card.id].seen_at is None, card=card)
        for card in seen
    ]
    return tuple(sorted(views, key=lambda view: -view.id))


def count_alerts(*, actor: Actor, only_new: bool = False) -> int:
    """How many, for lists and the figure in the menu."""
    rows = Alert.objects.filter(account_id=actor.account_id or 0)
    return rows.filter(seen_at=None).count() if only_new else rows.count()
