"""What an exchanged message writes: its row in the log and its leaf in the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import LiteralString

from django.db import IntegrityError
from psycopg.errors import UniqueViolation

from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.contracts import HttpMessage
from yiwang.exchange.nodes.rules.messages import Asked, entry_of
from yiwang.platform import sql
from yiwang.trust import api as trust

_INSERT: LiteralString = """
INSERT INTO exchange_nodemessage (direction, node, peer, message, nonce, repeats, organisation, resource, at,
  request, request_body, status, answer, answer_body, leaf_hash, leaf)
VALUES (%(message_direction)s, %(message_node)s, %(message_peer)s, %(message_number)s, %(message_nonce)s,
  %(message_repeats)s, %(message_organisation)s, %(message_resource)s, %(message_at)s,
  %(message_request)s::jsonb, %(message_request_body)s, %(message_status)s, %(message_answer)s::jsonb,
  %(message_answer_body)s, %(message_leaf_hash)s, (SELECT id FROM ledger_leaf))
"""
_FIRST: LiteralString = """
SELECT id FROM exchange_nodemessage WHERE direction = %s AND peer = %s AND message = %s AND repeats IS NULL
"""
#: Constraints that a message breaks which came before.
_ONCE = frozenset({"node_nonce_once", "node_message_once"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """A request, its answer, and who they are between; ``nonce`` is the request's."""

    direction: str
    node: str
    peer: str
    nonce: str
    asked: Asked
    request: HttpMessage
    answer: HttpMessage
    repeats: int | None = None


def message_parts(done: Exchanged, *, at: datetime) -> list[sql.Part]:
    """The writes, for one statement; the answer may go out (or be believed) once they are durable.

    The statement fails when the nonce, or the same first message, stands there already: see
    :func:`came_before`.
    """
    message, request = done.asked.message, done.request
    entry = entry_of(message, request.headers, done.answer.headers)
    subject = f"message:{done.peer}:{message}"
    leaf = trust.record_part("exchange.message", subject, json.loads(entry), at=at)
    sent = {"method": request.method, "target": request.target, "headers": dict(request.headers)}
    row = {
        "message_direction": done.direction,
        "message_node": done.node,
        "message_peer": done.peer,
        "message_number": message,
        "message_nonce": done.nonce,
        "message_repeats": done.repeats,
        "message_organisation": done.asked.organisation,
        "message_resource": done.asked.resource,
        "message_at": at,
        "message_request": sql.json_text(sent),
        "message_request_body": bodies.closed(request.body),
        "message_status": done.answer.status,
        "message_answer": sql.json_text({"headers": dict(done.answer.headers)}),
        "message_answer_body": bodies.closed(done.answer.body),
        "message_leaf_hash": sha256(b"\x00" + entry).digest(),
    }
    return [leaf, sql.Part("message", _INSERT, row)]


def came_before(error: IntegrityError) -> bool:
    """Whether the log refused a message because it holds it already."""
    cause = error.__cause__
    return isinstance(cause, UniqueViolation) and cause.diag.constraint_name in _ONCE


def first_of(direction: str, peer: str, message: str) -> int | None:
    """The row of the first time that this message was exchanged."""
    match sql.fetch(_FIRST, [direction, peer, message]):
        case [(int() as key,)]:
            return key
    return None
