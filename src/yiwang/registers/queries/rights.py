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
from yiwang.registers.contracts import ListReach, Seen
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.rules.reading import view_of_entry, view_of_list, view_of_public

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


def owns(actor: Actor, operation: str, definition: RegisterDefinition) -> bool:
    """Whether the actor's right to an operation reaches the owner of the register."""
    judge = guard()
    return judge.may(actor, operation) and judge.covers(
        actor, operation, Scope(organisations=(definition.owner,))
    )


def owns_register(actor: Actor, register: str, operation: str) -> bool:
    """The same for a register by its code."""
    return owns(actor, operation, get_register(register))


def list_reach(actor: Actor | None, register: str) -> ListReach:
    """How much of a register's list a reader sees."""
    return reach_of(get_register(register), actor)


def reach_of(definition: RegisterDefinition, actor: Actor | None) -> ListReach:
    """The same for a definition that is at hand; nothing is journalled."""
    if actor is not None and guard().may(actor, LIST):
        if guard().covers(actor, LIST, Scope(organisations=(definition.owner,))):
            return "all"
        # a source of an open register sees the public part of all, which holds its own entries too
        if not definition.open and actor.organisation in definition.sources:
            own = Scope(organisations=(actor.organisation,))
            return "own" if guard().covers(actor, LIST, own) else "none"
    return "public" if definition.open else "none"


def may_write(actor: Actor, register: str, operation: str) -> bool:
    """Whether an officer writes to a register: the operation, at the owner or a source."""
    definition = get_register(register)
    writes = actor.organisation in (definition.owner, *definition.sources)
    return writes and reaches(actor, operation, definition)


def masked_when_opened(actor: Actor, register: str) -> frozenset[str]:
    """Fields that an officer does not see even in an opened entry."""
    definition = get_register(register)
    view = view_of_entry(definition, sensitive=sees_sensitive(actor, definition))
    return frozenset(name for name, seen in view.items() if seen is not Seen.CLEAR)


@dataclass(frozen=True, slots=True)
class ListRight:
    """How each field is seen, and whose entries: those of one source, or of all when it is empty."""

    view: Mapping[str, Seen]
    only_source: str = ""


def list_right(definition: RegisterDefinition, actor: Actor | None, *, at: datetime) -> ListRight:
    """How a list is seen: by an officer of the owner or of a source, or by everybody if it is open.

    Raises:
        OperationNotAllowed: the register is neither open nor this officer's; journalled.
    """
    reach = reach_of(definition, actor)
    if reach == "all":
        return ListRight(view_of_list(definition))
    if reach == "own" and actor is not None:
        return ListRight(view_of_list(definition), only_source=actor.organisation)
    if reach == "public":
        return ListRight(view_of_public(definition))
    error = OperationNotAllowed(operation=LIST)
    if actor is not None:
        write_refused(_Look(LIST, actor, at, f"register:{definition.code}"), error)
    raise error


def sees_sensitive(actor: Actor, definition: RegisterDefinition) -> bool:
    """Whether an officer who may open entries also sees sensitive fields."""
    return definition.highest_secrecy is not Secrecy.SENSITIVE or reaches(actor, READ_SENSITIVE, definition)
