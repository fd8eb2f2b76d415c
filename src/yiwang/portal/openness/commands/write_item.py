"""Enter an item into the catalogue of one's own agency, or write it again while it is not public."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import ItemContent, ItemIsPublic, WrittenMeanwhile
from yiwang.portal.openness.models import Item
from yiwang.portal.openness.operations import WRITE
from yiwang.portal.openness.writing import check, locked_item, number_for, put


@command(operation=WRITE)
def write_item(
    *, actor: Actor, at: datetime, content: ItemContent, item: int | None = None, version: int = 0
) -> int:
    """Give the id of the item; a new one gets its index number here, of the year in which it was made.

    Raises:
        ItemNotFound, ItemIsPublic, WrittenMeanwhile: there is none to write again.
        InvalidInput: every problem is listed.
    """
    row = Item(organisation=actor.organisation) if item is None else locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{item or 'new'}")
    if row.published_at is not None:
        raise ItemIsPublic
    if item is not None and row.version != version:
        raise WrittenMeanwhile
    tidy = check(content)
    put(row, tidy)
    if item is None:
        row.index_number = number_for(row.organisation, tidy.made_on.year)
    else:
        row.version += 1
    row.written_by, row.written_at = actor.account_id or 0, at
    row.save()
    note(index_number=row.index_number)
    return row.pk
