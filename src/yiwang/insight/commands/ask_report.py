"""Ask for a monthly report; a job makes it."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app as jobs

from yiwang.insight.contracts import MonthNotReported, ReportState
from yiwang.insight.models import Report
from yiwang.insight.queries.reports import reach_of, scope_of
from yiwang.insight.rules.months import Month, month_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor

#: Name of the job that makes a report; ``tasks.py`` defines it. It is deferred in the act's transaction.
MAKE_REPORT = "yiwang.insight.make_report"


@command(operation="insight.report.ask")
def ask_report(*, actor: Actor, at: datetime, month: Month) -> int:
    """Ask for the report of a month over all that the actor sees; gives the id of it.

    One that is being made for the same month and reach is given again, so two clicks make one report.

    Raises:
        MonthNotReported: the month has not begun.
    """
    organisation = reach_of(actor)
    permit(scope_of(organisation), subject=f"report:{month.key}")
    if month > month_of(at):
        raise MonthNotReported(month=month.key)
    making = Report.objects.filter(
        month=month.key, organisation=organisation, state__in=[ReportState.WAITING, ReportState.MAKING]
    ).first()
    if making is not None:
        note(report=making.pk, again=True)
        return making.pk
    made = Report.objects.create(
        month=month.key,
        organisation=organisation,
        asked_by=actor.account_id or 0,
        asked_from=actor.organisation,
        roles=sorted(actor.roles),
        asked_at=at,
    )
    note(report=made.pk)
    jobs.configure_task(MAKE_REPORT, queueing_lock=f"report:{made.pk}").defer(report_id=made.pk)
    return made.pk
