"""Trace lines stand in the city's ledger: a leaf in the same transaction as the look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from yiwang.platform.contracts import Json
from yiwang.trust import api as trust


def record_in_ledger(trace_id: int, line: Mapping[str, Json], *, at: datetime) -> None:
    """The sink of the ledger: commits to the line without holding it."""
    trust.record("exchange.looked", f"trace:{trace_id}", line, at=at)
