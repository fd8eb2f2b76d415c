"""An officer who will be away hands roles of a post to another for a dated while."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yiwang.identity.contracts import DelegationToSelf, PeriodReversed, PostingUnknown, RolesNotHeld
from yiwang.identity.models import Delegation, Posting
from yiwang.identity.queries.actors import current
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope

_OPERATION = "identity.duty.delegate"


@command(operation="identity.duty.delegate")
def delegate(
    *,
    actor: Actor,
    at: datetime,
    posting_id: int,
    to_account_id: int,
    roles: Iterable[str],
    starts_at: datetime,
    ends_at: datetime,
) -> int:
    """Write the delegation; gives its id.

    Only the holder of the post (or the city's administrator) delegates; the stand-in must hold a post in
    the same organisation, above it or below it, and never passes on what was delegated to him.
    """
    posting = Posting.objects.select_related("organisation").filter(current(at), pk=posting_id).first()
    if posting is None:
        raise PostingUnknown
    organisation = posting.organisation.code
    permit(Scope(organisations=(organisation,)), subject=f"account:{posting.account_id}")
    if actor.delegated_by is not None or not (
        posting.account_id == actor.account_id or "city_admin" in actor.roles
    ):
        raise OperationNotAllowed(operation=_OPERATION)
    handed = sorted(set(roles))
    if ends_at <= max(starts_at, at):
        raise PeriodReversed
    _refuse_faulty(posting, to_account_id, handed, at)
    made = Delegation.objects.create(
        posting=posting,
        to_account_id=to_account_id,
        roles=handed,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    note(delegation=made.pk, to_account=to_account_id, roles=", ".join(handed))
    emit("DutyDelegated", f"account:{posting.account_id}", delegation=made.pk, to_account=to_account_id)
    return made.pk


def _refuse_faulty(posting: Posting, to_account_id: int, roles: list[str], at: datetime) -> None:
    if to_account_id == posting.account_id:
        raise DelegationToSelf
    if not roles or not set(roles) <= set(posting.roles):
        raise RolesNotHeld
    path = posting.organisation.path
    theirs = Posting.objects.filter(current(at), account_id=to_account_id, account__is_active=True)
    kin = theirs.values_list("organisation__path", flat=True)
    if not any(there.startswith(path) or path.startswith(there) for there in kin):
        raise PostingUnknown
