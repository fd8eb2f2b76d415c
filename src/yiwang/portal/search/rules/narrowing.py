"""Which results are the chosen ones, and how many each other choice would leave. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yiwang.portal.search.contracts import DAYS, Narrowed
from yiwang.portal.search.rules.ranking import Hit


@dataclass(slots=True)
class Sorted:
    """What was chosen, and the counts of each facet, which leave its own choice aside."""

    chosen: list[Hit] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)
    days: Counter[int] = field(default_factory=Counter)


def sort_out(hits: Iterable[Hit], narrowed: Narrowed, *, today: date) -> Sorted:
    """Go through all results once; what bears no date is of no last days."""
    found = Sorted()
    for hit in hits:
        age = (today - hit.dated).days if hit.dated else None
        of_kind = narrowed.kind in {"", hit.kind}
        of_organisation = narrowed.organisation in {"", hit.organisation}
        of_days = not narrowed.days or (age is not None and age <= narrowed.days)
        if of_organisation and of_days:
            found.kinds[hit.kind] += 1
        if of_kind and of_days and hit.organisation:
            found.organisations[hit.organisation] += 1
        if of_kind and of_organisation and age is not None:
            found.days.update(days for days in DAYS if age <= days)
        if of_kind and of_organisation and of_days:
            found.chosen.append(hit)
    return found
