"""Write a draft that is to be put out for comment, or write it again while it is not."""

from __future__ import annotations

from datetime import date, datetime

from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.talking.contracts import AlreadyPutOut
from yiwang.portal.talking.models import Consultation, Section
from yiwang.portal.talking.queries.consultations import CONSULTATIONS
from yiwang.portal.talking.rules.consulting import MOST_SECTIONS, DraftKind, parts_of
from yiwang.portal.talking.rules.wording import judged_days, judged_text, raise_all, refuse

MOST_TITLE, MOST_SUMMARY, MOST_TEXT, MOST_HEADING = 120, 1000, 60_000, 200
_MANY = Text("最多{most}节，每节标题最多200字", "At most {most} sections, headings of at most 200 characters")


@command(operation="talking.consultation.draft")
def draft_consultation(
    *,
    actor: Actor,
    at: datetime,
    consultation: int | None = None,
    kind: DraftKind,
    title: Text,
    summary: Text,
    text: str,
    opens_on: date,
    closes_on: date,
) -> int:
    """Keep a draft with its sections (lines ``# heading`` begin one); gives its id.

    Raises:
        ConsultationNotFound, AlreadyPutOut: there is none to write again.
        InvalidInput: something is missing or too long, or it ends before it begins.
    """
    row = (
        Consultation(organisation=actor.organisation)
        if consultation is None
        else CONSULTATIONS.locked(consultation)
    )
    permit(Scope(organisations=(row.organisation,)), subject=f"consultation:{consultation or 'new'}")
    if row.put_out_at is not None:
        raise AlreadyPutOut
    parts = parts_of(text)
    faults = [
        *judged_text("title_zh", title.zh, MOST_TITLE),
        *judged_text("title_en", title.en, MOST_TITLE),
        *judged_text("summary_zh", summary.zh, MOST_SUMMARY),
        *judged_text("summary_en", summary.en, MOST_SUMMARY),
        *judged_text("text", text, MOST_TEXT),
        *judged_days(opens_on, closes_on),
    ]
    if len(parts) > MOST_SECTIONS or any(len(part.title) > MOST_HEADING for part in parts):
        faults.append(refuse("text", _MANY.fill(most=MOST_SECTIONS)))
    raise_all(faults)
    row.kind, row.title, row.summary = kind, title.as_dict(), summary.as_dict()
    row.opens_on, row.closes_on, row.made_by, row.made_at = opens_on, closes_on, actor.account_id or 0, at
    row.save()
    row.sections.all().delete()
    Section.objects.bulk_create(
        Section(consultation=row, number=number, title=part.title, text=part.text)
        for number, part in enumerate(parts, start=1)
    )
    return row.pk
