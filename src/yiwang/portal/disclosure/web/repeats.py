"""What the same applicant asked before, and whether it is more than is reasonable (Art. 35 and 36)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.cases.api import cases_of_same_applicant
from yiwang.cases.contracts import SpanCase
from yiwang.identity.api import actor_for, needs_officer
from yiwang.portal.disclosure.report.gathering import ZONE
from yiwang.portal.disclosure.rules.repeats import Likeness, Request, earlier_requests, striking

READ = "cases.case.read"
#: Answers that say what is wanted, and those that tell who asks without an account.
_WANTED = ("subject", "document_code", "description")
_KNOWN_BY = ("resident_id", "credit_code", "document_number")
_TONES = {Likeness.SAME: "warning", Likeness.SIMILAR: "info"}


@needs_officer(READ)
@require_safe
def show_repeats(request: HttpRequest, number: str) -> HttpResponse:
    """Earlier requests that are the same or similar, and striking frequencies with their reasons."""
    case, others = cases_of_same_applicant(
        actor=actor_for(request), number=number, said=_WANTED, known_by=_KNOWN_BY
    )
    asked, before = _asked(case), [_asked(other) for other in others]
    titles = {other.number: other.said.get("subject", "") or other.title for other in others}
    context = {
        "number": case.number,
        "count": len(others),
        "found": [
            {
                "near": near,
                "title": titles[near.request.number],
                "percent": int(near.score * 100),
                "tone": _TONES[near.likeness],
            }
            for near in earlier_requests(asked, before)
        ],
        "striking": striking(asked, before),
    }
    return render(request, "portal/disclosure/repeats.html", context)


def _asked(case: SpanCase) -> Request:
    return Request(
        number=case.number,
        received=case.received_at.astimezone(ZONE).date(),
        wanted=" ".join(case.said.get(key, "") for key in _WANTED),
        answered=case.ended_at.astimezone(ZONE).date() if case.ended_at is not None else None,
    )
