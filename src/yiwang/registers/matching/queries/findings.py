"""Differences as their departments see them, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from yiwang.exchange.api import get_resource, grant_counts, list_grants
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.contracts import FindingView, Outcome, State, Tally
from yiwang.registers.matching.definitions import FIELDS, MatchingDefinition
from yiwang.registers.matching.models import Finding
from yiwang.registers.matching.queries.matchings import get_matching, row_of
from yiwang.registers.matching.rules.differences import Kind

SEE = "registers.matching.see"
SETTLE = "registers.matching.settle"


def sees(actor: Actor, organisation: str) -> bool:
    """Whether a reader sees how many differences an organisation has."""
    return guard().may(actor, SEE) and guard().covers(actor, SEE, Scope(organisations=(organisation,)))


def may_settle(actor: Actor, organisation: str) -> bool:
    """Whether an officer sees and answers an organisation's differences one by one."""
    return guard().may(actor, SETTLE) and guard().covers(actor, SETTLE, Scope(organisations=(organisation,)))


def is_operator(actor: Actor, definition: MatchingDefinition, operation: str = SEE) -> bool:
    """Whether an actor's right reaches the organisation that has the lists matched."""
    judge = guard()
    scope = Scope(organisations=(definition.operator,))
    return judge.may(actor, operation) and judge.covers(actor, operation, scope)


def tallies(*, actor: Actor, matching: str, at: datetime) -> list[Tally]:
    """Counts by department and kind: all for the operator and for leaders, one's own for a department."""
    definition = get_matching(matching)
    everything = is_operator(actor, definition)
    found = (
        Finding.objects.filter(matching=row_of(matching))
        .values("organisation", "kind")
        .annotate(
            open=Count("id", filter=Q(state=State.OPEN)),
            late=Count("id", filter=Q(state=State.OPEN, due_at__lt=at)),
            settled=Count("id", filter=Q(state=State.SETTLED)),
            repaired=Count("id", filter=Q(state=State.REPAIRED)),
            yuan=Sum("yuan"),
        )
        .order_by("organisation", "kind")
    )
    return [
        Tally(
            organisation=row["organisation"],
            kind=Kind(row["kind"]),
            open=row["open"],
            late=row["late"],
            settled=row["settled"],
            repaired=row["repaired"],
            yuan=row["yuan"] or Decimal(0),
        )
        for row in found
        if everything or sees(actor, row["organisation"])
    ]


def find_findings(
    *,
    actor: Actor,
    matching: str,
    organisation: str,
    kind: Kind,
    at: datetime,
    state: State | None = None,
    after: int = 0,
    most: int = 50,
) -> list[FindingView]:
    """A page of an organisation's differences of a kind, in the order of their numbers.

    None for whom the organisation is another's; the operator and leaders see counts, not rows.
    """
    if not may_settle(actor, organisation):
        return []
    rows = _rows(matching, organisation, kind, state).filter(pk__gt=after)[:most]
    return list(_views(rows, organisation, at))


def each_finding(
    *, actor: Actor, matching: str, organisation: str, kind: Kind, at: datetime
) -> Iterator[FindingView]:
    """All of a kind, for a workbook; memory stays flat."""
    if may_settle(actor, organisation):
        yield from _views(
            _rows(matching, organisation, kind, None).iterator(chunk_size=2_000), organisation, at
        )


def keys_of_others(*, matching: str, organisation: str, kind: Kind) -> dict[str, set[str]]:
    """The other departments' rows in differences of a kind, by list."""
    found: dict[str, set[str]] = {}
    named = _rows(matching, organisation, kind, None).exclude(other_list="")
    for other, key in named.values_list("other_list", "other_key").iterator(chunk_size=2_000):
        found.setdefault(other, set()).add(key)
    return found


def _rows(matching: str, organisation: str, kind: Kind, state: State | None) -> QuerySet[Finding]:
    rows = Finding.objects.filter(matching=row_of(matching), organisation=organisation, kind=kind)
    if state is not None:
        rows = rows.filter(state=state)
    return rows.order_by("pk")


def _views(
    rows: QuerySet[Finding] | Iterator[Finding], organisation: str, at: datetime
) -> Iterator[FindingView]:
    granted: dict[str, frozenset[str]] = {}
    for row in rows:
        other = row.other_list
        if other and other not in granted:
            granted[other] = granted_fields(organisation, other, at)
        fields = granted.get(other, frozenset())
        yield FindingView(
            id=row.pk,
            kind=Kind(row.kind),
            organisation=row.organisation,
            list=row.list,
            key=row.key,
            name=row.name,
            other_list=other,
            other_key=row.other_key if FIELDS["key"] in fields else "",
            other_name=row.other_name if FIELDS["name"] in fields else "",
            other_status=row.other_status if FIELDS["status"] in fields else "",
            state=State(row.state),
            outcome=Outcome(row.outcome) if row.outcome else None,
            note=row.note,
            yuan=row.yuan,
            due_at=row.due_at,
            reopened=row.reopened,
        )


def granted_fields(organisation: str, resource: str, at: datetime) -> frozenset[str]:
    """The fields of a resource that an organisation may see: all of its own, else those granted today."""
    info = get_resource(resource)
    if info.owner == organisation:
        return info.field_names
    given: set[str] = set()
    for grant in list_grants(resource=resource, grantee=organisation):
        # a grant for some rows or with a quota is for looking up, not for lists
        if grant_counts(grant, at=at) and not grant.row_filter and grant.quota_per_day is None:
            given |= set(grant.fields)
    return frozenset(given)
