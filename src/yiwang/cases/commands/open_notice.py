"""Open a supervision notice on any case (督办, E43)."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import GroundsMissing, ThingNotFound
from yiwang.cases.models import Card, Notice
from yiwang.cases.rows.clocks import due_after
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.work import Work
from yiwang.identity.api import organisation as known_organisation
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_CARD = Text("这张红黄牌", "This card")


@command(operation="cases.notice.open")
def open_notice(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    organisation: str,
    body: str,
    working_days: int = 3,
    card_id: int | None = None,
) -> int:
    """Ask an organisation about a case, with a day by which it answers; gives the notice's id.

    Without a card the notice is about the newest one that the organisation got in this case, if any.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    permit(Scope(organisations=(organisation,)), subject=f"case:{live.id}")
    known_organisation(organisation)
    if not body.strip():
        raise GroundsMissing(outcome="notice")
    about = Card.objects.filter(case_id=live.id)
    about = about.filter(pk=card_id) if card_id is not None else about.filter(organisation=organisation)
    card = about.order_by("-at", "-id").first()
    if card_id is not None and card is None:
        raise ThingNotFound(thing=_CARD)
    notice = Notice.objects.create(
        case_id=live.id,
        card=card,
        organisation=organisation,
        opened_by=actor.account_id,
        opened_by_organisation=actor.organisation,
        body=body.strip(),
        opened_at=at,
        due_at=due_after(at, working_days),
    )
    work.hold(live)
    work.log(live, "notice_opened", notice=notice.pk, to=organisation)
    work.tell(facts.NOTICE_OPENED, live, notice=notice.pk, organisation=organisation)
    work.write()
    return notice.pk
