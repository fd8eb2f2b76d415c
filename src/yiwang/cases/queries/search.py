"""Find cases by number, title or applicant, among those that the reader may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from yiwang.cases.contracts.lists import CaseRow, Slice
from yiwang.cases.contracts.words import Phase
from yiwang.cases.models import Case
from yiwang.cases.queries.pages import cut
from yiwang.cases.queries.shapes import case_clock, case_row
from yiwang.cases.queries.visible import visible_cases
from yiwang.platform.contracts import Actor


def search(
    *,
    actor: Actor,
    at: datetime,
    text: str = "",
    type_code: str = "",
    phase: Phase | None = None,
    organisation: str = "",
    division_code: str = "",
    late: bool = False,
    children: bool = False,
    after: str | None = None,
    most: int = 50,
) -> Slice[CaseRow]:
    """Cases of the organisations within the reader's reach, and those in which they work; latest first."""
    rows = Case.objects.all() if children else Case.objects.filter(parent__isnull=True)
    visible = visible_cases(actor)
    if visible is not None:
        rows = rows.filter(visible)
    wanted = Q()
    if text.strip():
        said = text.strip()
        wanted &= (
            Q(number__startswith=said.upper()) | Q(title__icontains=said) | Q(applicant_name__icontains=said)
        )
    for field, value in (
        ("type_code", type_code),
        ("phase", phase),
        ("organisation", organisation),
        ("division_code__startswith", division_code),
    ):
        if value:
            wanted &= Q(**{field: value})
    if late:
        wanted &= Q(clocks__state="running", clocks__yellow_at__lte=at)
        rows = rows.distinct()
    return cut(
        rows.filter(wanted).prefetch_related("clocks"),
        key="opened_at",
        descending=True,
        after=after,
        most=most,
        shape=lambda row: case_row(row, case_clock(row.clocks.all()), at),
    )
