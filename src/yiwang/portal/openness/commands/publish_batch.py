"""Publish what was taken over in a package, some at a time; whoever sent it does not."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.commands.publish_item import SEARCHED_AS
from yiwang.portal.openness.commands.take_batch import refuse_own
from yiwang.portal.openness.contracts import BatchNotFound, Outcome
from yiwang.portal.openness.gate import blocking
from yiwang.portal.openness.models import Batch, Item
from yiwang.portal.openness.operations import PUBLISH
from yiwang.portal.openness.queries.drafts import content_of
from yiwang.portal.search.api import ask_again

#: Items of one press of the button.
MOST_AT_ONCE = 100


@command(operation=PUBLISH)
def publish_batch(*, actor: Actor, at: datetime, batch: int, after: int = 0) -> tuple[int, int, int | None]:
    """Give how many went out, how many the gate kept in, and the last item looked at, None at the end.

    Raises:
        BatchNotFound: there is none that is read to its end.
        FourEyes: the actor sent it.
    """
    row = Batch.objects.select_for_update().filter(pk=batch, state="done").first()
    if row is None:
        raise BatchNotFound
    permit(Scope(organisations=(row.organisation,)), subject=f"openness_batch:{batch}")
    refuse_own(row, actor)
    imported = row.lines.filter(outcome=Outcome.IMPORTED, item__gt=after).values("item")
    waiting = Item.objects.select_for_update(of=("self",)).filter(
        pk__in=imported, published_at__isnull=True, version=1
    )
    looked_at = list(waiting.order_by("pk")[:MOST_AT_ONCE])
    out = [item for item in looked_at if not any(blocking(content_of(item), on=localdate(at)))]
    for item in out:
        item.published_by, item.published_at = actor.account_id, at
        item.save(update_fields=["published_by", "published_at"])
        ask_again(kind=SEARCHED_AS, key=str(item.pk), at=at)
    note(batch=batch, published=len(out), kept_in=len(looked_at) - len(out))
    last = looked_at[-1].pk if len(looked_at) == MOST_AT_ONCE else None
    return len(out), len(looked_at) - len(out), last
