"""Register an application at the counter, for the person who stands there (E9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from yiwang.cases.contracts.inputs import Applicant, GivenMaterial
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.contracts.words import Channel
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import opened
from yiwang.cases.rows.application import open_application
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.rows.work import Work
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope

_NOT_SIGNED = Text(
    "签收日期只用于邮寄件，且不能晚于今天", "Only post is signed for, and not on a day that is still to come"
)


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
    signed_on: date | None = None,
    addresses: Mapping[str, Json] | None = None,
) -> OpenedCase:
    """Take an application in; materials seen on paper have no file. By post it comes the same way.

    ``signed_on`` is the day on which the office signed for a registered letter; ``addresses`` are the
    standard addresses that were confirmed, as ``settle_addresses`` notes them.

    Raises:
        CaseTypeNotFound, NotOnline, ChannelNotOffered, ApplicantNotOfKind: not for this item.
        OperationNotAllowed: neither the body, nor one of the item's windows, nor the service centre.
        InvalidInput: answers or materials are not whole; every problem is listed. Or nobody can have signed
            on that day.
    """
    kind = case_type(type_code)
    windows = tuple(window.organisation for window in kind.definition.windows)
    permit(
        Scope(organisations=(kind.definition.body, *windows, "service_centre")), subject=f"type:{type_code}"
    )
    if signed_on is not None and (channel != Channel.POST or signed_on > at.astimezone(ZONE).date()):
        raise InvalidInput(problems=(FieldProblem("signed_on", _NOT_SIGNED),))
    work = Work(actor, at)
    live, tracking_code = open_application(
        work,
        kind,
        applicant=applicant,
        answers=answers,
        materials=materials,
        channel=channel,
        urgent=urgent,
        data={"receipt": {"signed_on": signed_on.isoformat()}} if signed_on is not None else None,
        addresses=dict(addresses or {}),
    )
    return opened(live, tracking_code)
