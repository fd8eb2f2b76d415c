"""Follow a case by its number and tracking code, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import track as track_case
from yiwang.cases.contracts import CaseNotFound, Tracked
from yiwang.identity.api import organisation_names


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code by POST, so that the code stays out of addresses and logs."""
    number = request.POST.get("number", request.GET.get("number", "")).strip().upper()[:40]
    code = request.POST.get("code", "").strip().upper()[:20]
    found: Tracked | None = None
    missed = False
    if request.method == "POST":
        try:
            found = track_case(number=number, code=code, at=timezone.now())
        except CaseNotFound:
            missed = True
    context: dict[str, object] = {"number": number, "found": found, "missed": missed}
    if found is not None:
        codes = {found.organisation, *(holder.organisation for holder in found.holders)}
        codes |= {event.organisation for event in found.timeline if event.organisation}
        names = organisation_names(codes)
        context["organisation"] = names.get(found.organisation, found.organisation)
        context["holders"] = [
            {"holder": holder, "organisation": names.get(holder.organisation, holder.organisation)}
            for holder in found.holders
        ]
        context["events"] = [
            {
                "title": event.sentence,
                "at": event.at,
                "by": names.get(event.organisation, "") if event.organisation else "",
            }
            for event in found.timeline
        ]
    return render(request, "portal/track.html", context, status=404 if missed else 200)
