"""Submit a draft: it becomes a case and is gone."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import ApplicantNotOfKind, ThingNotFound
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.contracts.words import Channel
from yiwang.cases.models import Draft
from yiwang.cases.queries.personal import DRAFT
from yiwang.cases.queries.standard_addresses import NOTES
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import opened
from yiwang.cases.rows.application import applicant_of, open_application
from yiwang.cases.rows.work import Work
from yiwang.identity.api import mandate_includes
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="cases.case.open")
def submit_draft(*, actor: Actor, at: datetime, draft_id: int) -> OpenedCase:
    """Apply with what was saved, under the version of the item in force now; twice is not possible.

    Raises:
        ThingNotFound: no such draft, or it was submitted already.
        InvalidInput: answers or materials are not whole; every problem is listed.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"draft:{draft_id}")
    row = Draft.objects.select_for_update().filter(pk=draft_id, account_id=actor.account_id or 0).first()
    if row is None or row.entity_id != actor.for_entity:
        raise ThingNotFound(thing=DRAFT)
    if actor.for_entity is not None and not mandate_includes(
        actor.person_id or 0, actor.for_entity, row.type_code, at=at
    ):
        raise ApplicantNotOfKind(kind="legal_entity")
    work = Work(actor, at)
    live, tracking_code = open_application(
        work,
        case_type(row.type_code),
        applicant=applicant_of(actor),
        answers=row.answers,
        materials=[
            # Several files of one material are kept as ``key``, ``key.2``, ``key.3``.
            GivenMaterial(key=key.partition(".")[0], file_id=file_id)
            for key, file_id in row.files.items()
        ],
        channel=Channel.ONLINE,
        addresses=row.answers.get(NOTES),
    )
    row.delete()
    return opened(live, tracking_code)
