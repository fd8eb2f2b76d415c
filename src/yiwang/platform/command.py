"""``@command``: the one place that opens the transaction, asks, journals, and tells.

A command is a keyword-only function with a mandatory ``actor`` and ``at`` (aware instant). Its body
calls :func:`permit` once the scope is known; a command that forgets is undone. Facts handed to
:func:`emit` go into the outbox and the journal row is written in the same transaction. A refusal is
journalled after the roll-back, so it survives it.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import ParamSpec, TypeVar

import structlog
from django.db import transaction

from yiwang.kernel.errors import YiwangError
from yiwang.platform import journal, outbox
from yiwang.platform.contracts import Actor, Fact, Guard, Json, OperationNotAllowed, PermissionNotAsked, Scope
from yiwang.platform.operations import OPERATIONS
from yiwang.platform.sql import Part, write_parts

P = ParamSpec("P")
R = TypeVar("R")
log = structlog.get_logger()


@dataclass(slots=True)
class _Act:
    operation: str
    actor: Actor
    at: datetime
    correlation: uuid.UUID
    permitted: bool = False
    subject: str = ""
    detail: dict[str, Json] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


_current: ContextVar[_Act | None] = ContextVar("yiwang_act", default=None)
correlation_id: ContextVar[uuid.UUID | None] = ContextVar("yiwang_correlation", default=None)
_guards: list[Guard] = []


def install_guard(guard: Guard) -> None:
    """Plug in the guard at start; the last one counts."""
    _guards[:] = [guard]


def guard() -> Guard:
    """The installed guard; without one nothing may run."""
    if not _guards:
        raise PermissionNotAsked(operation="no guard installed")
    return _guards[0]


def _correlation() -> uuid.UUID:
    return correlation_id.get() or uuid.uuid4()


def _act() -> _Act:
    act = _current.get()
    if act is None:
        raise PermissionNotAsked(operation="outside a command")
    return act


def permit(scope: Scope, *, subject: str, operation: str | None = None) -> None:
    """Ask whether the current act reaches ``scope``; ``subject`` (``case:12``) names it in the journal."""
    act = _act()
    act.subject = subject
    asked = operation or act.operation
    if not guard().covers(act.actor, asked, scope):
        raise OperationNotAllowed(operation=asked)
    act.permitted = True


def emit(name: str, subject: str, **payload: Json) -> None:
    """Tell a fact; it leaves with the transaction or not at all."""
    _act().facts.append(Fact(name=name, subject=subject, payload=payload))


def write_at_end(parts: Iterable[Part]) -> None:
    """Have writes of the current act done in one statement with its journal row, when its body has ended."""
    _act().parts.extend(parts)


def note(**detail: Json) -> None:
    """Add to the journal row of the current act; identifiers and codes only, no personal data."""
    _act().detail.update(detail)


def act_at_once(
    *,
    operation: str,
    actor: Actor,
    at: datetime,
    scope: Scope,
    subject: str,
    detail: Mapping[str, Json],
    parts: Sequence[Part],
) -> None:
    """Do an act that is one statement, its journal row included: it needs no transaction opened for it.

    One of the parts is ``journal_detail (detail jsonb)``: what only the statement knows.

    Raises:
        OperationNotAllowed: journalled; nothing else was written.
    """
    act = _Act(operation, actor, at, _correlation(), subject=subject, detail=dict(detail))
    judge = guard()
    known = operation in OPERATIONS
    if not (known and judge.may(actor, operation) and judge.covers(actor, operation, scope)):
        error = OperationNotAllowed(operation=operation)
        _refused(act, error)
        raise error
    write_parts([*parts, Part("journal", journal.DONE_FROM, journal.done_params(act))])


def _refused(act: _Act, error: YiwangError) -> None:
    journal.write_refused(act, error)
    log.info("platform.command_refused", operation=act.operation, reason=error.code)


def command(*, operation: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function a command under a declared operation."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor, at = kwargs.get("actor"), kwargs.get("at")
            if args or not isinstance(actor, Actor) or not isinstance(at, datetime) or at.tzinfo is None:
                raise TypeError(f"{operation}: actor= and an aware at= are mandatory, all by keyword")
            act = _Act(operation, actor, at, _correlation())
            token = _current.set(act)
            try:
                with transaction.atomic(durable=True):
                    if operation not in OPERATIONS or not guard().may(actor, operation):
                        raise OperationNotAllowed(operation=operation)
                    result = function(*args, **kwargs)
                    if not act.permitted:
                        raise PermissionNotAsked(operation=operation)
                    write_parts([*act.parts, journal.done_part(act), *outbox.parts(act.facts, at=at)])
            except YiwangError as error:
                _refused(act, error)
                raise
            finally:
                _current.reset(token)
            return result

        return run

    return decorate
