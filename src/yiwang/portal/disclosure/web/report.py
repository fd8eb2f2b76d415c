"""The annual report: tables with the cases behind each number, what doesn't agree, and its files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Language, Text
from yiwang.platform.web.language import current_language
from yiwang.portal.disclosure.report.content import AnnualReport, Grid, GridCell
from yiwang.portal.disclosure.report.files import as_document, as_workbook
from yiwang.portal.disclosure.report.gathering import ZONE, annual_report
from yiwang.portal.disclosure.rules.report_tables import (
    APPLICANT_TEXTS,
    FORUM_TEXTS,
    LINE_TEXTS,
    RULING_TEXTS,
)
from yiwang.portal.disclosure.web.report_heads import heads_of

READ = "cases.case.read"
#: The Regulation has been in force since 2008.
_FIRST_YEAR = 2008
_SHOWN_YEARS = 6
_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
_WORDS: dict[str, Text] = {**LINE_TEXTS, **APPLICANT_TEXTS, **FORUM_TEXTS, **RULING_TEXTS}


@needs_officer(READ)
@require_safe
def choose_year(_: HttpRequest) -> HttpResponse:
    """The report that is due: the law wants last year's by 31 January (Art. 49)."""
    return redirect("disclosure:report", timezone.now().astimezone(ZONE).year - 1)


@needs_officer(READ)
@require_safe
def show_report(request: HttpRequest, year: int) -> HttpResponse:
    """All six parts."""
    report = _report(request, year)
    this_year = timezone.now().astimezone(ZONE).year
    query = _query(organisation=report.organisation)
    context = {
        "report": report,
        "parts": _parts(report, linked=True),
        "years": range(this_year, max(this_year - _SHOWN_YEARS, _FIRST_YEAR - 1), -1),
        "files": [
            (form.upper(), reverse("disclosure:report_file", args=(year, form)) + query) for form in _KINDS
        ],
        "units": [
            (unit, reverse("disclosure:report", args=(year,)) + _query(organisation=unit.code))
            for unit in report.units
        ],
        "faults": [(_WORDS[fault.column], fault.sentence, fault.numbers[:20]) for fault in report.faults],
    }
    return render(request, "portal/disclosure/report.html", context)


@needs_officer(READ)
@require_safe
def show_cases(request: HttpRequest, year: int) -> HttpResponse:
    """The cases behind one number of table 3 or 4."""
    report = _report(request, year)
    row, column = request.GET.get("row", ""), request.GET.get("column", "")
    of_challenges = request.GET.get("table") == "challenges"
    table = report.challenges if of_challenges else report.requests
    if row not in (RULING_TEXTS if of_challenges else LINE_TEXTS) or column not in ("", *table.columns):
        raise Http404
    context = {
        "report": report,
        "row": _WORDS[row],
        "column": _WORDS[column] if column else Text("总计", "Total"),
        "numbers": table.numbers(row, column),
        "are_cases": not of_challenges,
        "back": reverse("disclosure:report", args=(year,)) + _query(organisation=report.organisation),
    }
    return render(request, "portal/disclosure/report_cases.html", context)


@needs_officer(READ)
@require_safe
def have_file(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The report as a workbook, a document or a page."""
    if form not in _KINDS:
        raise Http404
    report = _report(request, year)
    language: Language = "zh" if current_language() == "zh" else "en"
    if form == "xlsx":
        content = as_workbook(report, language)
    elif form == "docx":
        content = as_document(report, language)
    else:
        context = {"report": report, "parts": _parts(report, linked=False)}
        content = render_to_string("portal/disclosure/report_file.html", context, request).encode()
    answer = HttpResponse(content, content_type=_KINDS[form])
    name = f"disclosure-{report.organisation or 'all'}-{year}.{form}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _report(request: HttpRequest, year: int) -> AnnualReport:
    now = timezone.now()
    if not _FIRST_YEAR <= year <= now.astimezone(ZONE).year:
        raise Http404
    organisation = request.GET.get("organisation", "")[:60]
    return annual_report(actor=actor_for(request), year=year, at=now, organisation=organisation)


def _parts(report: AnnualReport, *, linked: bool) -> list[dict[str, object]]:
    return [
        {
            "title": part.title,
            "paragraphs": [
                words if isinstance(words, Text) else Text(words, words) for words in part.paragraphs
            ],
            "grids": [_grid(report, grid, linked=linked) for grid in part.grids],
        }
        for part in report.parts
    ]


def _grid(report: AnnualReport, grid: Grid, *, linked: bool) -> dict[str, object]:
    address = reverse("disclosure:report_cases", args=(report.year,))
    heads = heads_of(grid)
    return {
        "key": grid.key,
        "title": grid.title,
        "label": grid.label,
        "heads": heads.lines,
        "grouped": any(row.group is not None for row in grid.rows),
        "rows": [
            {
                "row": row,
                "alone": row.group is None and row.total,
                "cells": [
                    _cell(report, grid, cell, address if linked else "") | {"under": f"{across} {down}"}
                    for cell, down in zip(row.cells, heads.of_columns, strict=True)
                ],
            }
            for row, across in zip(grid.rows, heads.of_rows, strict=True)
        ],
    }


def _cell(report: AnnualReport, grid: Grid, cell: GridCell, address: str) -> dict[str, object]:
    words = cell.value if isinstance(cell.value, Text) else Text(str(cell.value), str(cell.value))
    if not (address and cell.row and cell.value):
        return {"words": words, "href": ""}
    asked = {"row": cell.row, "column": cell.column, "organisation": report.organisation}
    if grid.key == "challenges":
        asked["table"] = grid.key
    return {"words": words, "href": address + _query(**asked)}


def _query(**asked: str) -> str:
    given = {key: value for key, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""
