"""Reconsiderations and suits about the answer to a request, as the register has them for table 4."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import case_for_officer, case_id_of
from yiwang.cases.contracts import CaseNotFound
from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.portal.disclosure.report.gathering import CHALLENGES, TYPE, challenges_of
from yiwang.portal.disclosure.rules.report_tables import FORUM_TEXTS, RULING_TEXTS

READ = "cases.case.read"
_PENDING = Text("尚未审结", "Pending")


@needs_officer(READ)
@require_safe
def show_challenges(request: HttpRequest, number: str) -> HttpResponse:
    """What was brought against the answer, and the way to the register where more is entered."""
    actor, at = actor_for(request), timezone.now()
    view = case_for_officer(actor=actor, case_id=case_id_of(number), at=at)
    if view.case.type_code != TYPE:
        raise CaseNotFound
    rows = [
        {
            "challenge": each,
            "forum": FORUM_TEXTS[each.forum],
            "ruling": RULING_TEXTS[each.ruling] if each.ruling is not None else _PENDING,
            "tone": "success" if each.ruling is not None else "warning",
        }
        for each in challenges_of(actor, view.case.number, at)
    ]
    context = {"number": view.case.number, "rows": rows, "register": CHALLENGES}
    return render(request, "portal/disclosure/challenges.html", context)
