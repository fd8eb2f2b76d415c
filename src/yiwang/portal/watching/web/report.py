"""网站工作年度报表: counted row by row, completed and signed off by the publisher, then public."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.errors import FieldProblem, InvalidInput, YiwangError
from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Scope
from yiwang.platform.web.controls import Control
from yiwang.platform.web.language import say
from yiwang.platform.web.refusals import tell
from yiwang.platform.workbooks import SheetRows, written
from yiwang.portal.publishing.rules.yearly_report import REPORT_ROWS, report_due
from yiwang.portal.sites.api import find_page, get_site
from yiwang.portal.sites.contracts import SiteView
from yiwang.portal.sites.web.forms import told
from yiwang.portal.sites.web.shown import frame
from yiwang.portal.watching import api
from yiwang.portal.watching.rules.yearly import MEAN, NOT_COUNTED, figures_of, rows_behind

_FIRST_YEAR, _SHOWN = 2018, 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TITLE = Text("政府网站工作年度报表（{year}年度）", "Yearly report of the site, {year}")
_UNKNOWN = Text("未统计", "Not counted")
_SOURCES = {
    "counted": Text("平台统计", "Counted here"),
    "given": Text("网站填报", "Given by the site"),
    "none": Text("本平台不统计", "Nothing here counts it"),
}
#: The rule counts in tenths of a day, people read days.
_MEAN_IN_DAYS = Text("平均办理时间（天）", "Mean time to close (days)")
_SIGNED = Text("已签发，公众可以查阅。", "Signed off; the public can read it.")
_NUMBER = Text("请填写不小于0的整数，不清楚的留空", "Give a whole number from 0 on, or leave it empty")
_COLUMNS = (
    {"key": "name", "label": Text("项目", "Item"), "head": True},
    {"key": "value", "label": Text("数量", "Figure"), "numeric": True},
)
_BEHIND = (
    {"key": "title", "label": Text("名称", "Name"), "head": True},
    {"key": "note", "label": Text("日期", "Day"), "nowrap": True},
    {"key": "adds", "label": Text("计入", "Adds"), "numeric": True},
)


@needs_officer(api.READ)
@require_safe
def choose_year(request: HttpRequest, site: str) -> HttpResponse:
    """The report that is due: last year's goes out by 31 January."""
    return redirect("watching:report", site, timezone.localdate().year - 1)


@needs_officer(api.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def show_report(request: HttpRequest, site: str, year: int) -> HttpResponse:
    """The report as it is counted now, or as it was signed off; a POST signs it off."""
    found, this_year = _asked(request, site, year), timezone.localdate().year
    signed = api.signed_report(site, year)
    controls = _controls(request)
    problems: tuple[FieldProblem, ...] = ()
    if request.method == "POST":
        try:
            given = _given(request)
            api.sign_report(actor=actor_for(request), at=timezone.now(), site=site, year=year, given=given)
        except InvalidInput as refused:
            problems = refused.problems
        except YiwangError as refused:
            tell(request, refused)
            return redirect("watching:report", site, year)
        else:
            messages.success(request, say(_SIGNED))
            return redirect("watching:report", site, year)
    covers = guard().covers(actor_for(request), api.SIGN, Scope(organisations=(found.organisation,)))
    figures = signed.figures if signed else figures_of(api.known_of(found, year), year)
    context = {
        "site": found,
        "year": year,
        "title": _TITLE.fill(year=year),
        "due": report_due(year),
        "years": [
            {
                "text": f"{one}",
                "href": reverse("watching:report", args=[site, one]),
                "current": one == year,
            }
            for one in range(this_year, max(this_year - _SHOWN, _FIRST_YEAR - 1), -1)
        ],
        "columns": _COLUMNS,
        "parts": _parts(figures, signed.given if signed else (), site if not signed else "", year),
        "signed": signed,
        "file": reverse("watching:report_file", args=[site, year]),
        "may_sign": covers and signed is None and year < this_year,
        "is_over": year < this_year,
        "controls": told(controls, problems),
    }
    return render(request, "watching/report.html", context, status=422 if problems else 200)


@needs_officer(api.READ)
@require_safe
def show_rows(request: HttpRequest, site: str, year: int, figure: str) -> HttpResponse:
    """What is behind one figure, thing by thing."""
    found = _asked(request, site, year)
    if figure not in REPORT_ROWS or figure in NOT_COUNTED:
        raise Http404
    known = api.known_of(found, year)
    behind = rows_behind(known, figure, year)
    context = {
        "site": found,
        "year": year,
        "name": _MEAN_IN_DAYS if figure == MEAN else REPORT_ROWS[figure].name,
        "value": _shown(figure, figures_of(known, year)[figure]),
        "columns": _BEHIND,
        "rows": [
            {"title": {"text": one.title, "href": one.href}, "note": one.note or "—", "adds": f"{adds}"}
            for one, adds in behind
        ],
        "back": reverse("watching:report", args=[site, year]),
    }
    return render(request, "watching/report_rows.html", context)


@needs_officer(api.READ)
@require_safe
def have_file(request: HttpRequest, site: str, year: int) -> HttpResponse:
    """The report as a workbook."""
    found = _asked(request, site, year)
    signed = api.signed_report(site, year)
    figures = signed.figures if signed else figures_of(api.known_of(found, year), year)
    return _file(found, year, figures, signed.given if signed else ())


@require_safe
def show_public(request: HttpRequest, site: str, year: int) -> HttpResponse:
    """The signed report on the site."""
    found = get_site(site)
    signed = api.get_signed(site, year)
    context = frame(request, found, find_page(site, "")) | {
        "title": _TITLE.fill(year=year),
        "columns": _COLUMNS,
        "parts": _parts(signed.figures, signed.given, "", year),
        "signed": signed,
        "year": year,
        "file": reverse("site_reports:file", args=[site, year]),
    }
    return render(request, "watching/public_report.html", context)


@require_safe
def have_public_file(request: HttpRequest, site: str, year: int) -> HttpResponse:
    """The signed report as a workbook."""
    signed = api.get_signed(site, year)
    return _file(get_site(site), year, signed.figures, signed.given)


def _asked(request: HttpRequest, site: str, year: int) -> SiteView:
    if not _FIRST_YEAR <= year <= timezone.localdate().year:
        raise Http404
    return api.watched_site(actor_for(request), site)


def _parts(
    figures: Mapping[str, int], given: tuple[str, ...] | list[str], site: str, year: int
) -> list[dict[str, object]]:
    """The parts of the report with their rows; figures lead to what is behind them where a site is given."""
    parts: dict[Text, list[dict[str, object]]] = {}
    for key, row in REPORT_ROWS.items():
        value = figures.get(key)
        source = "none" if value is None else "given" if key in given else "counted"
        linked = bool(site and value and source == "counted")
        shown = {
            "text": _UNKNOWN if value is None else _shown(key, value),
            "href": reverse("watching:report_rows", args=[site, year, key]) if linked else "",
        }
        name = _MEAN_IN_DAYS if key == MEAN else row.name
        line = {"name": {"text": name, "note": _SOURCES[source]}, "value": shown}
        parts.setdefault(row.part, []).append(line)
    return [{"title": title, "rows": rows} for title, rows in parts.items()]


def _shown(key: str, value: int) -> str:
    return f"{value // 10}.{value % 10}" if key == MEAN else f"{value:,}"


def _controls(request: HttpRequest) -> list[Control]:
    return [
        Control(
            kind="text",
            name=key,
            label=row.name,
            value=request.POST.get(key, ""),
            max_length=10,
            width=10,
            required=False,
        )
        for key, row in REPORT_ROWS.items()
        if key in NOT_COUNTED
    ]


def _given(request: HttpRequest) -> dict[str, int]:
    """The figures that were typed; raises InvalidInput."""
    typed = {key: request.POST.get(key, "").strip() for key in REPORT_ROWS if key in NOT_COUNTED}
    wrong = [key for key, text in typed.items() if text and not (text.isascii() and text.isdigit())]
    if wrong:
        raise InvalidInput(problems=tuple(FieldProblem(key, _NUMBER) for key in wrong))
    return {key: int(text) for key, text in typed.items() if text}


def _file(
    site: SiteView, year: int, figures: Mapping[str, int], given: tuple[str, ...] | list[str]
) -> HttpResponse:
    rows: list[list[object]] = [[say(site.title)], [say(_TITLE.fill(year=year))]]
    for part in _parts(figures, given, "", year):
        rows += _lines(part)
    content = written([SheetRows(name=f"{year}", rows=rows)])
    answer = HttpResponse(content, content_type=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{site.code}-{year}.xlsx"'
    return answer


def _lines(part: dict[str, object]) -> list[list[object]]:
    lines, title = list[list[object]](), part["title"]
    rows = part["rows"]
    for row in rows if isinstance(rows, list) else []:
        text = row["value"]["text"]
        value = text if isinstance(text, str) else say(text)
        digits = value.replace(",", "")
        cell: object = int(digits) if digits.isdigit() else value
        name, source = (say(row["name"][part]) for part in ("text", "note"))
        lines.append([say(title) if isinstance(title, Text) else "", name, cell, source])
    return lines
