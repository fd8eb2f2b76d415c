"""A card reaches the superiors of whoever is late, inside the system (E42).

Who is told is declared by the supervision pack; a city without it tells nobody. The fact may be delivered
again after a fault: the pair of card and officer is unique, so nobody is told twice.
"""

from __future__ import annotations

from datetime import datetime

from yiwang.identity.api import officers_over
from yiwang.insight.contracts import NoScoringScheme
from yiwang.insight.definitions import Escalation
from yiwang.insight.models import Alert
from yiwang.insight.queries.scores import scoring_scheme
from yiwang.platform.contracts import Fact


def tell_superiors(fact: Fact, *, at: datetime) -> None:
    """Tell those who hold the declared roles over the office that got the card."""
    card_id, organisation = fact.payload["card"], fact.payload["organisation"]
    if not isinstance(card_id, int) or not isinstance(organisation, str):
        raise TypeError(f"{fact.name} without card and organisation")
    roles = getattr(_escalation(), str(fact.payload["level"]))
    told = dict.fromkeys(
        officer.account_id for role in roles for officer in officers_over(organisation, at=at, role=role)
    )
    Alert.objects.bulk_create(
        [Alert(account_id=account_id, card_id=card_id, at=at) for account_id in told], ignore_conflicts=True
    )


def _escalation() -> Escalation:
    try:
        return scoring_scheme().escalation
    except NoScoringScheme:
        return Escalation(yellow=(), red=())
