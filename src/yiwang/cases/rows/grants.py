"""The grant of the exchange that an approval gives: as asked for, less what the owner took away.

It stands in the transaction of the decision, so nobody is told of an approval that gives nothing, nor may
look before the decision is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.rows.environment import case_context, plain
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.exchange.api import Narrowing, Terms, get_resource, narrowed, record_grant
from yiwang.kernel.feel import compile_expression
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Where a case keeps what the owner took away.
NARROWED = "terms"


def give_grant(work: Work, live: Live) -> None:
    """Give what the item declares.

    Raises:
        GrantRefused, FieldsNotGranted, NotNarrower: the exchange refuses it; nothing is changed.
        ProcessStuck: another body than the owner of the resource would give it away.
    """
    found = asked_grant(live, at=work.at)
    if found is None:
        return
    resource, grantee, asked = found
    info = get_resource(resource)
    if info.owner != live.row.organisation:
        raise ProcessStuck(node="grants", reason=f"owner: {info.owner}")
    grant = record_grant(
        info,
        narrowed(asked, narrowing_of(live)),
        grantee=grantee,
        by=work.actor.account_id,
        at=work.at,
        case_number=live.root.row.number,
    )
    work.log(live, "grant_issued", grant=grant.id)


def asked_grant(live: Live, *, at: datetime) -> tuple[str, str, Terms] | None:
    """Resource, grantee and terms that were asked for; None where the item gives no grant."""
    declared = live.type.definition.grants
    if declared is None:
        return None
    context = case_context(live)
    said = {
        name: plain(compile_expression(feel).evaluate(context, at=at))
        for name, feel in declared.terms().items()
    }
    terms = Terms(
        fields=tuple(_texts(said["fields"])),
        purpose=str(said["purpose"]),
        legal_basis=Text(str(said["basis_zh"]), str(said["basis_en"])),
        valid_from=_day(said["valid_from"]),
        valid_until=_day(said["valid_until"]),
        quota_per_day=_number(said.get("quota")),
        rows=_rows(said.get("rows")),
    )
    return str(said["resource"]), str(said["grantee"]), terms


def narrowing_of(live: Live) -> Narrowing:
    """What the owner took away so far."""
    kept = live.data.get(NARROWED)
    if not isinstance(kept, dict):
        return Narrowing()
    fields, until = kept.get("fields"), kept.get("valid_until")
    return Narrowing(
        fields=None if fields is None else tuple(_texts(fields)),
        valid_until=None if until is None else _day(until),
        quota_per_day=_number(kept.get("quota")),
        needs_consent=kept.get("needs_consent") is True,
    )


def keep_narrowing(live: Live, by: Narrowing) -> None:
    """Put down what the owner takes away, over what was taken before."""
    fields: list[Json] | None = None if by.fields is None else list(by.fields)
    kept: dict[str, Json] = {
        "fields": fields,
        "valid_until": None if by.valid_until is None else by.valid_until.isoformat(),
        "quota": by.quota_per_day,
        "needs_consent": by.needs_consent,
    }
    live.data[NARROWED] = kept
    live.data_changed = True


def _texts(found: object) -> list[str]:
    return [str(each) for each in found] if isinstance(found, list) else []


def _number(found: object) -> int | None:
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _day(found: object) -> date:
    try:
        return date.fromisoformat(str(found))
    except ValueError as problem:
        raise ProcessStuck(node="grants", reason="a day is missing") from problem


def _rows(found: object) -> Mapping[str, tuple[str, ...]]:
    """Contexts of ``field`` and ``values`` (a list, or a text that spaces and commas part)."""
    rows: dict[str, tuple[str, ...]] = {}
    for row in found if isinstance(found, list) else []:
        if not isinstance(row, dict):
            continue
        values = row.get("values")
        parts = _texts(values) if isinstance(values, list) else _parted(str(values or ""))
        rows[str(row.get("field"))] = tuple(parts)
    return rows


def _parted(text: str) -> list[str]:
    for sign in "，、,;；":
        text = text.replace(sign, " ")
    return text.split()
