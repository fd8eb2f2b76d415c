"""Answer a message from another node, by the same law as a request from within."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import LiteralString

import structlog
from django.db import DatabaseError, IntegrityError, transaction

from yiwang.exchange.commands.request_data import request_within
from yiwang.exchange.commands.verify_data import verify_within
from yiwang.exchange.models import NodeMessage, NodeRefusal
from yiwang.exchange.nodes import bodies
from yiwang.exchange.nodes.commands.log_message import (
    Exchanged,
    came_before,
    first_of,
    message_parts,
)
from yiwang.exchange.nodes.contracts import (
    NODE_PREFIX,
    EvidenceImpossible,
    Fault,
    HttpMessage,
    MessageRefused,
)
from yiwang.exchange.nodes.queries.standing import (
    Standing,
    log_not_writable,
    refuse_without_evidence,
    standing,
)
from yiwang.exchange.nodes.rules.directory import signer_of
from yiwang.exchange.nodes.rules.messages import (
    MOST_BYTES,
    Asked,
    make_answer,
    read_request,
    same_request,
)
from yiwang.exchange.nodes.rules.signatures import signed, verified
from yiwang.exchange.straight import Asker, look_in_act
from yiwang.kernel.errors import YiwangError
from yiwang.platform import sql
from yiwang.platform.command import command, guard, note, permit, write_at_end
from yiwang.platform.contracts import Actor, Scope

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message that was believed, and where this node stands."""

    asked: Asked
    nonce: str
    request: HttpMessage
    found: Standing


OPERATION = "exchange.message.answer"


def machine_of(node: str) -> Actor:
    """Another node as an actor: it has checked the purpose on its side and signed that it holds."""
    return Actor.system(f"{NODE_PREFIX}{node}"[:40])


def answer_message(request: HttpMessage, *, node: str, at: datetime) -> HttpMessage:
    """Give the signed answer, durably logged before it is given.

    A refusal by the exchange's law (no grant, quota used up) is an answer too, signed and logged.

    Raises:
        MessageRefused: not to be believed; logged, nothing else done.
        EvidenceImpossible, NotEnrolled, DirectoryRefused: the exchange has stopped; nothing was done.
    """
    found = standing(node=node, at=at)
    refuse_without_evidence(found, at=at)
    try:
        incoming = _believed(request, found, at)
        machine = machine_of(incoming.asked.node)
        try:
            return _straight(machine, at, incoming) or _answer(actor=machine, at=at, incoming=incoming)
        except (MessageRefused, EvidenceImpossible):
            raise
        except YiwangError as error:
            return _refuse(actor=machine, at=at, incoming=incoming, error=error)
    except MessageRefused as refused:
        _log_refusal(request, refused.fault, at)
        raise
    except DatabaseError as error:
        if isinstance(error, IntegrityError) and came_before(error):
            _log_refusal(request, Fault.REPLAYED, at)
            raise MessageRefused(fault=Fault.REPLAYED) from None
        log.exception("exchange.message_not_logged")
        raise log_not_writable() from None


def _believed(request: HttpMessage, found: Standing, at: datetime) -> Incoming:
    """Whose message it is: signature, certificate, window; then what it says, and for whom."""
    if len(request.body) > MOST_BYTES:
        raise MessageRefused(fault=Fault.TOO_LARGE)
    said = verified(request, lambda keyid: signer_of(found.directory, keyid, at=at).key, at=at)
    peer = signer_of(found.directory, said.keyid, at=at)
    asked = read_request(request)
    if asked.provider != found.identity.node:
        raise MessageRefused(fault=Fault.NOT_FOR_US)
    if asked.node != peer.node or asked.organisation not in peer.members:
        raise MessageRefused(fault=Fault.NOT_A_MEMBER)
    return Incoming(asked=asked, nonce=said.nonce, request=request, found=found)


#: A first message only; nonce and number are asked once more by the log's own constraints.
_NEW: LiteralString = """
NOT EXISTS (SELECT FROM exchange_nodemessage WHERE direction = 'in' AND peer = %(node_peer)s::text
  AND message = %(node_message)s::text AND repeats IS NULL)
"""


def _straight(machine: Actor, at: datetime, incoming: Incoming) -> HttpMessage | None:
    """Answer a look-up in two statements, one for the look and one for the log, in one transaction.

    None leaves nothing behind: :func:`_answer` then says why not, or gives what needs more.
    """
    asked = incoming.asked
    scope = Scope(organisations=(asked.organisation,))
    judge = guard()
    if asked.claims or not (judge.may(machine, OPERATION) and judge.covers(machine, OPERATION, scope)):
        return None
    asker = Asker(
        name=f"{machine.name}/{asked.organisation}",
        actor=machine,
        organisation=asked.organisation,
        condition=_NEW,
        params={"node_peer": asked.node, "node_message": asked.message},
        operation=OPERATION,
        detail={"message": asked.message},
        vouched=True,
    )
    with transaction.atomic(durable=True):
        found = look_in_act(
            asker, at=at, resource=asked.resource, key=asked.key, fields=asked.fields, purpose=asked.purpose
        )
        if found is None:
            transaction.set_rollback(True)
            return None
        body = {"values": json.loads(found.values), "version": found.version, "trace": found.trace_id}
        answer, parts = _made(200, body, incoming, at, None)
        sql.write_parts(parts)
    return answer


@command(operation=OPERATION)
def _answer(*, actor: Actor, at: datetime, incoming: Incoming) -> HttpMessage:
    """Look, sign, log: one transaction with the trace line and the quota."""
    asked = incoming.asked
    permit(Scope(organisations=(asked.organisation,)), subject=f"message:{asked.message}")
    first = first_of("in", asked.node, asked.message)
    if first is not None:
        return _again(NodeMessage.objects.get(pk=first), incoming, at)
    body = _looked(actor, at, asked)
    note(message=asked.message)
    return _given(200, body, incoming, at)


def _looked(actor: Actor, at: datetime, asked: Asked) -> dict[str, object]:
    if asked.claims:
        said = verify_within(
            actor=actor,
            at=at,
            resource=asked.resource,
            key=asked.key,
            claims=json.loads(json.dumps(dict(asked.claims))),
            purpose=asked.purpose,
            organisation=asked.organisation,
        )
        return {"found": said.found, "agrees": dict(said.agrees), "trace": said.trace_id}
    answer = request_within(
        actor=actor,
        at=at,
        resource=asked.resource,
        key=asked.key,
        fields=asked.fields,
        purpose=asked.purpose,
        organisation=asked.organisation,
    )
    values = None if answer.values is None else dict(answer.values)
    return {"values": values, "version": answer.version, "trace": answer.trace_id}


@command(operation=OPERATION)
def _refuse(*, actor: Actor, at: datetime, incoming: Incoming, error: YiwangError) -> HttpMessage:
    """Say no under signature, and log it: the look itself was rolled back."""
    asked = incoming.asked
    permit(Scope(organisations=(asked.organisation,)), subject=f"message:{asked.message}")
    note(message=asked.message, reason=error.code)
    return _given(error.status, {"problem": error.code, "detail": error.sentence.as_dict()}, incoming, at)


def _given(
    status: int, body: Mapping[str, object], incoming: Incoming, at: datetime, *, repeats: int | None = None
) -> HttpMessage:
    """The signed answer, logged with the present act."""
    answer, parts = _made(status, body, incoming, at, repeats)
    write_at_end(parts)
    return answer


def _made(
    status: int, body: Mapping[str, object], incoming: Incoming, at: datetime, repeats: int | None
) -> tuple[HttpMessage, list[sql.Part]]:
    """The signed answer, and what the log writes of it."""
    own, asked = incoming.found.identity, incoming.asked
    plain = make_answer(status, asked.message, body)
    nonce = secrets.token_hex(12)
    answer = signed(plain, own.signer, at=at, nonce=nonce, request=incoming.request)
    done = Exchanged(
        direction="in",
        node=own.node,
        peer=asked.node,
        nonce=incoming.nonce,
        asked=asked,
        request=incoming.request,
        answer=answer,
        repeats=repeats,
    )
    return answer, message_parts(done, at=at)


def _again(first: NodeMessage, incoming: Incoming, at: datetime) -> HttpMessage:
    """The same question under the same number: the answer it got, signed anew; nothing is looked at again."""
    asked = incoming.asked
    if NodeMessage.objects.filter(direction="in", peer=asked.node, nonce=incoming.nonce).exists():
        raise MessageRefused(fault=Fault.REPLAYED)
    if not same_request(incoming.request, first.request["headers"]) or first.answer_body is None:
        raise MessageRefused(fault=Fault.MESSAGE_CHANGED)
    note(message=asked.message, repeats=first.pk)
    body = json.loads(bodies.opened(bytes(first.answer_body)))
    return _given(first.status, body, incoming, at, repeats=first.pk)


def _log_refusal(request: HttpMessage, fault: Fault, at: datetime) -> None:
    claimed = request.headers.get("yiwang-client", "")[:120]
    claimed = claimed if claimed.isascii() and claimed.isprintable() else ""
    digest = sha256(repr(sorted(request.headers.items())).encode() + request.body).hexdigest()
    log.warning("exchange.message_refused", fault=fault.value, claimed=claimed)
    NodeRefusal.objects.create(at=at, fault=fault.value, claimed=claimed, digest=digest)
