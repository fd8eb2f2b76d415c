"""Say what belongs to a policy file, or that it does not."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import ItemNotFound, LinkRefused
from yiwang.portal.openness.models import Item, Link
from yiwang.portal.openness.operations import WRITE
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.openness.writing import locked_item
from yiwang.portal.queries.catalogue import offered

_NEEDS = {ItemKind.EXPLANATION: Need.EXPLANATION, ItemKind.QUESTIONS: Need.QUESTIONS}


@command(operation=WRITE)
def link_policy(*, actor: Actor, at: datetime, item: int, to: str) -> None:
    """Link a policy file of one's own agency; ``to`` is an index number, or the code of a service item.

    What is linked already stays linked once.

    Raises:
        ItemNotFound: no such policy file.
        LinkRefused: ``to`` names nothing that belongs to one.
    """
    row = locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{row.pk}")
    if row.kind != ItemKind.POLICY:
        raise ItemNotFound
    said = to.strip()
    other = Item.objects.filter(index_number=said).first()
    need = _NEEDS.get(ItemKind(other.kind)) if other is not None else None
    if need is None and any(service.code == said for service in offered()):
        need, other = Need.SERVICE, None
    if need is None:
        raise LinkRefused
    Link.objects.get_or_create(
        policy=row,
        item=other,
        service="" if other else said,
        defaults={"need": need, "made_by": actor.account_id or 0, "made_at": at},
    )
    note(index_number=row.index_number, to=said)


@command(operation=WRITE)
def unlink_policy(*, actor: Actor, at: datetime, item: int, link: int) -> None:
    """Take a link away; raises ItemNotFound."""
    row = locked_item(item)
    permit(Scope(organisations=(row.organisation,)), subject=f"openness:{row.pk}")
    gone, _ = Link.objects.filter(policy=row, pk=link).delete()
    if not gone:
        raise ItemNotFound
    note(index_number=row.index_number, link=link)
