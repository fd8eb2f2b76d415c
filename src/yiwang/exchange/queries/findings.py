"""What the watch found, the undecided first."""

from __future__ import annotations

from django.db.models import F

from yiwang.exchange.attention import FindingInfo, Verdict
from yiwang.exchange.models import Finding
from yiwang.exchange.rules.watch import sentence
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

DECIDE = "exchange.finding.decide"
MOST = 200


def may_decide_findings(actor: Actor) -> bool:
    """Whether an officer watches over looks."""
    return guard().may(actor, DECIDE)


def info_of(row: Finding) -> FindingInfo:
    """A finding's row as others see it."""
    return FindingInfo(
        id=row.pk,
        rule=row.rule,
        sentence=sentence(row.rule, row.figures),
        account_id=row.account_id,
        organisation=row.organisation,
        purpose=row.purpose,
        since=row.since,
        figures=row.figures,
        first_trace=row.first_trace,
        last_trace=row.last_trace,
        found_at=row.found_at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        words=row.words,
    )


def list_findings(*, actor: Actor) -> list[FindingInfo]:
    """Give what a watcher decides: over the whole city, or of the own organisation."""
    found = Finding.objects.order_by(F("decided_at").desc(nulls_first=True), "-id")
    if not guard().covers(actor, DECIDE, Scope()):
        found = found.filter(organisation=actor.organisation)
    return [info_of(row) for row in found[:MOST]]
