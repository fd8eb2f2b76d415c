"""Make a letter or licence that an act asked for: set, sealed, kept, once."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import ThingNotFound
from yiwang.cases.models import Letter, Licence, LicenceEntry
from yiwang.cases.queries.document_templates import licence_template
from yiwang.cases.queries.letter_content import (
    letter_data,
    licence_data,
    organisation_full_name,
    sealed_reason,
)
from yiwang.cases.queries.types import type_version
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.register_entries import follow, licence_facts
from yiwang.cases.rows.work import Work
from yiwang.kernel.text import Text
from yiwang.platform import files
from yiwang.platform.command import command, emit, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.models import StoredFile
from yiwang.trust.api import LETTER, Template, ensure_seal, issue

_LETTER = Text("这份文书", "This letter")


@command(operation="cases.letter.make")
def make_letter(*, actor: Actor, at: datetime, letter_id: int) -> bool:
    """Make the document; False if it is made already (a job may run twice)."""
    letter = (
        Letter.objects.select_for_update(of=("self",))
        .select_related("case", "licence")
        .filter(pk=letter_id)
        .first()
    )
    if letter is None:
        raise ThingNotFound(thing=_LETTER)
    subject = f"case:{letter.case_id}"
    permit(Scope(organisations=(letter.organisation,)), subject=subject)
    if letter.made_at is not None:
        return False
    name = organisation_full_name(letter.organisation)
    ensure_seal(letter.organisation, name, at=at)
    today = at.astimezone(ZONE).date()
    document = issue(
        _template(letter),
        licence_data(letter.licence) if letter.licence else letter_data(letter, on=today),
        organisation=letter.organisation,
        subject=subject,
        reason=sealed_reason(letter),
        at=at,
    )
    shown = f"{letter.title['zh']}-{letter.case.number}.pdf"
    # What the applicant may fetch by its owner is the applicant's: letters to others lie under another.
    owner = f"letter:{letter.pk}" if letter.addressee else subject
    kept = files.keep(document.content, name=shown, media_type="application/pdf", owner=owner, at=at)
    letter.made_at, letter.file_id = at, kept.pk
    letter.save(update_fields=["made_at", "file_id"])
    work = Work(actor, at)
    if letter.licence is not None:
        _licence_made(work, letter.licence, kept)
    work.log_for(letter.case_id, "letter_made", letter=letter.pk, kind=letter.kind)
    work.write()
    emit(facts.LETTER_MADE, subject, letter=letter.pk, kind=letter.kind, number=letter.case.number)
    return True


def _licence_made(work: Work, licence: Licence, kept: StoredFile) -> None:
    """The licence has its document; entries of registers that name its digest are completed."""
    Licence.objects.filter(pk=licence.pk).update(file_id=kept.pk)
    if LicenceEntry.objects.filter(licence=licence).exists():
        live = lock_case(licence.case_id)
        before = licence_facts(licence, file_digest=None)
        after = licence_facts(licence, file_digest=kept.sha256)
        follow(work, live, licence, before=before, after=after, kind="correction")


def _template(letter: Letter) -> Template:
    if letter.licence is None:
        return LETTER
    return licence_template(type_version(letter.case.type_version_id))
