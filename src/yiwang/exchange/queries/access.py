"""Requests for access, with how each stands."""

from __future__ import annotations

from yiwang.exchange.access import ACCESS_DESKS, DESK, RequestInfo
from yiwang.exchange.models import AccessRequest, Grant
from yiwang.exchange.queries.grants import info_of
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor

MOST = 100
ASK = "exchange.access.ask"


def may_ask(actor: Actor) -> bool:
    """Whether an officer asks for access in the name of the own organisation."""
    return guard().may(actor, ASK)


def may_issue_clients(actor: Actor) -> bool:
    """Whether an officer gives credentials to the own organisation's systems."""
    return guard().may(actor, "exchange.client.issue")


def list_requests(*, organisation: str, resource: str = "") -> list[RequestInfo]:
    """Give what an organisation asked for, the latest first, at most a hundred."""
    found = AccessRequest.objects.filter(organisation=organisation)
    if resource:
        found = found.filter(resource=resource)
    rows = list(found.order_by("-id")[:MOST])
    numbers = [row.case_number for row in rows]
    states = ACCESS_DESKS.get(DESK).states(numbers) if numbers and DESK in ACCESS_DESKS else {}
    grants = {grant.case_number: info_of(grant) for grant in Grant.objects.filter(case_number__in=numbers)}
    return [
        RequestInfo(
            id=row.pk,
            resource=row.resource,
            organisation=row.organisation,
            asked_at=row.asked_at,
            case_number=row.case_number,
            state=states.get(row.case_number),
            grant=grants.get(row.case_number),
        )
        for row in rows
    ]
