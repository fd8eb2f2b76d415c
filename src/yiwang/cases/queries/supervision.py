"""Cards, notices and ratings as supervision and the organisations concerned see them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from yiwang.cases.contracts.lists import Slice
from yiwang.cases.contracts.views import CardView, NoticeView, RatingView
from yiwang.cases.contracts.words import CardLevel, NoticeState
from yiwang.cases.models import Card, Notice, Rating
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.cards import asked_about, card_view
from yiwang.cases.queries.pages import cut
from yiwang.cases.queries.shapes import notice_view, rating_view
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor


def cards(
    *,
    actor: Actor,
    level: CardLevel | None = None,
    organisation: str = "",
    type_code: str = "",
    noticed: bool | None = None,
    ids: Collection[int] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: str | None = None,
    most: int = 50,
) -> Slice[CardView]:
    """Cards, latest first; ``noticed`` asks for those that the supervision office has asked about, or not."""
    rows = Card.objects.filter(_reach(actor)).select_related("case", "task", "clock")
    if level is not None:
        rows = rows.filter(level=level)
    if organisation:
        rows = rows.filter(organisation=organisation)
    if type_code:
        rows = rows.filter(case__type_code=type_code)
    if noticed is not None:
        rows = rows.filter(asked_about() if noticed else ~asked_about())
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    rows = rows.prefetch_related("case__notices")
    return cut(rows, key="at", descending=True, after=after, most=most, shape=card_view)


def notices(
    *,
    actor: Actor,
    only_open: bool = True,
    state: NoticeState | None = None,
    organisation: str = "",
    after: str | None = None,
    most: int = 50,
) -> Slice[NoticeView]:
    """Notices that the actor's organisation sent or must answer; whoever watches the city sees all."""
    rows = _with_replies(Notice.objects.filter(_reach(actor)))
    if state is not None:
        rows = rows.filter(state=state)
    elif only_open:
        rows = rows.exclude(state=NoticeState.CLOSED)
    if organisation:
        rows = rows.filter(organisation=organisation)
    return cut(rows, key="due_at", descending=False, after=after, most=most, shape=notice_view)


def waiting_notices(*, actor: Actor) -> int:
    """How many notices wait for the actor: answered ones for who closes, open ones for who must answer."""
    if guard().may(actor, "cases.notice.close"):
        return Notice.objects.filter(state=NoticeState.REPLIED).count()
    return Notice.objects.filter(state=NoticeState.OPEN, organisation=actor.organisation).count()


def ratings(
    *, actor: Actor, unanswered: bool = False, after: str | None = None, most: int = 50
) -> Slice[RatingView]:
    """Ratings of handlings, latest first; the bad ones that wait for an answer if asked."""
    rows = Rating.objects.filter(_reach(actor))
    if unanswered:
        rows = rows.filter(level__lte=2, reply="")
    return cut(rows, key="at", descending=True, after=after, most=most, shape=rating_view)


def _with_replies(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    return rows.select_related("case").prefetch_related("replies")


def _reach(actor: Actor) -> Q:
    seen = visible_organisations(actor)
    return Q() if seen is None else Q(organisation__in=seen)
