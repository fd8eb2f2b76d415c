"""Comment on a draft, or on a section of it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import CommentsClosed, ConsultationNotFound, TooManyComments
from yiwang.portal.talking.models import Comment
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.rules.consulting import is_open
from yiwang.portal.talking.rules.wording import judged_text, raise_all

MOST_COMMENT = 2000
#: On one draft by one person; a draft of two hundred sections leaves room for what somebody means.
MOST_COMMENTS = 20


@command(operation="talking.comment.give")
def give_comment(*, actor: Actor, at: datetime, consultation: int, section: int = 0, body: str) -> int:
    """Say something to a section, or to the whole (0); gives its id.

    Raises:
        ConsultationNotFound: it is not out, or has no such section.
        CommentsClosed, TooManyComments, InvalidInput.
    """
    permit(
        Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"consultation:{consultation}"
    )
    row = CONSULTATIONS.locked(consultation)
    if row.put_out_at is None or (section and not row.sections.filter(number=section).exists()):
        raise ConsultationNotFound
    today = timezone.localdate(at)
    if row.reported_at or not is_open(opens_on=row.opens_on, closes_on=row.closes_on, today=today):
        raise CommentsClosed
    raise_all(judged_text("body", body, MOST_COMMENT))
    if row.comments.filter(person_id=actor.person_id).count() >= MOST_COMMENTS:
        raise TooManyComments(most=MOST_COMMENTS)
    made = Comment.objects.create(
        consultation=row,
        section=section,
        person_id=actor.person_id,
        entity_id=actor.for_entity,
        at=at,
        body=body.strip(),
    )
    return made.pk
