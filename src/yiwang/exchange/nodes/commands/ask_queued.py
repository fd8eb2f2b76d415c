"""Ask what waits in the queue.

A killed process leaves the question waiting; it is asked again under its number, and the other node gives
the answer that it gave before without looking anew.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import connection

from yiwang.exchange.contracts import Purpose
from yiwang.exchange.models import NodeAsk, NodeMessage
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.commands.ask_node import Sender, ask_node
from yiwang.exchange.nodes.contracts import (
    DirectoryRefused,
    EvidenceImpossible,
    NodeSaidNo,
    NodeUnreachable,
    NotEnrolled,
)
from yiwang.exchange.nodes.transport import send
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor

log = structlog.get_logger()
MOST = 200
#: After a failure; the questions of one node wait together.
AGAIN_AFTER = timedelta(seconds=5)
_LOCK = 0x7977_0012
#: What passes by itself: the question waits.
_PASSING = (NodeUnreachable, EvidenceImpossible, DirectoryRefused, NotEnrolled)
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
    answered = 0
    for row in NodeAsk.objects.filter(state="waiting", next_at__lte=at).order_by("next_at", "id")[:MOST]:
        try:
            _ask(row, at, through)
        except _PASSING as error:
            log.warning("exchange.question_waits", reason=error.code)
            NodeAsk.objects.filter(pk=row.pk).update(next_at=at + AGAIN_AFTER)
            break
        answered += 1
    return answered


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
    except _PASSING:
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
