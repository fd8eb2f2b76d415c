"""Note how far the making of a report has come, or that it failed."""

from __future__ import annotations

from datetime import datetime

from yiwang.insight.contracts import ReportState
from yiwang.insight.models import Report
from yiwang.insight.queries.reports import owner_of, scope_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor


@command(operation="insight.report.make")
def mark_report(*, actor: Actor, at: datetime, report_id: int, steps_done: int, failure: str = "") -> None:
    """Note the steps that are done, for whoever watches; ``failure`` is the code of what went wrong."""
    row = Report.objects.select_for_update().get(pk=report_id)
    permit(scope_of(row.organisation), subject=owner_of(row.pk))
    if row.state == ReportState.DONE:
        return
    row.state = ReportState.FAILED if failure else ReportState.MAKING
    row.steps_done, row.failure = steps_done, failure
    row.save()
    note(steps=steps_done, failure=failure)
