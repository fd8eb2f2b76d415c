"""Drafts put out for comment, as people and as officers see them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor
from yiwang.portal.talking.contracts import CommentView, ConsultationNotFound, ConsultationView, SectionView
from yiwang.portal.talking.models import Comment, Consultation
from yiwang.portal.talking.queries.drafts import Drafts
from yiwang.portal.talking.rules.consulting import DraftKind, Outcome, balance_of, is_open

CONSULTATIONS = Drafts(Consultation.objects.all, ConsultationNotFound, "talking.consultation.draft")


def public_consultation(consultation: int, *, at: datetime) -> ConsultationView:
    """Give a draft that is or was out.

    Raises:
        ConsultationNotFound.
    """
    return consultation_view(CONSULTATIONS.public_one(consultation), at=at)


def consultation_for_officer(*, actor: Actor, consultation: int, at: datetime) -> ConsultationView:
    """Give a draft to an officer within whose reach it is.

    Raises:
        ConsultationNotFound: there is none, or it is another's: the two look alike.
    """
    return consultation_view(CONSULTATIONS.own_one(actor, consultation), at=at)


def consultation_view(row: Consultation, *, at: datetime) -> ConsultationView:
    """A draft with its sections and the counts of its comments."""
    today = timezone.localdate(at)
    is_out = row.put_out_at is not None
    return ConsultationView(
        id=row.pk,
        kind=DraftKind(row.kind),
        title=text_from(row.title),
        summary=text_from(row.summary),
        organisation=row.organisation,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        is_out=is_out,
        is_open=is_out and is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=today),
        reported_at=row.reported_at,
        conclusion=row.conclusion,
        sections=tuple(
            SectionView(number=part.number, title=part.title, text=part.text)
            for part in row.sections.order_by("number")
        ),
        balance=balance_of(row.comments.values_list("outcome", flat=True)),
    )


def comments_of(consultation: int) -> QuerySet[Comment]:
    """The comments on a draft, by section and in the order in which they came."""
    return Comment.objects.filter(consultation_id=consultation).order_by("section", "id")


def comment_view(row: Comment) -> CommentView:
    """One comment."""
    return CommentView(
        id=row.pk,
        section=row.section,
        at=row.at,
        body=row.body,
        shown=row.shown,
        outcome=Outcome(row.outcome) if row.outcome else None,
        reason=row.reason,
    )


def comment_for_officer(*, actor: Actor, comment: int, at: datetime) -> tuple[ConsultationView, CommentView]:
    """Give a comment with its draft to an officer within whose reach it is.

    Raises:
        ConsultationNotFound.
    """
    row = Comment.objects.filter(pk=comment).first()
    if row is None:
        raise ConsultationNotFound
    found = consultation_for_officer(actor=actor, consultation=row.consultation_id, at=at)
    return found, comment_view(row)
