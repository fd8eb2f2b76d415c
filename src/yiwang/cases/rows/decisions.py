"""Decisions of a case type, evaluated over the case."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.queries.decisions import decided_by
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.kernel.feel import Json


def decide(live: Live, decision: str, context: Mapping[str, object], work: Work) -> Json:
    """Give the output of a decision of the case's own version."""
    return decided_by(live.type, decision, context, at=work.at)
