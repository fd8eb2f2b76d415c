"""Items as officers write them."""

from __future__ import annotations

from django.db.models import QuerySet

from yiwang.cases.api import visible_organisations
from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor
from yiwang.portal.openness.contracts import DraftItem, ItemContent, ItemNotFound
from yiwang.portal.openness.models import Item
from yiwang.portal.openness.operations import WRITE
from yiwang.portal.openness.rules.blocks import from_stored
from yiwang.portal.openness.rules.links import ItemKind


def own_items(*, actor: Actor, operation: str = WRITE) -> QuerySet[Item]:
    """Items within an officer's reach, those written last first."""
    seen = visible_organisations(actor, operation)
    rows = Item.objects.order_by("-written_at", "-id")
    return rows if seen is None else rows.filter(organisation__in=seen)


def item_for_officer(*, actor: Actor, item: int) -> DraftItem:
    """An item within an officer's reach.

    Raises:
        ItemNotFound: there is none, or it is another's: the two look alike.
    """
    row = own_items(actor=actor).filter(pk=item).first()
    if row is None:
        raise ItemNotFound
    return DraftItem(
        id=row.pk,
        index_number=row.index_number,
        organisation=row.organisation,
        content=content_of(row),
        version=row.version,
        written_by=row.written_by,
        is_public=row.published_at is not None,
    )


def content_of(row: Item) -> ItemContent:
    """What a row says."""
    return ItemContent(
        kind=ItemKind(row.kind),
        category=row.category,
        title=text_from(row.title),
        made_on=row.made_on,
        theme=row.theme,
        document_number=row.document_number,
        summary=text_from(row.summary),
        body=from_stored(row.body),
        body_en=from_stored(row.body_en),
        from_day=row.from_day,
        until=row.until,
        not_needed=tuple(row.not_needed),
        page=row.page,
    )
