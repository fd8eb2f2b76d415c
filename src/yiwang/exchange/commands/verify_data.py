"""Ask whether claims about an entry are true, without seeing its values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from yiwang.exchange.contracts import LookKind, Purpose, TooManyGuesses, Verification
from yiwang.exchange.looking import OPERATION, Look, close_look, open_look, refuse_others_data
from yiwang.exchange.models import TraceLine
from yiwang.exchange.providers import PROVIDERS
from yiwang.exchange.rules.days import BEIJING, civil_day
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json

#: Of one person or firm, by one organisation, of one resource, in a day: enough for slips of the pen, too few
#: to find a value by trying.
MOST_OF_ONE = 20


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

    A claim is a value of a field, or true or false to a question that the resource declares.

    Raises:
        the same as ``request_data``, and TooManyGuesses.
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
        of_claims=True,
    )
    provider = PROVIDERS.get(look.resource.kind)
    found = provider.verify(look.resource, key=key, claims=claims, rows=look.rows, at=at)
    refuse_others_data(look, found.subject)
    _refuse_guessing(look, found.subject)
    agrees = {name: found.values is not None and found.values[name] is True for name in look.fields}
    exists = found.values is not None
    trace = close_look(look, kind=LookKind.VERIFY, subject=found.subject, size=int(exists))
    return Verification(resource=look.resource.code, found=exists, agrees=agrees, trace_id=trace, at=at)


def _refuse_guessing(look: Look, subject: str) -> None:
    if not subject or look.actor.kind == "citizen":
        return
    today = datetime.combine(civil_day(look.at), time.min, tzinfo=BEIJING)
    made = TraceLine.objects.filter(
        subject=subject,
        organisation=look.organisation,
        resource=look.resource.code,
        kind=LookKind.VERIFY,
        at__gte=today,
    )
    if made.count() >= MOST_OF_ONE:
        raise TooManyGuesses(most=MOST_OF_ONE)
