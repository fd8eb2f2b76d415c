"""Whether a result is one of those that were chosen. Pure."""

from __future__ import annotations

from datetime import date

from yiwang.portal.search.contracts import Narrowed
from yiwang.portal.search.rules.ranking import Hit


def fits(hit: Hit, narrowed: Narrowed, *, today: date) -> bool:
    """What bears no date is of no last days."""
    recent = hit.dated is not None and (today - hit.dated).days <= narrowed.days
    return (
        narrowed.kind in {"", hit.kind}
        and narrowed.organisation in {"", hit.organisation}
        and (recent or not narrowed.days)
    )
