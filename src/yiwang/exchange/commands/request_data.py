"""Ask another department's resource for the entry of a key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from yiwang.exchange.contracts import Answer, LookKind, Purpose
from yiwang.exchange.looking import OPERATION, close_look, open_look, refuse_others_data
from yiwang.exchange.providers import PROVIDERS
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def request_data(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    key: str,
    fields: Sequence[str],
    purpose: Purpose,
    organisation: str | None = None,
    valid_on: date | None = None,
) -> Answer:
    """Give the granted fields of an entry, and leave a trace line.

    ``key`` is what the source knows the entry by (identity number, credit code, licence number).
    ``organisation`` names the department for which a machine asks. ``valid_on`` asks what was so on a day, as
    the city knows it now; the trace line says so.

    Raises:
        ResourceNotFound, ResourceNotShared, PurposeRefused, NoGrant, GrantNotInForce, FieldsNotGranted,
        QuotaExhausted: refused, journalled, nothing else left behind.
        OwnDataOnly: a citizen asked for somebody else's data.
    """
    return request_within(
        actor=actor,
        at=at,
        resource=resource,
        key=key,
        fields=fields,
        purpose=purpose,
        organisation=organisation,
        valid_on=valid_on,
    )


def request_within(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    key: str,
    fields: Sequence[str],
    purpose: Purpose,
    organisation: str | None = None,
    valid_on: date | None = None,
) -> Answer:
    """The same as a part of another command, whose transaction then carries the trace line."""
    look = open_look(
        actor=actor, resource=resource, fields=fields, purpose=purpose, at=at, organisation=organisation
    )
    provider = PROVIDERS.get(look.resource.kind)
    found = provider.look_up(
        look.resource, key=key, fields=look.fields, rows=look.rows, at=at, valid_on=valid_on
    )
    refuse_others_data(look, found.subject)
    values = None if found.values is None else {name: found.values[name] for name in look.fields}
    trace = close_look(
        look, kind=LookKind.REQUEST, subject=found.subject, size=0 if values is None else 1, valid_on=valid_on
    )
    return Answer(resource=look.resource.code, values=values, version=found.version, trace_id=trace, at=at)
