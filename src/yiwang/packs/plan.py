"""Compare what packs declare with what is applied; say what would change."""

from __future__ import annotations

from yiwang.packs.contracts import Change, Plan
from yiwang.packs.kinds import ordered
from yiwang.packs.loader import Loaded
from yiwang.packs.models import AppliedDefinition


def make_plan(loaded: Loaded) -> Plan:
    """Give the changes in apply order: additions and alterations by kind, then what retires, backwards.

    Raises:
        DefinitionRefused: a file is faulty; no plan is made.
    """
    wanted = loaded.or_refuse().definitions
    rows = {(row.kind, row.code): row for row in AppliedDefinition.objects.filter(retired_at=None)}
    changes: list[Change] = []
    for kind in ordered():
        for (key, code), definition in wanted.items():
            if key != kind.key:
                continue
            row = rows.get((key, code))
            if row is not None and row.digest == definition.digest:
                continue
            applied = row.content if row else None
            changes.append(
                Change(
                    op="alter" if row else "add",
                    kind=key,
                    code=code,
                    pack=definition.pack,
                    applied=applied,
                    wanted=definition,
                    steps=kind.steps(applied, definition),
                )
            )
    for kind in reversed(ordered()):
        for (key, code), row in sorted(rows.items()):
            if key == kind.key and (key, code) not in wanted:
                steps = kind.steps(row.content, None)
                changes.append(Change("retire", key, code, row.pack, row.content, None, steps))
    return Plan(changes=tuple(changes))
