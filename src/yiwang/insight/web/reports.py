"""Monthly reports: asking for one, watching it being made, having its files."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from yiwang.identity.api import account_names, actor_for, find_organisation, needs_officer
from yiwang.insight.api import ask_report, reach_of, report, report_file, reports
from yiwang.insight.contracts import (
    REPORT_STATE_TEXTS,
    MonthNotReported,
    ReportFile,
    ReportState,
    ReportView,
)
from yiwang.insight.rules.months import month_of, read_month
from yiwang.insight.web.asking import link, month_options
from yiwang.insight.web.rows import Row
from yiwang.kernel.text import Text
from yiwang.platform.http.downloads import download

ASK = "insight.report.ask"
_CITY = Text("全市", "The whole city")
_TONES = {
    ReportState.WAITING: "neutral",
    ReportState.MAKING: "progress",
    ReportState.DONE: "success",
    ReportState.FAILED: "danger",
}
COLUMNS: list[Row] = [
    {"key": "month", "label": Text("月份", "Month"), "head": True},
    {"key": "scope", "label": Text("范围", "About")},
    {"key": "state", "label": Text("状态", "State")},
    {"key": "by", "label": Text("制作人", "Asked by")},
    {"key": "at", "label": Text("申请时间", "Asked"), "nowrap": True},
]


@needs_officer(ASK)
@require_safe
def show_reports(request: HttpRequest) -> HttpResponse:
    """The reports that the reader may have, and the way to a new one."""
    actor, at = actor_for(request), timezone.now()
    found = reports(actor=actor)
    people = account_names([row.asked_by for row in found if row.asked_by is not None])
    context = {
        "months": month_options(at),
        "present": month_of(at).previous.key,
        "scope": _scope(reach_of(actor)),
        "columns": COLUMNS,
        "rows": [
            {
                "month": {"text": row.month_title, "href": link("report", row.id)},
                "scope": _scope(row.organisation),
                "state": {"text": REPORT_STATE_TEXTS[row.state], "tone": _TONES[row.state]},
                "by": people.get(row.asked_by or 0, ""),
                "at": row.asked_at,
            }
            for row in found
        ],
    }
    return render(request, "insight/reports.html", context)


@needs_officer(ASK)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the report of a month over what the officer sees."""
    written = request.POST.get("month", "")[:7]
    month = read_month(written)
    if month is None:
        raise MonthNotReported(month=written)
    report_id = ask_report(actor=actor_for(request), at=timezone.now(), month=month)
    return redirect("supervision:report", report_id)


@needs_officer(ASK)
@require_safe
@vary_on_headers("HX-Request")
def show_report(request: HttpRequest, report_id: int) -> HttpResponse:
    """How far a report has come, and its files; the page asks again by itself while it is being made."""
    found = report(actor=actor_for(request), report_id=report_id)
    context = {
        "report": found,
        "scope": _scope(found.organisation),
        "state": REPORT_STATE_TEXTS[found.state],
        "tone": _TONES[found.state],
        "making": found.state in {ReportState.WAITING, ReportState.MAKING},
        "files": _files(found),
    }
    region = request.headers.get("HX-Request") == "true"
    return render(request, "insight/report_region.html" if region else "insight/report.html", context)


@needs_officer(ASK)
@require_safe
def have_file(request: HttpRequest, report_id: int, form: str) -> FileResponse:
    """The workbook or the document."""
    if form not in set(ReportFile):
        raise Http404
    stored = report_file(actor=actor_for(request), report_id=report_id, form=ReportFile(form))
    return download(stored)


def _files(found: ReportView) -> list[Row]:
    if found.state is not ReportState.DONE:
        return []
    sealed = Text("文书（PDF，已用印）", "Document (PDF, sealed)")
    unsealed = Text("文书（PDF，未用印）", "Document (PDF, not sealed)")
    return [
        {
            "title": sealed if found.sealed else unsealed,
            "href": link("report_file", found.id, "pdf"),
            "bytes": found.size_pdf,
        },
        {
            "title": Text("电子表格（XLSX）", "Workbook (XLSX)"),
            "href": link("report_file", found.id, "xlsx"),
            "bytes": found.size_xlsx,
        },
    ]


def _scope(code: str) -> Text:
    found = find_organisation(code) if code else None
    return found.short_name if found is not None else _CITY
