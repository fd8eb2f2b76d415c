"""Look at two entries side by side; say that they are not the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.commands.looked import clear, leave_trace
from yiwang.registers.contracts import EntryNotFound, OpenedEntry, PairDecided, PairState, PairView, Seen
from yiwang.registers.provider import whose
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.duplicates import REVIEW, find_pair, pair_view, visible_fields
from yiwang.registers.queries.versions import find_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A pair with both entries as the officer sees them."""

    pair: PairView
    low: OpenedEntry
    high: OpenedEntry
    view: Mapping[str, Seen]


@command(operation=REVIEW)
def compare_entries(*, actor: Actor, at: datetime, register: str, pair: int) -> Compared:
    """Open both entries of a pair; each look leaves a trace line with the pair as its reason.

    Raises:
        PairNotFound, EntryNotFound: there is no such pair, or one of its entries has ended.
    """
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    row = find_pair(definition, pair)
    view = visible_fields(actor, definition)
    opened: list[OpenedEntry] = []
    for entry in (row.low, row.high):
        found = find_entry(definition, view, entry=entry)
        if found is None:
            raise EntryNotFound(register=register)
        subject = whose(definition, entry)
        leave_trace(
            definition,
            actor,
            subject=subject[1] if subject else "",
            fields=clear(view),
            reason=f"duplicates:{row.pk}",
            at=at,
        )
        opened.append(found)
    return Compared(pair=pair_view(row), low=opened[0], high=opened[1], view=view)


@command(operation=REVIEW)
def dismiss_pair(*, actor: Actor, at: datetime, register: str, pair: int) -> None:
    """They are two; the pair is not asked about again.

    Raises:
        PairDecided: somebody else was first.
    """
    definition = get_register(register)
    permit(Scope(organisations=(definition.owner,)), subject=f"register:{register}")
    row = find_pair(definition, pair, lock=True)
    if row.state != PairState.OPEN:
        raise PairDecided(register=register)
    row.state, row.decided_at, row.decided_by = PairState.DISMISSED, at, actor.account_id
    row.save(update_fields=["state", "decided_at", "decided_by"])
    emit("PairDismissed", f"register:{register}", pair=row.pk)
