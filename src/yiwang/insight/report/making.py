"""Make a report that was asked for: count, write both files, seal, keep. Run by a job, safe to run twice."""

from __future__ import annotations

from datetime import datetime

import structlog

from yiwang.identity.api import organisation as known_organisation
from yiwang.insight.commands.finish_report import finish_report
from yiwang.insight.commands.mark_report import mark_report
from yiwang.insight.contracts import MonthNotReported, ReportState
from yiwang.insight.models import Report
from yiwang.insight.queries.reports import owner_of, scope_of
from yiwang.insight.report.as_document import REPORT, document_data
from yiwang.insight.report.as_workbook import TITLE, written
from yiwang.insight.report.content import ReportContent, gather
from yiwang.insight.rules.months import read_month
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor
from yiwang.trust.api import ensure_seal, issue, render

#: The office that answers for the report and whose seal it bears.
SUPERVISION = "supervision"
_MAKER = Actor.system("reports")
log = structlog.get_logger()


def make_report(*, report_id: int, at: datetime) -> bool:
    """Make it, with the rights of who asked; False if it is there already. A fault is noted and raised."""
    row = Report.objects.get(pk=report_id)
    if row.state == ReportState.DONE:
        return False
    try:
        return _made(row, at)
    except Exception as fault:
        reason = fault.code if isinstance(fault, YiwangError) else type(fault).__name__
        log.warning("insight.report_failed", report=report_id, reason=reason)
        mark_report(actor=_MAKER, at=at, report_id=report_id, steps_done=0, failure=reason)
        raise


def _made(row: Report, at: datetime) -> bool:
    month = read_month(row.month)
    if month is None:
        raise MonthNotReported(month=row.month)
    asker = Actor(
        kind="officer", account_id=row.asked_by, organisation=row.asked_from, roles=frozenset(row.roles)
    )

    def done(steps: int) -> None:
        mark_report(actor=_MAKER, at=at, report_id=row.pk, steps_done=steps)

    content = gather(actor=asker, month=month, organisation=row.organisation, at=at, done=done)
    done(4)
    xlsx = written(content)
    done(5)
    sealed = guard().covers(asker, "insight.report.seal", scope_of(row.organisation))
    pdf = _document(row, content, at, sealed=sealed)
    return finish_report(
        actor=_MAKER,
        at=at,
        report_id=row.pk,
        xlsx=xlsx,
        pdf=pdf,
        sealed_by=SUPERVISION if sealed else "",
    )


def _document(row: Report, content: ReportContent, at: datetime, *, sealed: bool) -> bytes:
    issuer = known_organisation(SUPERVISION if sealed else row.asked_from).name
    data = document_data(content, issuer=issuer, sealed=sealed)
    if not sealed:
        return render(REPORT, data).content
    ensure_seal(SUPERVISION, issuer, at=at)
    title = content.month.title
    reason = Text(f"{title.zh}{TITLE.zh}", f"{TITLE.en}, {title.en}")
    return issue(
        REPORT, data, organisation=SUPERVISION, subject=owner_of(row.pk), reason=reason, at=at
    ).content
