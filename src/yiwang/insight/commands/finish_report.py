"""Keep the files of a report that the job has made."""

from __future__ import annotations

from datetime import datetime

from yiwang.insight.contracts import ReportState
from yiwang.insight.models import Report
from yiwang.insight.queries.reports import STEPS, owner_of, scope_of
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.platform.files import MEDIA_TYPES, keep


@command(operation="insight.report.make")
def finish_report(
    *, actor: Actor, at: datetime, report_id: int, xlsx: bytes, pdf: bytes, sealed_by: str
) -> bool:
    """Store both files and mark the report as ready; gives False if another run was first."""
    row = Report.objects.select_for_update().get(pk=report_id)
    permit(scope_of(row.organisation), subject=owner_of(row.pk))
    if row.state == ReportState.DONE:
        return False
    name = f"supervision-{row.month}{'-' + row.organisation if row.organisation else ''}"
    kept = {
        suffix: keep(
            content, name=f"{name}.{suffix}", media_type=MEDIA_TYPES[suffix], owner=owner_of(row.pk), at=at
        )
        for suffix, content in (("xlsx", xlsx), ("pdf", pdf))
    }
    row.xlsx_id, row.pdf_id = kept["xlsx"].pk, kept["pdf"].pk
    row.state, row.steps_done = ReportState.DONE, STEPS
    row.made_at, row.sealed_by, row.failure = at, sealed_by, ""
    row.save()
    note(xlsx=row.xlsx_id, pdf=row.pdf_id)
    return True
