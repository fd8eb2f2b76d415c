"""Pairs for people to judge."""

from __future__ import annotations

from datetime import datetime

from psycopg import sql

from yiwang.exchange.api import get_resource
from yiwang.platform.contracts import Actor
from yiwang.registers.matching.contracts import DoubtView
from yiwang.registers.matching.definitions import FIELDS
from yiwang.registers.matching.models import Doubt
from yiwang.registers.matching.queries.findings import granted_fields, is_operator
from yiwang.registers.matching.queries.matchings import get_matching, row_of
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.tables.columns import table
from yiwang.registers.tables.running import rows
from yiwang.registers.tables.sealing import plain

JUDGE = "registers.matching.judge"
#: What helps to judge; what was paid does not.
_SHOWN = ("key", "code", "name", "person", "address", "phone", "status")


def count_doubts(matching: str) -> int:
    """How many wait."""
    return Doubt.objects.filter(matching=row_of(matching)).count()


def find_doubts(*, actor: Actor, matching: str, at: datetime, most: int = 20) -> list[DoubtView]:
    """The likeliest pairs with their rows' values, as far as the operator's grants go; none for others.

    Pages go through ``open_doubts``, which writes the trace.
    """
    definition = get_matching(matching)
    if not is_operator(actor, definition, JUDGE):
        return []
    pairs = Doubt.objects.filter(matching=row_of(matching)).order_by("-probability", "pk")[:most]
    wanted: dict[str, set[str]] = {}
    for pair in pairs:
        wanted.setdefault(pair.list_l, set()).add(pair.key_l)
        wanted.setdefault(pair.list_r, set()).add(pair.key_r)
    found = {name: _values(name, keys, definition.operator, at) for name, keys in wanted.items()}
    return [
        DoubtView(
            id=pair.pk,
            probability=pair.probability,
            left_list=pair.list_l,
            left=found[pair.list_l].get(pair.key_l, {}),
            right_list=pair.list_r,
            right=found[pair.list_r].get(pair.key_r, {}),
        )
        for pair in pairs
    ]


def _values(resource: str, keys: set[str], operator: str, at: datetime) -> dict[str, dict[str, str]]:
    info = get_resource(resource)
    granted = granted_fields(operator, resource, at)
    shown = [name for name in _SHOWN if FIELDS[name] in granted]
    if "key" not in shown:
        return {}
    register = get_register(info.source)
    columns = sql.SQL(", ").join(sql.SQL("{}::text").format(plain(register, FIELDS[n])) for n in shown)
    listed = sql.SQL(", ").join(sql.Literal(key) for key in sorted(keys))
    statement = sql.SQL("SELECT {} FROM {} t WHERE t.{} IN ({})").format(
        columns, table(info.source), sql.Identifier(FIELDS["key"]), listed
    )
    made = [dict(zip(shown, (cell or "" for cell in line), strict=True)) for line in rows(statement)]
    return {line["key"]: line for line in made}
