"""Ask what waits in the queue.

A killed process leaves the question waiting; it is asked again under its number, and the other node gives
the answer that it gave before without looking anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection
from django.db.models import QuerySet

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import NodeAsk, NodeMessage
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.commands.ask_node import Sender, ask_node
from yiwang.exchange.nodes.contracts import (
    DirectoryRefused,
    EvidenceImpossible,
    NodeSaidNo,
    NodeUnknown,
    NodeUnreachable,
    NotEnrolled,
    QuestionExpired,
)
from yiwang.exchange.nodes.transport import send
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

log = structlog.get_logger()
MOST = 200
#: After a failure; what else waits for the same node is not tried in that round.
AGAIN_AFTER = timedelta(seconds=5)
_LOCK = 0x7977_0012
#: What passes by itself: the question waits. The directory may learn of a node that it doesn't know yet.
_AWAY = (NodeUnreachable, NodeUnknown)
_STOPPED = (EvidenceImpossible, DirectoryRefused, NotEnrolled)
MACHINE = Actor.system("batch")


def ask_queued(*, at: datetime, through: Sender = send) -> int:
    """Ask up to 200 that are due, one asker at a time; gives how many were answered, yes or no."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        row = cursor.fetchone()
    if row is None or not row[0]:
        return 0
    try:
        return _ask_due(at, through)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _ask_due(at: datetime, through: Sender) -> int:
    """A node that is away holds up its own questions and nobody else's."""
    expired = NodeAsk.objects.filter(state="waiting", until__lte=at)
    answered = expired.update(state="refused", problem=QuestionExpired().code, key=None)
    away: list[str] = []
    rows = list(_due(at, away))
    while rows:
        row = rows.pop(0)
        try:
            _ask(row, at, through)
        except (*_AWAY, *_STOPPED) as error:
            log.warning("exchange.question_waits", reason=error.code)
            NodeAsk.objects.filter(pk=row.pk).update(next_at=at + AGAIN_AFTER)
            if isinstance(error, _STOPPED):
                break
            away.append(row.service.partition(":")[0])
            rows = list(_due(at, away))
            continue
        answered += 1
    return answered


def _due(at: datetime, away: Sequence[str]) -> QuerySet[NodeAsk]:
    found = NodeAsk.objects.filter(state="waiting", next_at__lte=at)
    for node in away:
        found = found.exclude(service__startswith=f"{node}:")
    return found.order_by("next_at", "id")[:MOST]


def _ask(row: NodeAsk, at: datetime, through: Sender) -> None:
    problem = ""
    try:
        ask_node(
            actor=MACHINE,
            at=at,
            resource=row.service,
            key=bodies.opened(bytes(row.key or b"")).decode(),
            fields=[str(name) for name in row.fields],
            purpose=Purpose(kind=row.purpose, reference=row.reference),
            organisation=row.organisation,
            message=row.message,
            node=row.node,
            through=through,
        )
    except NodeSaidNo as refused:
        problem = refused.problem
    except (*_AWAY, *_STOPPED):
        raise
    except YiwangError as error:
        problem = error.code
    answer = NodeMessage.objects.filter(direction="out", node=row.node, message=row.message, repeats=None)
    NodeAsk.objects.filter(pk=row.pk).update(
        state="refused" if problem else "done",
        problem=problem,
        key=None,
        answer_id=answer.values_list("pk", flat=True).first(),
    )
