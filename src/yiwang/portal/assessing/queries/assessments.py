"""Assessments within a reader's reach, and what is behind them."""

from __future__ import annotations

from datetime import date

from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.assessing.contracts import Assessment, Measured, NotAssessed, RemarkView
from yiwang.portal.assessing.definitions import Measure
from yiwang.portal.assessing.kinds import scheme_in_force
from yiwang.portal.assessing.models import Remark
from yiwang.portal.assessing.operations import READ
from yiwang.portal.assessing.queries.measuring import measured_in
from yiwang.portal.assessing.rules.assessing import assess
from yiwang.portal.assessing.rules.periods import Period


def assessments(actor: Actor, period: Period, *, on: date) -> tuple[Assessment, ...]:
    """Departments within reach of which anything was measured, the best first.

    Raises:
        NoAssessmentScheme: the city declares none.
    """
    scheme, measured = scheme_in_force(), measured_in(period, on=on)
    codes = {one.organisation for one in measured}
    found = [assess(code, measured, scheme) for code in sorted(codes) if _reaches(actor, code)]
    return tuple(sorted(found, key=lambda one: (one.total is None, -(one.total or 0), one.organisation)))


def assessment(actor: Actor, organisation: str, period: Period, *, on: date) -> Assessment:
    """One department's; raises NotAssessed where it is out of reach, NoAssessmentScheme."""
    if not _reaches(actor, organisation):
        raise NotAssessed
    return assess(organisation, measured_in(period, on=on), scheme_in_force())


def behind(
    actor: Actor, organisation: str, period: Period, measure: Measure, *, good: bool, on: date
) -> tuple[Measured, ...]:
    """The things behind a number, in the order of their days; raises NotAssessed."""
    if not _reaches(actor, organisation):
        raise NotAssessed
    found = (
        one
        for one in measured_in(period, on=on)
        if one.organisation == organisation and one.measure is measure and one.good is good
    )
    return tuple(sorted(found, key=lambda one: one.day))


def remarks(organisation: str, period: Period) -> tuple[RemarkView, ...]:
    """What was said to an assessment, the first first; who may see the score may read it."""
    rows = Remark.objects.filter(organisation=organisation, period=period.key).order_by("at", "pk")
    return tuple(
        RemarkView(organisation=row.by_organisation, name=row.by_name, at=row.at, body=row.body)
        for row in rows
    )


def _reaches(actor: Actor, organisation: str) -> bool:
    return guard().covers(actor, READ, Scope(organisations=(organisation,)))
