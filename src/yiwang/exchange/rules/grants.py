"""Does a grant cover a look? Pure: the day and the grants are arguments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from yiwang.exchange.contracts import (
    FieldsNotGranted,
    GrantInfo,
    GrantNotInForce,
    NoGrant,
    Purpose,
    ResourceInfo,
    ResourceNotShared,
    Sharing,
)


def is_in_force(grant: GrantInfo, day: date) -> bool:
    """Whether a grant counts on a day; its last day is included."""
    return not grant.is_revoked and grant.valid_from <= day <= grant.valid_until


def refuse_unknown(resource: ResourceInfo, fields: Collection[str], *, claims: bool = False) -> None:
    """Fields that the resource doesn't have are no fields that could be granted.

    ``claims`` lets questions through as well: in grants and in verifications, where no value is given.
    """
    unknown = sorted(set(fields) - (resource.claim_names if claims else resource.field_names))
    if unknown or not fields:
        raise FieldsNotGranted(fields=", ".join(name[:40] for name in unknown) or "-")


def covering_grant(
    resource: ResourceInfo,
    grants: Sequence[GrantInfo],
    *,
    organisation: str,
    fields: Collection[str],
    purpose: Purpose,
    day: date,
) -> GrantInfo | None:
    """Give the grant under which an organisation may look; None when the resource needs none.

    Of several that cover all fields the one without row filter and then the later one counts.

    Raises:
        ResourceNotShared: nobody but the owner sees it.
        NoGrant: there is none for this organisation and purpose.
        GrantNotInForce: there is one, but not today.
        FieldsNotGranted: those in force leave some of the fields out.
    """
    if resource.sharing is Sharing.UNCONDITIONAL:
        return None
    in_force = _in_force(resource, grants, organisation=organisation, purpose=purpose.kind, day=day)
    covering = [grant for grant in in_force if set(fields) <= set(grant.fields)]
    if not covering:
        widest = _widest(in_force, fields)
        raise FieldsNotGranted(fields=", ".join(sorted(set(fields) - set(widest.fields))))
    return max(covering, key=lambda grant: (not grant.row_filter, grant.valid_until, grant.id))


def fields_in_reach(
    resource: ResourceInfo,
    grants: Sequence[GrantInfo],
    *,
    organisation: str,
    fields: Sequence[str],
    purpose: str,
    day: date,
) -> tuple[str, ...]:
    """Those of the fields that one look of an organisation may have: the grant that covers most of them.

    Raises:
        ResourceNotShared, NoGrant, GrantNotInForce: as :func:`covering_grant`.
        FieldsNotGranted: none of them is granted.
    """
    known = [name for name in dict.fromkeys(fields) if name in resource.field_names]
    if organisation == resource.owner or resource.sharing is Sharing.UNCONDITIONAL:
        return tuple(known)
    in_force = _in_force(resource, grants, organisation=organisation, purpose=purpose, day=day)
    granted = _widest(in_force, fields).fields
    if not set(known) & set(granted):
        raise FieldsNotGranted(fields=", ".join(fields))
    return tuple(name for name in known if name in granted)


def _in_force(
    resource: ResourceInfo, grants: Sequence[GrantInfo], *, organisation: str, purpose: str, day: date
) -> list[GrantInfo]:
    if resource.sharing is Sharing.NOT_SHARED:
        raise ResourceNotShared(resource=resource.code)
    asked = [g for g in grants if g.grantee == organisation and g.purpose == purpose]
    if not asked:
        raise NoGrant(resource=resource.code, organisation=organisation, purpose=purpose)
    in_force = [grant for grant in asked if is_in_force(grant, day)]
    if not in_force:
        raise GrantNotInForce(resource=resource.code, organisation=organisation)
    return in_force


def _widest(grants: Sequence[GrantInfo], fields: Collection[str]) -> GrantInfo:
    return max(grants, key=lambda grant: len(set(fields) & set(grant.fields)))
