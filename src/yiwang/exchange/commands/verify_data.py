"""Ask whether claims about an entry are true, without seeing its values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.exchange.contracts import LookKind, Purpose, Verification
from yiwang.exchange.looking import OPERATION, close_look, open_look, refuse_others_data
from yiwang.exchange.providers import PROVIDERS
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json


@command(operation=OPERATION)
def verify_data(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    key: str,
    claims: Mapping[str, Json],
    purpose: Purpose,
    organisation: str | None = None,
) -> Verification:
    """Say yes or no to each claim; needs a grant for the fields claimed and leaves a trace line.

    Raises:
        the same as ``request_data``.
    """
    return verify_within(
        actor=actor,
        at=at,
        resource=resource,
        key=key,
        claims=claims,
        purpose=purpose,
        organisation=organisation,
    )


def verify_within(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    key: str,
    claims: Mapping[str, Json],
    purpose: Purpose,
    organisation: str | None = None,
) -> Verification:
    """The same as a part of another command."""
    look = open_look(
        actor=actor,
        resource=resource,
        fields=tuple(claims),
        purpose=purpose,
        at=at,
        organisation=organisation,
    )
    provider = PROVIDERS.get(look.resource.kind)
    found = provider.verify(look.resource, key=key, claims=claims, rows=look.rows, at=at)
    refuse_others_data(look, found.subject)
    agrees = {name: found.values is not None and found.values[name] is True for name in look.fields}
    exists = found.values is not None
    trace = close_look(look, kind=LookKind.VERIFY, subject=found.subject, size=int(exists))
    return Verification(resource=look.resource.code, found=exists, agrees=agrees, trace_id=trace, at=at)
