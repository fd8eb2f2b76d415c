"""A case as reports over a span of time need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from yiwang.cases.contracts.words import ApplicantKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCase:
    """When it was received and answered, by whom, how it turned out, and the answers that were asked for.

    ``result`` is empty while it is open, and where the item declares no results of its own.
    """

    number: str
    title: str
    organisation: str
    applicant_kind: ApplicantKind
    received_at: datetime
    ended_at: datetime | None
    result: str
    said: Mapping[str, str] = field(default_factory=dict)
