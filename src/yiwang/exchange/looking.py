"""The two halves of every look: may this be asked, and the trace line that it leaves.

Both run in the transaction of the command that looks, so there is no answer without its trace line, and a
look that is refused leaves nothing but its row in the journal.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import LiteralString

from yiwang.exchange.consents import refuse_without_consent
from yiwang.exchange.contracts import (
    GrantInfo,
    LookKind,
    OwnDataOnly,
    Purpose,
    PurposeRefused,
    QuotaExhausted,
    ResourceInfo,
    ResourceNotShared,
    Sharing,
)
from yiwang.exchange.lines import keep_line
from yiwang.exchange.models import TraceLine
from yiwang.exchange.nodes.contracts import is_vouched_for
from yiwang.exchange.providers import PURPOSE_CHECKS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.clients import bounds_of
from yiwang.exchange.queries.grants import list_grants
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.grants import covering_grant, refuse_unknown
from yiwang.exchange.rules.purposes import is_sound
from yiwang.exchange.rules.quotas import share_of, slots_of
from yiwang.exchange.subjects import own_subjects
from yiwang.platform import sql
from yiwang.platform.command import correlation_id, note, permit
from yiwang.platform.contracts import Actor, Scope

OPERATION = "exchange.data.request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look that may be had: under which grant, and which rows of it."""

    actor: Actor
    organisation: str
    resource: ResourceInfo
    fields: tuple[str, ...]
    purpose: Purpose
    grant: GrantInfo | None
    at: datetime

    @property
    def rows(self) -> Mapping[str, Sequence[str]]:
        """The row filter of the grant."""
        return self.grant.row_filter if self.grant else {}


def open_look(
    *,
    actor: Actor,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    at: datetime,
    organisation: str | None = None,
    of_many: bool = False,
    of_claims: bool = False,
) -> Look:
    """Check right, purpose, grant, fields and quota, and use one of the quota.

    ``organisation`` is for the city's own machines, which ask in the name of the department whose case they
    check; a department's system asks in the name of its own.
    """
    named = organisation if actor.kind == "system" and not actor.organisation else None
    asked_by = named or actor.organisation
    scope = Scope(person_id=actor.person_id) if actor.kind == "citizen" else Scope(organisations=(asked_by,))
    permit(scope, subject=subject_of(resource), operation=OPERATION)
    info = get_resource(resource)
    _refuse_purpose(actor, purpose, organisation=asked_by, at=at)
    grant = rule(
        info, actor=actor, organisation=asked_by, fields=fields, purpose=purpose, at=at, claims=of_claims
    )
    if grant is not None:
        _use_quota(grant, at, in_order=of_many)
    return Look(
        actor=actor,
        organisation=asked_by,
        resource=info,
        fields=tuple(dict.fromkeys(fields)),
        purpose=purpose,
        grant=grant,
        at=at,
    )


def subject_of(resource: str) -> str:
    """How the journal names a look."""
    return f"resource:{resource[:40]}"


def rule(
    info: ResourceInfo,
    *,
    actor: Actor,
    organisation: str,
    fields: Sequence[str],
    purpose: Purpose,
    at: datetime,
    claims: bool = False,
) -> GrantInfo | None:
    """Decide under which grant these fields may be seen for a kind of purpose; None where none is needed.

    This part of the law depends on no key and no row, only on the day and on tables that renew the law's
    mark (``models.LawMark``), so that a decision may be remembered for as long as both stay. Whoever adds a
    condition that reads anything else puts it into ``open_look``, and takes it into ``straight`` as well.
    """
    bound = bounds_of(actor)
    if bound is not None and bound.purposes and purpose.kind not in bound.purposes:
        raise PurposeRefused(purpose=purpose.kind[:40])
    refuse_unknown(info, fields, claims=claims)
    if actor.kind == "citizen":
        if info.sharing is Sharing.NOT_SHARED:
            raise ResourceNotShared(resource=info.code)
        return None
    if organisation == info.owner:
        return None
    grants = list_grants(resource=info.code, grantee=organisation)
    if bound is not None and bound.grant is not None:
        grants = [grant for grant in grants if grant.id == bound.grant]
    return covering_grant(
        info, grants, organisation=organisation, fields=fields, purpose=purpose, day=civil_day(at)
    )


#: What the owner's own door and a look in an emergency say of themselves.
_NAMED_ELSEWHERE = frozenset({"own_duty", "emergency"})


def may_be_named(actor: Actor, purpose: Purpose) -> bool:
    """Whether the purpose is sound and of the kind that this sort of actor has."""
    own = purpose.kind == "own_application"
    return is_sound(purpose) and purpose.kind not in _NAMED_ELSEWHERE and own == (actor.kind == "citizen")


def _refuse_purpose(actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> None:
    if not may_be_named(actor, purpose):
        raise PurposeRefused(purpose=purpose.kind[:40])
    # A case of another node is known there only: that node checked it and signed that it is so.
    if purpose.kind in PURPOSE_CHECKS and not is_vouched_for(actor):
        believed = PURPOSE_CHECKS.get(purpose.kind)(actor, purpose, organisation=organisation, at=at)
        if not believed:
            raise PurposeRefused(purpose=purpose.kind)


#: Two at once can't both take the last one, for the row is locked by the upsert.
USE_QUOTA: LiteralString = """
INSERT INTO exchange_grantday AS d (grant_id, day, slot, used)
SELECT %(quota_grant)s::bigint, %(quota_day)s::date, %(quota_slot)s::smallint, 1 {source}
ON CONFLICT (grant_id, day, slot) DO UPDATE SET used = d.used + 1
  WHERE d.used < %(quota)s::bigint OR %(quota)s::bigint IS NULL RETURNING used
"""


def quota_params(grant: GrantInfo, at: datetime, slot: int) -> dict[str, object]:
    """What :data:`USE_QUOTA` takes."""
    quota = share_of(grant.quota_per_day, slot)
    return {"quota_grant": grant.id, "quota_day": civil_day(at), "quota_slot": slot, "quota": quota}


def _use_quota(grant: GrantInfo, at: datetime, *, in_order: bool) -> None:
    """Count the use in the first slot with something left, beginning anywhere.

    Looks at many take more slots afterwards; all in one order, or two of them would wait for each other.
    """
    slots = slots_of(grant.quota_per_day)
    begin = 0 if in_order else secrets.randbelow(slots)
    for step in range(slots):
        if sql.fetch(USE_QUOTA.format(source=""), quota_params(grant, at, (begin + step) % slots)):
            return
    raise QuotaExhausted(quota=grant.quota_per_day or 0)


def refuse_others_data(look: Look, subject: str) -> None:
    """A citizen sees the own data only, whatever the key was; and looks that need consent have it."""
    if look.actor.kind == "citizen" and (not subject or subject not in own_subjects(look.actor)):
        raise OwnDataOnly
    refuse_without_consent(look.grant, subject, at=look.at)


def close_look(look: Look, *, kind: LookKind, subject: str, size: int, valid_on: date | None = None) -> int:
    """Write the trace line and its evidence; gives its number."""
    return write_trace(
        actor=look.actor,
        organisation=look.organisation,
        kind=LookKind.OWN_DATA if look.actor.kind == "citizen" else kind,
        subject=subject,
        resource=look.resource.code,
        fields=look.fields,
        purpose=look.purpose,
        grant=look.grant.id if look.grant else None,
        size=size,
        at=look.at,
        valid_on=valid_on,
    )


def write_trace(
    *,
    actor: Actor,
    organisation: str,
    kind: LookKind,
    subject: str,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    grant: int | None,
    size: int,
    at: datetime,
    valid_on: date | None = None,
) -> int:
    """Write one trace line in the current transaction, with its leaf in the ledger.

    Raises:
        PurposeRefused: the purpose is unknown, lacks its reference, or holds an identity number.
    """
    if not is_sound(purpose):
        raise PurposeRefused(purpose=purpose.kind[:40])
    line = line_of(
        actor=actor,
        organisation=organisation,
        kind=kind,
        subject=subject,
        resource=resource,
        fields=fields,
        purpose=purpose,
        grant=grant,
        size=size,
        at=at,
    )
    line.valid_on = valid_on
    number = keep_line(line)
    note(trace=number)
    return number


def line_of(
    *,
    actor: Actor,
    organisation: str,
    kind: LookKind,
    subject: str,
    resource: str,
    fields: Sequence[str],
    purpose: Purpose,
    grant: int | None,
    size: int,
    at: datetime,
) -> TraceLine:
    """A trace line that is not written yet."""
    return TraceLine(
        at=at,
        organisation=organisation,
        account_id=actor.account_id,
        system=actor.name[:40] if actor.kind == "system" else "",
        kind=kind.value,
        subject=subject,
        resource=resource,
        fields=list(fields),
        purpose=purpose.kind,
        reference=purpose.reference,
        grant_id=grant,
        size=size,
        correlation=correlation_id.get(),
    )
