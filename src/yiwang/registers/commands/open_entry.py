"""Open an entry: its values in clear as far as the officer's right goes, and a trace line of the look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.commands.looked import clear, leave_trace
from yiwang.registers.contracts import AsOf, EntryNotFound, OpenedEntry, VersionLine
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.provider import whose
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.rights import READ, scope_of, sees_sensitive
from yiwang.registers.queries.versions import find_entry, list_versions
from yiwang.registers.rules.reading import view_of_entry


@command(operation=READ)
def open_entry(
    *, actor: Actor, at: datetime, register: str, entry: int, reason: str, as_of: AsOf | None = None
) -> OpenedEntry:
    """Give an entry to an officer of the owner or of its source; the person concerned reads ``reason``.

    Raises:
        EntryNotFound: there is none now, or was none at ``as_of``.
        PurposeRefused: no reason was given, or it holds an identity number.
    """
    definition = get_register(register)
    subject = _permit(definition, entry)
    view = view_of_entry(definition, sensitive=sees_sensitive(actor, definition))
    found = find_entry(definition, view, entry=entry, as_of=as_of)
    if found is None:
        raise EntryNotFound(register=register)
    leave_trace(definition, actor, subject=subject, fields=clear(view), reason=reason, at=at)
    return found


@command(operation=READ)
def open_entry_by_key(*, actor: Actor, at: datetime, register: str, key: str, reason: str) -> OpenedEntry:
    """Give the entry of a key.

    Raises:
        the same as ``open_entry``; that nobody has the key is told to those only who may look.
    """
    definition = get_register(register)
    permit(scope_of(definition), subject=f"register:{register}")
    view = view_of_entry(definition, sensitive=sees_sensitive(actor, definition))
    found = find_entry(definition, view, key=key)
    if found is None:
        raise EntryNotFound(register=register)
    subject = _permit(definition, found.entry)
    leave_trace(definition, actor, subject=subject, fields=clear(view), reason=reason, at=at)
    return found


@command(operation=READ)
def open_history(
    *, actor: Actor, at: datetime, register: str, entry: int, reason: str
) -> Sequence[VersionLine]:
    """Give all versions of an entry, a retired one too.

    Raises:
        the same as ``open_entry``.
    """
    definition = get_register(register)
    subject = _permit(definition, entry)
    view = view_of_entry(definition, sensitive=sees_sensitive(actor, definition))
    lines = list_versions(definition, view, entry)
    note(versions=len(lines))
    leave_trace(definition, actor, subject=subject, fields=clear(view), reason=reason, at=at)
    return lines


def _permit(definition: RegisterDefinition, entry: int) -> str:
    """Ask for the owner or the source of this entry; gives the blind subject."""
    named = f"register:{definition.code}:{entry}"
    found = whose(definition, entry)
    if found is None:
        permit(scope_of(definition), subject=named)
        raise EntryNotFound(register=definition.code)
    source, subject = found
    permit(Scope(organisations=(definition.owner, source)), subject=named)
    return subject
