"""The law of a look, for many entries: one trace line, a mark for each person, a leaf with a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from yiwang.exchange.batch_looks import close_batch_look, mark_of
from yiwang.exchange.batches.contracts import ManyAnswers, OneByOneOnly, OneOfMany
from yiwang.exchange.batches.providers import ManyProvider
from yiwang.exchange.contracts import Found, LookKind, Purpose
from yiwang.exchange.looking import Look, open_look
from yiwang.exchange.providers import PROVIDERS
from yiwang.platform.command import note
from yiwang.platform.contracts import Actor, Json
from yiwang.trust import api as trust

#: Kind of the leaf that commits to what was given: digest of the answer, and of the marks of those concerned.
GIVEN = "exchange.given"


def open_look_at_many(
    *, actor: Actor, resource: str, fields: Sequence[str], purpose: Purpose, at: datetime
) -> Look:
    """As ``open_look``.

    Raises:
        OneByOneOnly: a citizen, or a grant under which each person consents.
    """
    if actor.kind == "citizen":
        raise OneByOneOnly
    look = open_look(actor=actor, resource=resource, fields=fields, purpose=purpose, at=at, of_many=True)
    if look.grant is not None and look.grant.needs_consent:
        raise OneByOneOnly
    return look


def refuse_look_at_many(
    *, actor: Actor, resource: str, fields: Sequence[str], purpose: Purpose, at: datetime
) -> None:
    """Judge a look that comes later, without using the quota.

    Raises:
        as :func:`open_look_at_many`.
    """
    with transaction.atomic():
        open_look_at_many(actor=actor, resource=resource, fields=fields, purpose=purpose, at=at)
        transaction.set_rollback(True)


def looked_up(look: Look, keys: Sequence[str]) -> list[Found]:
    """What the provider has for keys, in one statement where it can."""
    from_many = PROVIDERS.get(look.resource.kind)
    if isinstance(from_many, ManyProvider):
        return from_many.look_up_many(look.resource, keys=keys, fields=look.fields, rows=look.rows)
    return [
        from_many.look_up(look.resource, key=key, fields=look.fields, rows=look.rows, at=look.at)
        for key in keys
    ]


def close_look_at_many(
    look: Look, found: Sequence[Found], *, asked: int, kind: LookKind, more: bool = False
) -> ManyAnswers:
    """Count against the quota what was asked, write trace, marks and leaves.

    Raises:
        QuotaExhausted: more was asked than is left today; nothing is given.
    """
    answers = tuple(
        OneOfMany(
            values=None if each.values is None else {name: each.values[name] for name in look.fields},
            version=each.version,
        )
        for each in found
    )
    marks = sorted({mark_of(each.subject) for each in found if each.subject})
    size = sum(answer.values is not None for answer in answers)
    trace = close_batch_look(look, size=size, marks=marks, asked=asked, kind=kind)
    content: dict[str, Json] = {
        "trace": trace,
        "asked": asked,
        "given": size,
        "answers_sha256": hashlib.sha256(answers_text(answers)).hexdigest(),
        "concerned_sha256": hashlib.sha256(b"".join(marks)).hexdigest(),
    }
    trust.record(GIVEN, f"trace:{trace}", content, at=look.at)
    note(asked=asked, given=size, answers_sha256=content["answers_sha256"])
    return ManyAnswers(resource=look.resource.code, answers=answers, trace_id=trace, at=look.at, more=more)


def answers_text(answers: Sequence[OneOfMany]) -> bytes:
    """Answers as JSON lines: what a digest is made of, and what a file of answers holds."""
    return b"".join(
        trust.canonical_json(
            {"values": None if one.values is None else dict(one.values), "version": one.version}
        )
        + b"\n"
        for one in answers
    )
