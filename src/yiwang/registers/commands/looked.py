"""The trace line of a look at an entry through the register's own doors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from yiwang.exchange.api import write_trace
from yiwang.exchange.contracts import LookKind, Purpose, Secrecy
from yiwang.platform.contracts import Actor
from yiwang.registers.contracts import Seen
from yiwang.registers.definitions import RegisterDefinition


def clear(view: Mapping[str, Seen]) -> frozenset[str]:
    """The fields that a reader sees whole."""
    return frozenset(name for name, seen in view.items() if seen is Seen.CLEAR)


def leave_trace(
    definition: RegisterDefinition,
    actor: Actor,
    *,
    subject: str,
    fields: Collection[str],
    reason: str,
    at: datetime,
) -> None:
    """Personal data that were seen leave a line; a look at nothing personal is no look at a person.

    Raises:
        PurposeRefused: no reason was given, or it holds an identity number.
    """
    personal = [
        field.name
        for field in definition.fields
        if field.name in fields and field.secrecy.level >= Secrecy.PERSONAL.level
    ]
    if definition.subject is None or not personal:
        return
    write_trace(
        actor=actor,
        organisation=actor.organisation,
        kind=LookKind.OWN_DUTY,
        subject=subject,
        resource=f"register:{definition.code}",
        fields=personal,
        purpose=Purpose(kind="own_duty", reference=reason.strip()),
        grant=None,
        size=1,
        at=at,
    )
