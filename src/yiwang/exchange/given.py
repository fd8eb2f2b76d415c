"""What was given under a grant and still lies here as a file: it goes out only while the grant counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from yiwang.exchange.contracts import GrantNotInForce, Purpose
from yiwang.exchange.looking import rule
from yiwang.exchange.models import TraceLine
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.grants import get_grant, grant_counts
from yiwang.platform.contracts import Actor


def refuse_ended(
    *,
    actor: Actor,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    traces: Collection[int],
    at: datetime,
) -> None:
    """Judge anew a file that was made before, by the grants that its trace lines name.

    Another grant that covers the same fields does not stand in: it may have other rows.

    Raises:
        GrantNotInForce: one of the grants has ended or was revoked.
        ResourceNotShared, NoGrant, PurposeRefused and others of a look: the law has changed since.
    """
    info = get_resource(resource)
    rule(info, actor=actor, organisation=actor.organisation, fields=fields, purpose=purpose, at=at)
    under = set(TraceLine.objects.filter(pk__in=traces).values_list("grant_id", flat=True))
    for grant in under:
        if grant is not None and not grant_counts(get_grant(grant), at=at):
            raise GrantNotInForce(resource=info.code, organisation=actor.organisation)
