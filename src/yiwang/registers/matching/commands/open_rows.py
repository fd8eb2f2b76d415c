"""Look at differences and doubtful pairs; what other departments' lists say of firms leaves its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from psycopg import sql

from yiwang.exchange.api import entity_reference, get_resource, list_grants, mark_of, write_batch_trace
from yiwang.exchange.api import grant_counts as counts
from yiwang.exchange.contracts import LookKind, Purpose
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.contracts import DoubtView, FindingView, State
from yiwang.registers.matching.definitions import FIELDS, MatchingDefinition
from yiwang.registers.matching.queries.doubts import JUDGE, find_doubts
from yiwang.registers.matching.queries.findings import (
    SETTLE,
    each_finding,
    find_findings,
    granted_fields,
    keys_of_others,
)
from yiwang.registers.matching.queries.matchings import get_matching
from yiwang.registers.matching.rules.differences import Kind
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows
from yiwang.registers.tables.sealing import plain

#: What a difference shows of the other department's row.
_OF_OTHERS = ("key", "name", "status")


@command(operation=SETTLE)
def open_findings(
    *,
    actor: Actor,
    at: datetime,
    matching: str,
    organisation: str,
    kind: Kind,
    state: State | None = None,
    after: int = 0,
    most: int = 50,
) -> list[FindingView]:
    """A page of an organisation's differences of a kind; a line for each other list that it shows rows of.

    Raises:
        OperationNotAllowed: the organisation is another's.
    """
    permit(Scope(organisations=(organisation,)), subject=f"matching:{matching}")
    found = find_findings(
        actor=actor, matching=matching, organisation=organisation, kind=kind, at=at, state=state,
        after=after, most=most,
    )  # fmt: skip
    seen: dict[str, set[str]] = {}
    for each in found:
        if each.other_list and (each.other_key or each.other_name or each.other_status):
            seen.setdefault(each.other_list, set()).add(each.other_key)
    _leave_lines(actor, get_matching(matching), organisation, seen, shown=_OF_OTHERS, at=at)
    return found


@command(operation=SETTLE)
def open_all_findings(
    *, actor: Actor, at: datetime, matching: str, organisation: str, kind: Kind
) -> Iterator[FindingView]:
    """All of a kind, for a workbook; the lines are written before the first is given.

    Raises:
        OperationNotAllowed: the organisation is another's.
    """
    permit(Scope(organisations=(organisation,)), subject=f"matching:{matching}")
    seen = keys_of_others(matching=matching, organisation=organisation, kind=kind)
    _leave_lines(actor, get_matching(matching), organisation, seen, shown=_OF_OTHERS, at=at)
    return each_finding(actor=actor, matching=matching, organisation=organisation, kind=kind, at=at)


@command(operation=JUDGE)
def open_doubts(*, actor: Actor, at: datetime, matching: str) -> list[DoubtView]:
    """The likeliest pairs with what their rows say; a line for each list.

    Raises:
        OperationNotAllowed: another organisation has the lists matched.
    """
    definition = get_matching(matching)
    permit(Scope(organisations=(definition.operator,)), subject=f"matching:{matching}")
    found = find_doubts(actor=actor, matching=matching, at=at)
    seen: dict[str, set[str]] = {}
    shown: set[str] = set()
    for pair in found:
        for name, values in ((pair.left_list, pair.left), (pair.right_list, pair.right)):
            if values:
                seen.setdefault(name, set()).add(values["key"])
                shown |= values.keys()
    _leave_lines(actor, definition, definition.operator, seen, shown=sorted(shown), at=at)
    return found


def _leave_lines(
    actor: Actor,
    definition: MatchingDefinition,
    organisation: str,
    seen: Mapping[str, Collection[str]],
    *,
    shown: Collection[str],
    at: datetime,
) -> None:
    """A line for each list of another department, with a mark for every firm whose code the list knows."""
    for resource, keys in sorted(seen.items()):
        granted = granted_fields(organisation, resource, at)
        fields = [FIELDS[name] for name in shown if FIELDS[name] in granted]
        if not fields or get_resource(resource).owner == organisation:
            continue
        under = [
            grant.id
            for grant in list_grants(resource=resource, grantee=organisation)
            if counts(grant, at=at) and set(fields) <= set(grant.fields)
        ]
        write_batch_trace(
            actor=actor,
            organisation=organisation,
            resource=resource,
            fields=fields,
            purpose=Purpose(kind=definition.purpose, reference=f"{definition.title.zh}差异核对"),
            grant=under[0] if under else None,
            size=len(keys),
            marks=sorted({mark_of(entity_reference(code)) for code in _codes(resource, keys)}),
            at=at,
            kind=LookKind.BATCH,
        )


def _codes(resource: str, keys: Collection[str]) -> list[str]:
    register = get_register(get_resource(resource).source)
    statement = sql.SQL("SELECT {}::text FROM {} t WHERE t.{} = ANY({})").format(
        plain(register, FIELDS["code"]), table(register.code), sql.Identifier(FIELDS["key"]),
        sql.Literal(sorted(keys)),
    )  # fmt: skip
    return [str(code) for (code,) in rows(statement) if code]
