"""Open a case by an application online."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.cases.contracts.errors import ApplicantNotOfKind
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.contracts.words import Channel
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import opened
from yiwang.cases.rows.application import applicant_of, open_application
from yiwang.cases.rows.work import Work
from yiwang.identity.api import mandate_includes
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope


@command(operation="cases.case.open")
def open_case(
    *,
    actor: Actor,
    at: datetime,
    type_code: str,
    answers: Mapping[str, Json],
    materials: Sequence[GivenMaterial] = (),
    channel: Channel = Channel.ONLINE,
) -> OpenedCase:
    """Apply for oneself or for the entity that one acts for.

    Raises:
        CaseTypeNotFound, NotOnline, ChannelNotOffered, ApplicantNotOfKind: not for this item.
        InvalidInput: answers or materials are not whole; every problem is listed.
    """
    permit(Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"type:{type_code}")
    work = Work(actor, at)
    kind = case_type(type_code)
    if actor.for_entity is not None and not mandate_includes(
        actor.person_id or 0, actor.for_entity, type_code, at=at
    ):
        raise ApplicantNotOfKind(kind="legal_entity")
    live, tracking_code = open_application(
        work, kind, applicant=applicant_of(actor), answers=answers, materials=materials, channel=channel
    )
    return opened(live, tracking_code)
