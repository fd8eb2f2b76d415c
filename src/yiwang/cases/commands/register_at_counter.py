"""Register an application at the counter, for the person who stands there (E9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.cases.contracts.inputs import Applicant, GivenMaterial
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.contracts.words import Channel
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import opened
from yiwang.cases.rows.application import open_application
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope


@command(operation="cases.case.register")
def register_at_counter(
    *,
    actor: Actor,
    at: datetime,
    type_code: str,
    applicant: Applicant,
    answers: Mapping[str, Json],
    materials: Sequence[GivenMaterial] = (),
    channel: Channel = Channel.COUNTER,
    urgent: bool = False,
) -> OpenedCase:
    """Take an application in; materials seen on paper have no file. By post it comes the same way.

    Raises:
        CaseTypeNotFound, NotOnline, ChannelNotOffered, ApplicantNotOfKind: not for this item.
        OperationNotAllowed: neither the body, nor one of the item's windows, nor the service centre.
        InvalidInput: answers or materials are not whole; every problem is listed.
    """
    kind = case_type(type_code)
    windows = tuple(window.organisation for window in kind.definition.windows)
    permit(
        Scope(organisations=(kind.definition.body, *windows, "service_centre")), subject=f"type:{type_code}"
    )
    work = Work(actor, at)
    live, tracking_code = open_application(
        work,
        kind,
        applicant=applicant,
        answers=answers,
        materials=materials,
        channel=channel,
        urgent=urgent,
    )
    return opened(live, tracking_code)
