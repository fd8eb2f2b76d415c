"""The front page, the departments and the notices."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import department_figures
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import by_department
from yiwang.portal.queries.front_page import front_page
from yiwang.portal.queries.notices import notice as find_notice
from yiwang.portal.queries.notices import notices as all_notices
from yiwang.portal.rules.figures import rate
from yiwang.portal.web.ways import SITE

_FIGURES_DAYS = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The city's front page, with live figures."""
    return render(request, "portal/home.html", {"home": front_page(SITE, at=timezone.localtime())})


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """Every department: its services, and how it has handled cases in the last thirty days."""
    at = timezone.now()
    since = at - timedelta(days=_FIGURES_DAYS)
    figures = {row.organisation: row for row in department_figures(since=since)}
    services = by_department()
    names = organisation_names(set(figures) | set(services))
    rows = [
        {
            "department": {"text": names.get(code, Text(code, code)), "href": SITE.services(body=code)}
            if code in services
            else names.get(code, Text(code, code)),
            "services": services.get(code, 0),
            "open": row.open if (row := figures.get(code)) else 0,
            "decided": row.decided if row else 0,
            "on_time": f"{rate(row.on_time, row.timed):.1f}%" if row and row.timed else "—",
        }
        for code in sorted(set(services) | set(figures), key=lambda code: (-services.get(code, 0), code))
    ]
    columns = [
        {"key": "department", "label": Text("部门", "Department"), "head": True},
        {"key": "services", "label": Text("事项", "Services"), "numeric": True},
        {"key": "open", "label": Text("在办", "In hand"), "numeric": True},
        {"key": "decided", "label": Text("近30天办结", "Decided in 30 days"), "numeric": True},
        {"key": "on_time", "label": Text("按承诺时限", "Within the promise"), "numeric": True},
    ]
    context = {"columns": columns, "rows": rows, "at": at, "total": len(services)}
    return render(request, "portal/departments.html", context)


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """All notices, the latest first."""
    found = all_notices()
    names = organisation_names({notice.issuer for notice in found})
    rows = [{"notice": notice, "issuer": names.get(notice.issuer, notice.issuer)} for notice in found]
    return render(request, "portal/notices.html", {"rows": rows})


@require_safe
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """One notice."""
    found = find_notice(code)
    names = organisation_names({found.issuer})
    context = {"notice": found, "issuer": names.get(found.issuer, found.issuer)}
    return render(request, "portal/notice.html", context)
