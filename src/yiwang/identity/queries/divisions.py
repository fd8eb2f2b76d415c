"""Administrative divisions."""

from __future__ import annotations

import uuid
from functools import lru_cache

from yiwang.identity.contracts import DivisionLevel, DivisionUnknown, DivisionView
from yiwang.identity.models import Division
from yiwang.identity.queries.directory import directory_mark
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json


def division_view(row: Division) -> DivisionView:
    """A division without its boundary."""
    bounds = row.bounds
    return DivisionView(
        code=row.code,
        name=Text(row.name_zh, row.name_en),
        level=DivisionLevel(row.level),
        parent=row.parent_id or "",
        bounds=(bounds[0], bounds[1], bounds[2], bounds[3]) if bounds else None,
    )


def division(code: str) -> DivisionView:
    """Give one division or raise DivisionUnknown."""
    row = Division.objects.defer("boundary").filter(pk=code).first()
    if row is None:
        raise DivisionUnknown(division=code)
    return division_view(row)


def divisions_below(code: str) -> tuple[DivisionView, ...]:
    """The divisions directly below one, by code."""
    rows = Division.objects.defer("boundary").filter(parent_id=code).order_by("code")
    return tuple(division_view(row) for row in rows)


@lru_cache(maxsize=1)
def _names(mark: uuid.UUID | None) -> dict[str, Text]:
    return {code: Text(zh, en) for code, zh, en in Division.objects.values_list("code", "name_zh", "name_en")}


def division_names() -> dict[str, Text]:
    """The names of all divisions by code; kept until the city is loaded anew."""
    return _names(directory_mark())


def boundary(code: str) -> Json:
    """GeoJSON geometry of a division, or None where none is known."""
    found: Json = Division.objects.filter(pk=code).values_list("boundary", flat=True).first()
    return found
