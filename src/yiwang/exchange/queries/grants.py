"""Grants as given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.contracts import GrantInfo, GrantNotFound
from yiwang.exchange.models import Grant
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.grants import fields_in_reach, is_in_force
from yiwang.kernel.text import text_from
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

ISSUE = "exchange.grant.issue"


def info_of(row: Grant) -> GrantInfo:
    """A grant's row as others see it."""
    return GrantInfo(
        id=row.pk,
        resource=row.resource,
        grantee=row.grantee,
        fields=tuple(row.fields),
        purpose=row.purpose,
        legal_basis=text_from(row.legal_basis),
        row_filter={name: tuple(values) for name, values in row.row_filter.items()},
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        quota_per_day=row.quota_per_day,
        is_revoked=row.revoked_at is not None,
        needs_consent=row.needs_consent,
        case_number=row.case_number,
    )


def get_grant(grant: int) -> GrantInfo:
    """Give a grant.

    Raises:
        GrantNotFound: there is none.
    """
    row = Grant.objects.filter(pk=grant).first()
    if row is None:
        raise GrantNotFound(grant=grant)
    return info_of(row)


def grant_counts(grant: GrantInfo, *, at: datetime) -> bool:
    """Whether a grant covers looks at an instant."""
    return is_in_force(grant, civil_day(at))


def may_issue(actor: Actor, resource: str) -> bool:
    """Whether an officer gives grants for a resource."""
    owner = Scope(organisations=(get_resource(resource).owner,))
    return guard().may(actor, ISSUE) and guard().covers(actor, ISSUE, owner)


def list_grants(*, resource: str = "", grantee: str = "") -> list[GrantInfo]:
    """Give grants, the newest first, of a resource or to an organisation."""
    found = Grant.objects.order_by("-id")
    if resource:
        found = found.filter(resource=resource)
    if grantee:
        found = found.filter(grantee=grantee)
    return [info_of(row) for row in found]


def fields_open_to(
    organisation: str, *, resource: str, fields: Sequence[str], purpose: str, at: datetime
) -> tuple[str, ...]:
    """Those of the fields that one look of an organisation for a kind of purpose may have now.

    Raises:
        ResourceNotFound, ResourceNotShared, NoGrant, GrantNotInForce: no look may be had.
        FieldsNotGranted: none of the fields is granted.
    """
    return fields_in_reach(
        get_resource(resource),
        list_grants(resource=resource, grantee=organisation),
        organisation=organisation,
        fields=fields,
        purpose=purpose,
        day=civil_day(at),
    )
