"""Ask another node's resource for the entry of a key, or whether claims about it are true."""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import LiteralString

import structlog
from django.db import DatabaseError

from yiwang.exchange.contracts import LookKind, Purpose, PurposeRefused
from yiwang.exchange.lines import line_parts
from yiwang.exchange.looking import OPERATION, line_of
from yiwang.exchange.models import TraceLine
from yiwang.exchange.nodes.commands.log_message import Exchanged, first_of, message_parts
from yiwang.exchange.nodes.contracts import (
    Fault,
    HttpMessage,
    MessageRefused,
    NodeSaidNo,
    Peer,
    RemoteAnswer,
)
from yiwang.exchange.nodes.queries.standing import (
    Standing,
    log_not_writable,
    own_node,
    refuse_without_evidence,
    standing,
)
from yiwang.exchange.nodes.rules.messages import PATH, Asked, make_request, split_address
from yiwang.exchange.nodes.rules.signatures import signed, verified
from yiwang.exchange.nodes.transport import send
from yiwang.exchange.providers import PURPOSE_CHECKS
from yiwang.exchange.queries.clients import bounds_of
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.purposes import is_sound
from yiwang.exchange.subjects import subject_of_number
from yiwang.kernel.text import text_from
from yiwang.platform import sql
from yiwang.platform.command import act_at_once, guard
from yiwang.platform.contracts import Actor, Json, OperationNotAllowed, Scope

log = structlog.get_logger()

#: Sends a signed request to a node and gives what came back.
Sender = Callable[[Peer, HttpMessage], HttpMessage]


def ask_node(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    key: str,
    purpose: Purpose,
    fields: Sequence[str] = (),
    claims: Mapping[str, Json] | None = None,
    organisation: str | None = None,
    message: str | None = None,
    node: str | None = None,
    through: Sender = send,
) -> RemoteAnswer:
    """Ask ``node:code`` for fields, or yes or no to claims; the answer is verified and logged first.

    ``organisation`` is for machines; ``message`` asks again under the number of an earlier try, which the
    other node answers without looking anew.

    Raises:
        OperationNotAllowed, PurposeRefused, EvidenceImpossible, NotEnrolled, NodeUnknown: nothing was sent.
        NodeUnreachable: no answer; asking again under the same number is safe.
        MessageRefused: the answer cannot be believed.
        NodeSaidNo: refused under signature.
    """
    asked_by = asking_organisation(actor, organisation)
    _refuse_early(actor, purpose, asked_by, at)
    found = standing(node=node if node is not None else own_node(), at=at)
    refuse_without_evidence(found, at=at)
    if asked_by not in found.identity.members:
        raise MessageRefused(fault=Fault.NOT_A_MEMBER)
    provider, code = split_address(resource)
    peer = found.directory.peer(provider)
    asked = Asked(
        message=message or str(uuid.uuid4()),
        node=found.identity.node,
        organisation=asked_by,
        provider=provider,
        resource=code,
        purpose=purpose,
        key=key,
        fields=tuple(dict.fromkeys(fields)),
        claims=json.loads(json.dumps(dict(claims or {}))),
    )
    nonce = secrets.token_hex(12)
    plain = make_request(asked, peer.address + PATH)
    request = signed(plain, found.identity.signer, at=at, nonce=nonce)
    answer = through(peer, request)
    _believe(answer, request, peer, found, at)
    # only a number that was given may have been asked before; one of our own making is new
    repeats = first_of("out", provider, message) if message is not None else None
    done = Exchanged(
        direction="out", node=asked.node, peer=provider, nonce=nonce, asked=asked,
        request=request, answer=answer, repeats=repeats,
    )  # fmt: skip
    _keep(done, actor=actor, at=at)
    return _read(answer, asked)


def asking_organisation(actor: Actor, named: str | None) -> str:
    """In whose name is asked: only the city's own machines may name somebody, as with ``request_data``."""
    free = actor.kind == "system" and not actor.organisation
    return named if free and named else actor.organisation


def _refuse_early(actor: Actor, purpose: Purpose, organisation: str, at: datetime) -> None:
    """Right and purpose, before anything is sent: the asker's own node knows the case and vouches for it."""
    scope = Scope(organisations=(organisation,))
    if not (guard().may(actor, OPERATION) and guard().covers(actor, OPERATION, scope)):
        raise OperationNotAllowed(operation=OPERATION)
    if not is_sound(purpose) or purpose.kind in {"own_duty", "own_application"} or actor.kind == "citizen":
        raise PurposeRefused(purpose=purpose.kind[:40])
    bound = bounds_of(actor)
    # A credential that belongs to one grant belongs to one here, not to one of another node.
    if bound is not None and (bound.grant or (bound.purposes and purpose.kind not in bound.purposes)):
        raise PurposeRefused(purpose=purpose.kind[:40])
    if purpose.kind in PURPOSE_CHECKS:
        check = PURPOSE_CHECKS.get(purpose.kind)
        if not check(actor, purpose, organisation=organisation, at=at):
            raise PurposeRefused(purpose=purpose.kind)


def _believe(answer: HttpMessage, request: HttpMessage, peer: Peer, found: Standing, at: datetime) -> None:
    def key_of(keyid: str) -> bytes:
        if keyid != peer.serial or keyid in found.directory.revoked:
            raise MessageRefused(fault=Fault.UNKNOWN_KEY)
        return peer.key

    verified(answer, key_of, at=at, request=request)
    if answer.headers.get("yiwang-message") != request.headers["yiwang-message"]:
        raise MessageRefused(fault=Fault.NOT_FOR_US)


def _keep(done: Exchanged, *, actor: Actor, at: datetime) -> None:
    """Log what was asked and answered before anybody sees it: one statement, durable when it returns."""
    asked = done.asked
    looked = done.repeats is None and done.answer.status == 200
    parts = [
        *(line_parts(_line(actor, done, at=at)) if looked else ()),
        *message_parts(done, at=at),
        sql.Part("journal_detail", _LINE_NUMBER if looked else _NO_LINE, {}),
    ]
    try:
        act_at_once(
            operation=OPERATION, actor=actor, at=at, scope=Scope(organisations=(asked.organisation,)),
            subject=f"message:{asked.message}", parts=parts,
            detail={"message": asked.message, "node": asked.provider, "status": done.answer.status},
        )  # fmt: skip
    except DatabaseError:
        log.exception("exchange.message_not_logged")
        raise log_not_writable() from None


_LINE_NUMBER: LiteralString = "SELECT jsonb_build_object('trace', id) AS detail FROM trace"
_NO_LINE: LiteralString = "SELECT '{}'::jsonb AS detail"


def _line(actor: Actor, done: Exchanged, *, at: datetime) -> TraceLine:
    """The look in this node's own trace too: the person sees it here, and the watch counts it.

    The grant is the other node's. Whose data they are is told from the number that was asked by.
    """
    asked = done.asked
    found = _values(json.loads(done.answer.body), asked)
    return line_of(
        actor=actor,
        organisation=asked.organisation,
        kind=LookKind.VERIFY if asked.claims else LookKind.REQUEST,
        subject=subject_of_number(asked.key, on=civil_day(at)),
        resource=f"{asked.provider}:{asked.resource}",
        fields=tuple(asked.claims) if asked.claims else asked.fields,
        purpose=asked.purpose,
        grant=None,
        size=0 if found is None else 1,
        at=at,
    )


def _values(body: Mapping[str, Json], asked: Asked) -> Mapping[str, object] | None:
    """The fields, or yes or no to each claim; None where there is no entry."""
    values = body.get("agrees") if asked.claims else body.get("values")
    if asked.claims and not body.get("found"):
        return None
    return values if isinstance(values, dict) else None


def _read(answer: HttpMessage, asked: Asked) -> RemoteAnswer:
    body = json.loads(answer.body)
    if answer.status != 200:
        raise NodeSaidNo(
            node=asked.provider, problem=str(body["problem"])[:80], reason=text_from(body["detail"])
        )
    return RemoteAnswer(
        node=asked.provider,
        resource=asked.resource,
        values=_values(body, asked),
        version=int(body.get("version", 0)),
        trace=int(body["trace"]),
        message=asked.message,
    )
