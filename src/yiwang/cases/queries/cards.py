"""Cards as they are shown, and whether the supervision office has asked about them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from yiwang.cases.contracts.views import CardView
from yiwang.cases.contracts.words import CLOCK_KIND_TEXTS, CardLevel, ClockKind
from yiwang.cases.models import Card, Case, Notice
from yiwang.cases.queries.types import type_version


def asked_about() -> Exists:
    """Whether a card was asked about: by its own notice, or by a later one to the same office in its case."""
    later = Q(organisation=OuterRef("organisation"), opened_at__gte=OuterRef("at"))
    return Exists(Notice.objects.filter(Q(card=OuterRef("pk")) | later, case=OuterRef("case")))


def cards_of(row: Case) -> list[CardView]:
    """The cards of a case, oldest first."""
    rows = Card.objects.filter(case=row).select_related("case", "task", "clock").order_by("id")
    return [card_view(card) for card in rows.prefetch_related("case__notices")]


def card_view(card: Card) -> CardView:
    """A card; ``card`` comes with its clock, its case, the notices of that, and its task."""
    kind = type_version(card.case.type_version_id)
    return CardView(
        id=card.pk,
        level=CardLevel(card.level),
        case_id=card.case_id,
        number=card.case.number,
        type_title=kind.title,
        organisation=card.organisation,
        officer_id=card.officer_id,
        step=kind.step(card.task.node)
        if card.task is not None
        else CLOCK_KIND_TEXTS[ClockKind(card.clock.kind)],
        at=card.at,
        noticed=any(_asks(notice, card) for notice in card.case.notices.all()),
    )


def _asks(notice: Notice, card: Card) -> bool:
    return notice.card_id == card.pk or (
        notice.organisation == card.organisation and notice.opened_at >= card.at
    )
