"""Write an exchanged message into the log, and its evidence into the ledger, in the present act."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.contracts import Fault, HttpMessage, MessageRefused
from yiwang.exchange.nodes.rules.messages import Asked, entry_of
from yiwang.platform import sql
from yiwang.trust import api as trust

_INSERT = """
INSERT INTO exchange_nodemessage (direction, node, peer, message, nonce, repeats, organisation, resource, at,
  request, request_body, status, answer, answer_body, leaf_hash, leaf)
VALUES (%(direction)s, %(node)s, %(peer)s, %(message)s, %(nonce)s, %(repeats)s, %(organisation)s,
  %(resource)s, %(at)s, %(request)s::jsonb, %(request_body)s, %(status)s, %(answer)s::jsonb,
  %(answer_body)s, %(leaf_hash)s, %(leaf)s)
ON CONFLICT DO NOTHING RETURNING id
"""
_FIRST = """
SELECT id FROM exchange_nodemessage WHERE direction = %s AND peer = %s AND message = %s AND repeats IS NULL
"""


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


def log_message(done: Exchanged, *, at: datetime) -> int:
    """Write it; the answer may go out (or be believed) once the transaction is durable.

    Raises:
        MessageRefused: the same nonce, or the same first message, stands there already.
    """
    message = done.asked.message
    entry = entry_of(message, done.request.headers, done.answer.headers)
    content = json.loads(entry)
    leaf = trust.record("exchange.message", f"message:{done.peer}:{message}", content, at=at)
    rows = sql.fetch(
        _INSERT,
        {
            "direction": done.direction,
            "node": done.node,
            "peer": done.peer,
            "message": message,
            "nonce": done.nonce,
            "repeats": done.repeats,
            "organisation": done.asked.organisation,
            "resource": done.asked.resource,
            "at": at,
            "request": sql.json_text(
                {
                    "method": done.request.method,
                    "target": done.request.target,
                    "headers": dict(done.request.headers),
                }
            ),
            "request_body": bodies.closed(done.request.body),
            "status": done.answer.status,
            "answer": sql.json_text({"headers": dict(done.answer.headers)}),
            "answer_body": bodies.closed(done.answer.body),
            "leaf_hash": sha256(b"\x00" + entry).digest(),
            "leaf": int(leaf),
        },
    )
    match rows:
        case [(int() as key,)]:
            return key
    raise MessageRefused(fault=Fault.REPLAYED)


def first_of(direction: str, peer: str, message: str) -> int | None:
    """The row of the first time that this message was exchanged."""
    match sql.fetch(_FIRST, [direction, peer, message]):
        case [(int() as key,)]:
            return key
    return None
