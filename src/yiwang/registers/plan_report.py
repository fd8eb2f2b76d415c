"""A plan as data: each change with its steps, of registers also what breaks and whom that hits."""

from __future__ import annotations

import json
from datetime import datetime

from yiwang.packs.contracts import Change, Plan
from yiwang.platform.contracts import Json
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.kinds import RegisterKind
from yiwang.registers.queries.impact import hit_json, hits_of
from yiwang.registers.rules.breaking import breaks


def report_of(plan: Plan, *, at: datetime) -> list[dict[str, Json]]:
    """Give the changes in the order in which they would be applied."""
    return [
        {
            "op": change.op,
            "kind": change.kind,
            "code": change.code,
            "pack": change.pack,
            "destructive": change.is_destructive,
            "steps": [{"zh": step.text.zh, "en": step.text.en} for step in change.steps],
            **_broken(change, at),
        }
        for change in plan.changes
    ]


def _broken(change: Change, at: datetime) -> dict[str, Json]:
    if change.kind != RegisterKind.key or change.applied is None:
        return {}
    applied = _model(change.applied)
    broken = breaks(applied, _model(change.wanted.content) if change.wanted is not None else None)
    return {
        "breaks": [
            {"kind": one.kind.value, "field": one.field, "zh": one.text.zh, "en": one.text.en}
            for one in broken
        ],
        "hits": [hit_json(hit.as_json()) for hit in hits_of(applied, broken, at=at)],
    }


def _model(content: Json) -> RegisterDefinition:
    return RegisterDefinition.model_validate_json(json.dumps(content))
