"""The owner of a resource lets another organisation look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from yiwang.exchange.access import Terms
from yiwang.exchange.contracts import GrantInfo, GrantRefused, ResourceInfo, Sharing
from yiwang.exchange.models import Grant
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.queries.grants import info_of
from yiwang.exchange.rules.grants import refuse_unknown
from yiwang.exchange.rules.purposes import GRANTABLE
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope


@command(operation="exchange.grant.issue")
def issue_grant(
    *,
    actor: Actor,
    at: datetime,
    resource: str,
    grantee: str,
    fields: Sequence[str],
    purpose: str,
    legal_basis: Text,
    valid_from: date,
    valid_until: date,
    quota_per_day: int | None = None,
    row_filter: Mapping[str, Sequence[str]] | None = None,
    needs_consent: bool = False,
) -> GrantInfo:
    """Give a grant; ``valid_until`` is its last day.

    Raises:
        GrantRefused: the resource is not shared on conditions, or the grant contradicts itself.
        FieldsNotGranted: the resource has no such field.
    """
    info = get_resource(resource)
    permit(Scope(organisations=(info.owner,)), subject=f"resource:{info.code}")
    terms = Terms(
        fields=tuple(fields),
        purpose=purpose,
        legal_basis=legal_basis,
        valid_from=valid_from,
        valid_until=valid_until,
        quota_per_day=quota_per_day,
        rows={name: tuple(values) for name, values in (row_filter or {}).items()},
        needs_consent=needs_consent,
    )
    return record_grant(info, terms, grantee=grantee, by=actor.account_id, at=at)


def record_grant(
    info: ResourceInfo, terms: Terms, *, grantee: str, by: int | None, at: datetime, case_number: str = ""
) -> GrantInfo:
    """The same as a consequence of another command, such as a decision, which has asked for its own act."""
    refuse_unknown(info, terms.fields, claims=True)
    if terms.rows:
        refuse_unknown(info, tuple(terms.rows))
    _refuse_unsound(info, grantee=grantee, purpose=terms.purpose, legal_basis=terms.legal_basis)
    if terms.valid_until < terms.valid_from:
        raise GrantRefused(reason=Text("截止日期早于起始日期", "it would end before it begins"))
    if terms.quota_per_day is not None and terms.quota_per_day < 1:
        raise GrantRefused(reason=Text("每日次数应为正数", "the day's quota is not a positive number"))
    if terms.rows and not all(terms.rows.values()):
        raise GrantRefused(reason=Text("行筛选缺少取值", "a row filter without values lets nothing through"))
    row = Grant.objects.create(
        resource=info.code,
        grantee=grantee,
        fields=sorted(set(terms.fields)),
        purpose=terms.purpose,
        legal_basis=terms.legal_basis.as_dict(),
        row_filter={name: list(values) for name, values in terms.rows.items()},
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        quota_per_day=terms.quota_per_day,
        needs_consent=terms.needs_consent,
        case_number=case_number,
        issued_at=at,
        issued_by=by,
    )
    note(grant=row.pk)
    emit("GrantIssued", f"grant:{row.pk}", resource=info.code, grantee=grantee)
    return info_of(row)


def _refuse_unsound(info: ResourceInfo, *, grantee: str, purpose: str, legal_basis: Text) -> None:
    if info.sharing is not Sharing.CONDITIONAL:
        reason = Text("只有“有条件共享”的资源需要授权", "only resources shared on conditions are granted")
    elif not grantee or grantee == info.owner:
        reason = Text("被授权单位有误", "the grantee is missing or is the owner")
    elif purpose not in GRANTABLE:
        reason = Text("查询事由有误", "this is no purpose that a grant can have")
    elif not legal_basis.zh.strip() or not legal_basis.en.strip():
        reason = Text("须写明法律依据", "the legal basis is missing")
    else:
        return
    raise GrantRefused(reason=reason)
