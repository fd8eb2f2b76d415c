"""What was taken in for a case, kept sealed: the key that was asked, and the values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from yiwang.cases.models import Prefilled
from yiwang.platform.contracts import Json
from yiwang.platform.sealing import seal, unseal

_LABEL = "yiwang.cases/prefilled/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """The last look; ``values`` is None where there was no entry."""

    values: Mapping[str, Json] | None
    at: datetime
    by: str


def keep_prefilled(row: Prefilled, *, key: str, values: Mapping[str, Json] | None) -> None:
    """Put key and values into the row and store it."""
    content = json.dumps({"key": key, "values": None if values is None else dict(values)}, ensure_ascii=False)
    row.sealed = seal(content.encode(), label=_LABEL, bound_to=_place(row))
    row.save(force_insert=True)


def taken_in(case_id: int, *, organisation: str, resource: str, key: str) -> TakenIn | None:
    """What an organisation took in last; None if it did not, or asked for another key (answers change)."""
    rows = Prefilled.objects.filter(case_id=case_id, organisation=organisation, resource=resource)
    row = rows.order_by("-id").first()
    if row is None:
        return None
    content = json.loads(unseal(row.sealed, label=_LABEL, bound_to=_place(row)))
    return (
        TakenIn(values=content["values"], at=row.at, by=row.officer_name) if content["key"] == key else None
    )


def _place(row: Prefilled) -> str:
    return f"{row.case_id}/{row.organisation}/{row.resource}"
