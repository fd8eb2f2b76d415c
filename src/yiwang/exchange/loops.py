"""What the worker repeats for the exchange: cards for emergencies nobody reviewed, the watch over looks."""

from __future__ import annotations

from datetime import datetime

import structlog

from yiwang.exchange.commands.review_emergency import warn_of_emergency
from yiwang.exchange.queries.emergencies import ids_to_warn
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

log = structlog.get_logger()
MOST = 200
CARDS = Actor.system("cards")


def cards(at: datetime) -> int:
    """Give the cards whose instant has come."""
    done = 0
    for emergency in ids_to_warn(at, most=MOST):
        try:
            done += warn_of_emergency(actor=CARDS, at=at, emergency=emergency)
        except YiwangError as refused:
            log.warning("exchange.loop_refused", row=emergency, reason=refused.code)
    return done
