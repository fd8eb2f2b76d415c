"""The two halves of every look: may this be asked, and the trace line that it leaves.

Both run in the transaction of the command that looks, so there is no answer without its trace line, and a
look that is refused leaves nothing but its row in the journal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

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
from yiwang.exchange.evidence import evidence_of
from yiwang.exchange.models import GrantDay, TraceLine
from yiwang.exchange.providers import PURPOSE_CHECKS, TRACE_SINKS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.grants import list_grants
from yiwang.exchange.rules.days import civil_day
from yiwang.exchange.rules.grants import covering_grant, refuse_unknown
from yiwang.exchange.rules.purposes import is_sound
from yiwang.exchange.subjects import own_subjects
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
) -> Look:
    """Check right, purpose, grant, fields and quota, and use one of the quota.

    ``organisation`` is for machines, which ask in the name of the department whose case they check.
    """
    asked_by = organisation if organisation and actor.kind == "system" else actor.organisation
    scope = Scope(person_id=actor.person_id) if actor.kind == "citizen" else Scope(organisations=(asked_by,))
    permit(scope, subject=f"resource:{resource[:40]}", operation=OPERATION)
    info = get_resource(resource)
    _refuse_purpose(actor, purpose, organisation=asked_by, at=at)
    refuse_unknown(info, fields)
    grant = None
    if actor.kind == "citizen":
        if info.sharing is Sharing.NOT_SHARED:
            raise ResourceNotShared(resource=info.code)
    elif asked_by != info.owner:
        grants = list_grants(resource=info.code, grantee=asked_by)
        grant = covering_grant(
            info, grants, organisation=asked_by, fields=fields, purpose=purpose, day=civil_day(at)
        )
    if grant is not None:
        _use_quota(grant, at)
    return Look(
        actor=actor,
        organisation=asked_by,
        resource=info,
        fields=tuple(dict.fromkeys(fields)),
        purpose=purpose,
        grant=grant,
        at=at,
    )


def _refuse_purpose(actor: Actor, purpose: Purpose, *, organisation: str, at: datetime) -> None:
    own = purpose.kind == "own_application"
    if not is_sound(purpose) or purpose.kind == "own_duty" or own != (actor.kind == "citizen"):
        raise PurposeRefused(purpose=purpose.kind[:40])
    if purpose.kind in PURPOSE_CHECKS:
        believed = PURPOSE_CHECKS.get(purpose.kind)(actor, purpose, organisation=organisation, at=at)
        if not believed:
            raise PurposeRefused(purpose=purpose.kind)


def _use_quota(grant: GrantInfo, at: datetime) -> None:
    """Count the use; two at once can't both take the last one, for the row is locked by the upsert."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {GrantDay._meta.db_table} AS d (grant_id, day, used) VALUES (%s, %s, 1) "
            "ON CONFLICT (grant_id, day) DO UPDATE SET used = d.used + 1 "
            "WHERE d.used < %s OR %s IS NULL RETURNING used",
            [grant.id, civil_day(at), grant.quota_per_day, grant.quota_per_day],
        )
        if cursor.fetchone() is None:
            raise QuotaExhausted(quota=grant.quota_per_day or 0)


def refuse_others_data(look: Look, subject: str) -> None:
    """A citizen sees the own data only, whatever the key was."""
    if look.actor.kind == "citizen" and (not subject or subject not in own_subjects(look.actor)):
        raise OwnDataOnly


def close_look(look: Look, *, kind: LookKind, subject: str, size: int) -> int:
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
) -> int:
    """Write one trace line in the current transaction and hand it to every sink.

    Raises:
        PurposeRefused: the purpose is unknown, lacks its reference, or holds an identity number.
    """
    if not is_sound(purpose):
        raise PurposeRefused(purpose=purpose.kind[:40])
    line = TraceLine(
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
    line.save(force_insert=True)
    for _, take in TRACE_SINKS:
        take(line.pk, evidence_of(line), at=at)
    note(trace=line.pk)
    return int(line.pk)
