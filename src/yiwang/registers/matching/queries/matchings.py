"""Matchings as applied, and their runs."""

from __future__ import annotations

import json

from yiwang.registers.matching.contracts import MatchingNotFound, RunView
from yiwang.registers.matching.definitions import MatchingDefinition
from yiwang.registers.matching.models import Matching, Run


def row_of(code: str) -> Matching:
    """The stored matching.

    Raises:
        MatchingNotFound: there is none, or it is closed.
    """
    row = Matching.objects.filter(code=code, closed_at=None).first()
    if row is None:
        raise MatchingNotFound(matching=code[:40])
    return row


def definition_of_row(row: Matching) -> MatchingDefinition:
    """Its definition."""
    return MatchingDefinition.model_validate_json(json.dumps(row.definition))


def get_matching(code: str) -> MatchingDefinition:
    """The definition of a matching.

    Raises:
        MatchingNotFound: there is none, or it is closed.
    """
    return definition_of_row(row_of(code))


def list_matchings() -> list[MatchingDefinition]:
    """All that are in force, by code."""
    return [definition_of_row(row) for row in Matching.objects.filter(closed_at=None).order_by("code")]


def list_runs(code: str, *, most: int = 5) -> list[RunView]:
    """The last runs, the latest first."""
    rows = Run.objects.filter(matching=row_of(code)).order_by("-id")[:most]
    return [
        RunView(
            id=row.pk,
            asked_at=row.asked_at,
            state=row.state,
            stage=row.stage,
            stage_rows=row.stage_rows,
            done_at=row.done_at,
            report=row.report,
        )
        for row in rows
    ]
