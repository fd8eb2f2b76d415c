"""Follow a case by its number and tracking code, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import track as track_case
from yiwang.cases.contracts import PHASE_TEXTS, CaseNotFound, Tracked
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.rules.results import outcome_tag
from yiwang.portal.web.asking import asked, posted
from yiwang.portal.web.courses import course_of, holders_of, stops_of


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code by POST, so that the code stays out of addresses and logs."""
    if request.method != "POST":
        number = asked(request, "number", most=40).upper()
        return render(request, "portal/track.html", {"number": number})
    number, code = posted(request, "number", most=40).upper(), posted(request, "code", most=20).upper()
    try:
        found = track_case(number=number, code=code, at=timezone.now())
    except CaseNotFound:
        return render(request, "portal/track.html", {"number": number, "missed": True}, status=404)
    return render(request, "portal/track.html", _shown(found))


def _shown(found: Tracked) -> dict[str, object]:
    codes = {found.organisation, *(holder.organisation for holder in found.holders)}
    codes |= {event.organisation for event in found.timeline if event.organisation}
    names = organisation_names(codes)
    rows: list[dict[str, object]] = [
        {"key": Text("事项", "Service"), "value": found.type_title},
        {"key": Text("承办单位", "Handled by"), "value": names[found.organisation]},
        {
            "key": Text("状态", "State"),
            "value": outcome_tag(found.phase, found.outcome, PHASE_TEXTS[found.phase], found.result),
        },
        {"key": Text("收到时间", "Received"), "value": found.opened_at},
    ]
    if found.due_at is not None:
        rows.append({"key": Text("承诺办结时间", "Promised by"), "value": found.due_at})
    return {
        "number": found.number,
        "found": found,
        "rows": rows,
        "holders": holders_of(found.holders, names),
        "stops": stops_of(found.stops),
        "events": course_of(found.timeline, names, number=found.number),
    }
