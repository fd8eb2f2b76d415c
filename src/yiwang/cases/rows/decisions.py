"""Decisions of a case type: DMN tables that were applied with it, evaluated over the case."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.rows.environment import plain
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Json


def decide(live: Live, decision: str, context: Mapping[str, object], work: Work) -> Json:
    """Give the output of a decision of the case's own version."""
    known = live.type.parts.get("decisions")
    if not isinstance(known, dict) or decision not in known:
        raise ProcessStuck(node=decision, reason="no such decision")
    return plain(known[decision])
