"""Whether a reader may look, and how each field is seen. Refusals are journalled."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yiwang.exchange.contracts import Secrecy
from yiwang.platform.command import correlation_id, guard
from yiwang.platform.contracts import Actor, Json, OperationNotAllowed, Scope
from yiwang.platform.journal import write_refused
from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.rules.reading import view_of_list, view_of_public

LIST = "registers.entry.list"
READ = "registers.entry.read"
READ_SENSITIVE = "registers.entry.read_sensitive"


@dataclass(slots=True)
class _Look:
    """A refused look as the journal takes it."""

    operation: str
    actor: Actor
    at: datetime
    subject: str
    correlation: uuid.UUID = field(default_factory=lambda: correlation_id.get() or uuid.uuid4())
    detail: dict[str, Json] = field(default_factory=dict)


def scope_of(definition: RegisterDefinition) -> Scope:
    """The organisations whose officers see the register through its own door."""
    return Scope(organisations=(definition.owner, *definition.sources))


def reaches(actor: Actor, operation: str, definition: RegisterDefinition) -> bool:
    """Whether the actor's right to an operation reaches the register."""
    judge = guard()
    return judge.may(actor, operation) and judge.covers(actor, operation, scope_of(definition))


def list_view(definition: RegisterDefinition, actor: Actor | None, *, at: datetime) -> Mapping[str, Seen]:
    """How a list is seen: by an officer of the owner, or by everybody if the register is open.

    Raises:
        OperationNotAllowed: the register is neither open nor this officer's; journalled.
    """
    if actor is not None and reaches(actor, LIST, definition):
        return view_of_list(definition)
    if definition.open:
        return view_of_public(definition)
    error = OperationNotAllowed(operation=LIST)
    if actor is not None:
        write_refused(_Look(LIST, actor, at, f"register:{definition.code}"), error)
    raise error


def sees_sensitive(actor: Actor, definition: RegisterDefinition) -> bool:
    """Whether an officer who may open entries also sees sensitive fields."""
    return definition.highest_secrecy is not Secrecy.SENSITIVE or reaches(actor, READ_SENSITIVE, definition)
