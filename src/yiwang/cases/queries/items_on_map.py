"""Items of whose cases an officer may make a layer: they ask for an address, and he finds such cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.models import Case
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.matters import form_of
from yiwang.cases.queries.rights import READ
from yiwang.cases.queries.standard_addresses import asks_address
from yiwang.cases.queries.types import applied_types
from yiwang.cases.queries.visible import visible_cases
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed


def offered_items(actor: Actor) -> Mapping[str, Text]:
    """Items that ask for an address, which his organisation handles or of which he finds a case; by code.

    None for citizens and machines.
    """
    if actor.kind != "officer" or not guard().may(actor, READ):
        return {}
    try:
        seen = visible_organisations(actor, READ)
    except OperationNotAllowed:
        return {}
    placed = [kind for kind in applied_types() if kind.process is not None and asks_address(form_of(kind))]
    if seen is not None:
        others = {kind.code for kind in placed if _handlers(kind).isdisjoint(seen)}
        found = _with_cases(actor, others)
        placed = [kind for kind in placed if kind.code not in others or kind.code in found]
    return {kind.code: kind.title for kind in placed}


def _handlers(kind: AppliedType) -> frozenset[str]:
    """Organisations that its definition names."""
    told = kind.definition
    windows = (window.organisation for window in told.windows)
    return frozenset({told.body, told.delegated_body or told.body, *told.joint_bodies, *windows})


def _with_cases(actor: Actor, codes: Collection[str]) -> frozenset[str]:
    """Those of which he finds a case, by the condition of lists."""
    visible = visible_cases(actor)
    rows = Case.objects.filter(parent=None)
    rows = rows if visible is None else rows.filter(visible)
    return frozenset(code for code in codes if rows.filter(type_code=code).exists())
