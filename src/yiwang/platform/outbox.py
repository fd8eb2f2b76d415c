"""Facts travel upwards here: written with the act, delivered once by the worker.

Delivery takes rows with ``FOR UPDATE SKIP LOCKED`` and runs every consumer in the same transaction
that deletes the row, so a killed worker rolls back and another takes over: exactly once in the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString

import structlog
from django.db import transaction

from yiwang.kernel.registry import Registry
from yiwang.platform import sql
from yiwang.platform.contracts import Fact, FactHandler
from yiwang.platform.models import OutboxEntry

log = structlog.get_logger()

#: Consumers by ``<fact name>/<consumer>``; several may listen to one fact.
CONSUMERS: Registry[FactHandler] = Registry("fact consumers")
_LONGEST_WAIT = timedelta(hours=1)
_INSERT: LiteralString = """
INSERT INTO platform_outboxentry (at, name, subject, payload, attempts, try_at, last_problem)
SELECT %(outbox_at)s, x.name, x.subject, x.payload, 0, %(outbox_at)s, ''
FROM jsonb_to_recordset(%(outbox_rows)s::jsonb) AS x(name text, subject text, payload jsonb)
"""


def subscribe(fact_name: str, consumer: str, handler: FactHandler) -> None:
    """Register a consumer of one kind of fact, at start."""
    CONSUMERS.register(f"{fact_name}/{consumer}", handler)


def is_wanted(fact_name: str) -> bool:
    """Whether anybody listens to a kind of fact."""
    return any(key.partition("/")[0] == fact_name for key, _ in CONSUMERS)


def parts(facts: Sequence[Fact], *, at: datetime) -> list[sql.Part]:
    """The write of the facts that somebody listens to, to be done with whatever else the act writes."""
    wanted = {key.partition("/")[0] for key, _ in CONSUMERS}
    rows = [
        {"name": fact.name, "subject": fact.subject, "payload": fact.payload}
        for fact in facts
        if fact.name in wanted
    ]
    params = {"outbox_at": at, "outbox_rows": sql.json_text(rows)}
    return [sql.Part("outbox", _INSERT, params)] if rows else []


def deliver(*, at: datetime, most: int = 200) -> int:
    """Deliver due facts one transaction each; gives how many were delivered."""
    delivered = 0
    for _ in range(most):
        outcome = _deliver_one(at=at)
        if outcome is None:
            break
        delivered += outcome
    return delivered


def _deliver_one(*, at: datetime) -> int | None:
    with transaction.atomic():
        row = (
            OutboxEntry.objects.select_for_update(skip_locked=True)
            .filter(try_at__lte=at)
            .order_by("try_at", "id")
            .first()
        )
        if row is None:
            return None
        fact = Fact(name=row.name, subject=row.subject, payload=row.payload)
        try:
            with transaction.atomic():
                for key, handler in CONSUMERS:
                    if key.partition("/")[0] == fact.name:
                        handler(fact, at=at)
        except Exception as problem:  # a consumer's fault must not stop other facts
            row.attempts += 1
            row.try_at = at + min(_LONGEST_WAIT, timedelta(seconds=2**row.attempts))
            row.last_problem = type(problem).__name__
            row.save(update_fields=["attempts", "try_at", "last_problem"])
            log.exception("platform.fact_not_delivered", fact=fact.name, attempts=row.attempts)
            return 0
        row.delete()
        return 1
