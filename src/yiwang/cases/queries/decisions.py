"""Decision tables that were applied with a case type, read once a version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import ProcessStuck
from yiwang.cases.queries.types import type_version
from yiwang.cases.rules.dmn.evaluation import evaluate
from yiwang.cases.rules.dmn.model import DecisionModel
from yiwang.cases.rules.dmn.reading import read_model
from yiwang.kernel.feel import Json


def decided_by(kind: AppliedType, decision: str, context: Mapping[str, object], *, at: datetime) -> Json:
    """Give the answer of a decision of this version.

    Raises:
        ProcessStuck: the type was applied without the decision.
        DecisionNotFound, InputNotAllowed, RulesDisagree: the table has no answer to these data.
    """
    return evaluate(decision_model(kind.id, decision), decision, context, at=at)


@lru_cache(maxsize=512)
def decision_model(version_id: int, decision: str) -> DecisionModel:
    """The model of a decision of a version; raises ProcessStuck when it was applied without."""
    stored = type_version(version_id).parts.get("decisions")
    written = stored.get(decision) if isinstance(stored, dict) else None
    model, _ = read_model(written.encode(), decision) if isinstance(written, str) else (None, [])
    if model is None:
        raise ProcessStuck(node=decision, reason="no such decision")
    return model
