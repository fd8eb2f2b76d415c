"""Published results, live; and the check of a licence that anyone can make."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import check_licence, recent_results
from yiwang.cases.contracts import LicenceCheck, LicenceNotFound, LicenceState
from yiwang.identity.api import organisation_names

_PER_PAGE = 30


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Decisions as they are made, newest first; names of persons are masked."""
    part = recent_results(
        type_code=request.GET.get("type", "")[:60], after=request.GET.get("after") or None, most=_PER_PAGE
    )
    names = organisation_names({row.organisation for row in part.rows})
    rows = [{"row": row, "organisation": names.get(row.organisation, row.organisation)} for row in part.rows]
    return render(request, "portal/results.html", {"rows": rows, "after": part.after})


@require_safe
def licence_check(request: HttpRequest) -> HttpResponse:
    """Ask for the code printed on a licence."""
    code = request.GET.get("code", "").strip().upper()[:40]
    return licence(request, code) if code else render(request, "portal/licence_check.html", {})


@require_safe
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """What the city knows of a licence by its verification code (the address in the QR code)."""
    found: LicenceCheck | None
    try:
        found = check_licence(verification_code=code.upper())
    except LicenceNotFound:
        found = None
    context: dict[str, object] = {"code": code, "found": found, "asked": True}
    if found is not None:
        names = organisation_names({found.organisation})
        today = timezone.localdate()
        context["organisation"] = names.get(found.organisation, found.organisation)
        context["expired"] = found.valid_to is not None and found.valid_to < today
        context["valid"] = found.state is LicenceState.VALID and not context["expired"]
    return render(request, "portal/licence_check.html", context, status=200 if found else 404)
