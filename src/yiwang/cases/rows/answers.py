"""Answers checked by the form that was applied with the case type."""

from __future__ import annotations

from collections.abc import Mapping

from yiwang.cases.contracts.applied import AppliedType
from yiwang.kernel.errors import FieldProblem
from yiwang.platform.contracts import Json


def answer_problems(kind: AppliedType, answers: Mapping[str, Json]) -> list[FieldProblem]:
    """What is wrong with the answers; empty when they are whole."""
    return []
