"""Monthly reports: who may see which, and their files."""

from __future__ import annotations

from yiwang.insight.contracts import ReportFile, ReportNotFound, ReportNotReady, ReportState, ReportView
from yiwang.insight.models import Report
from yiwang.insight.rules.months import read_month
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.models import StoredFile

ASK = "insight.report.ask"
#: Into how many steps making a report is divided, for its progress bar.
STEPS = 6


def scope_of(organisation: str) -> Scope:
    """The scope of a report: an organisation's, or the whole city's, which only a city's role reaches."""
    return Scope(organisations=(organisation,)) if organisation else Scope()


def reach_of(actor: Actor) -> str:
    """What a report that this reader asks for covers: the whole city (empty), or the own organisation."""
    return "" if guard().covers(actor, ASK, Scope()) else actor.organisation


def reports(*, actor: Actor, most: int = 24) -> tuple[ReportView, ...]:
    """The reports that the reader may have, latest first."""
    found = []
    for row in Report.objects.order_by("-asked_at", "-id"):
        if guard().covers(actor, ASK, scope_of(row.organisation)):
            found.append(row)
        if len(found) == most:
            break
    sizes = _sizes(found)
    return tuple(view_of(row, sizes) for row in found)


def report(*, actor: Actor, report_id: int) -> ReportView:
    """Give one report, or raise ReportNotFound."""
    row = _readable(actor, report_id)
    return view_of(row, _sizes([row]))


def report_file(*, actor: Actor, report_id: int, form: ReportFile) -> StoredFile:
    """Give the file of a report.

    Raises:
        ReportNotFound: there is none, or it is not for this reader.
        ReportNotReady: it is still being made, or could not be made.
    """
    row = _readable(actor, report_id)
    file_id = row.xlsx_id if form is ReportFile.XLSX else row.pdf_id
    if row.state != ReportState.DONE or file_id is None:
        raise ReportNotReady
    return StoredFile.objects.get(pk=file_id, owner=owner_of(row.pk))


def owner_of(report_id: int) -> str:
    """How files and seals name a report."""
    return f"report:{report_id}"


def view_of(row: Report, sizes: dict[int, int]) -> ReportView:
    """A report as pages show it."""
    month = read_month(row.month)
    return ReportView(
        id=row.pk,
        month=row.month,
        month_title=month.title if month else Text(row.month, row.month),
        organisation=row.organisation,
        state=ReportState(row.state),
        steps_done=row.steps_done,
        steps=STEPS,
        sealed=bool(row.sealed_by),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        made_at=row.made_at,
        size_xlsx=sizes.get(row.xlsx_id or 0, 0),
        size_pdf=sizes.get(row.pdf_id or 0, 0),
    )


def _readable(actor: Actor, report_id: int) -> Report:
    row = Report.objects.filter(pk=report_id).first()
    if row is None or not guard().covers(actor, ASK, scope_of(row.organisation)):
        raise ReportNotFound
    return row


def _sizes(rows: list[Report]) -> dict[int, int]:
    ids = [file_id for row in rows for file_id in (row.xlsx_id, row.pdf_id) if file_id is not None]
    return dict(StoredFile.objects.filter(pk__in=ids).values_list("id", "size"))
