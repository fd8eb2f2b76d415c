"""Scores of departments and officers of a month, computed from the cases when they are asked for."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from yiwang.cases.api import tallies
from yiwang.cases.contracts.figures import Indicator, Tally
from yiwang.identity.api import account_names, organisation_names
from yiwang.insight.contracts import DepartmentScore, NoScoringScheme
from yiwang.insight.definitions import ScoringScheme
from yiwang.insight.models import Scheme
from yiwang.insight.rules.months import Month
from yiwang.insight.rules.scores import score
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

OFFICERS = "insight.officer.read"
Counted = dict[tuple[str, int | None], dict[Indicator, dict[str, int]]]


def scoring_scheme() -> ScoringScheme:
    """Give the scheme in force.

    Raises:
        NoScoringScheme: no pack that is switched on declares one.
    """
    row = Scheme.objects.filter(closed_at__isnull=True).order_by("-applied_at").first()
    if row is None:
        raise NoScoringScheme
    return ScoringScheme.model_validate_json(json.dumps(row.definition))


def department_scores(*, actor: Actor, month: Month, at: datetime) -> tuple[DepartmentScore, ...]:
    """Score every department within the reader's reach, the best first."""
    scheme = scoring_scheme()
    counted = by_key(tallies(actor=actor, at=at, since=month.since, until=month.until))
    names = organisation_names([organisation for organisation, _ in counted])
    return _ranked(
        DepartmentScore(
            organisation=organisation,
            title=names[organisation],
            officer_id=None,
            officer_name="",
            score=score(counts, weights=scheme.departments, scheme=scheme),
        )
        for (organisation, _), counts in counted.items()
    )


def officer_scores(
    *, actor: Actor, month: Month, at: datetime, organisation: str = ""
) -> tuple[DepartmentScore, ...]:
    """Score officers: those of the organisations where the reader may see them, else the reader alone."""
    scheme = scoring_scheme()
    counted = by_key(tallies(actor=actor, at=at, since=month.since, until=month.until, by_officer=True))
    chosen = {
        key: counts
        for key, counts in counted.items()
        if organisation in {"", key[0]} and may_see_officer(actor, key[0], key[1])
    }
    names = organisation_names([where for where, _ in chosen])
    people = account_names([officer for _, officer in chosen if officer is not None])
    return _ranked(
        DepartmentScore(
            organisation=where,
            title=names[where],
            officer_id=officer,
            officer_name=people.get(officer or 0, ""),
            score=score(counts, weights=scheme.officers, scheme=scheme),
        )
        for (where, officer), counts in chosen.items()
    )


def may_see_officer(actor: Actor, organisation: str, officer_id: int | None) -> bool:
    """Whether the reader may see what one officer did: superiors and watchers may, and the officer."""
    if officer_id is None:
        return False
    return officer_id == actor.account_id or guard().covers(
        actor, OFFICERS, Scope(organisations=(organisation,))
    )


def by_key(found: Iterable[Tally]) -> Counted:
    """Gather tallies by organisation and officer."""
    counted: Counted = defaultdict(lambda: defaultdict(dict))
    for tally in found:
        counted[tally.organisation, tally.officer_id][tally.indicator][tally.mark] = tally.count
    return counted


def _ranked(scores: Iterable[DepartmentScore]) -> tuple[DepartmentScore, ...]:
    def place(found: DepartmentScore) -> tuple[bool, float, str, int]:
        total = found.score.total
        return total is None, -float(total or 0), found.organisation, found.officer_id or 0

    return tuple(sorted(scores, key=place))
