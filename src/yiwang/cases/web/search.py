"""Find cases by number, title or state, among those the officer may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases.api import applied_types, search
from yiwang.cases.contracts import PHASE_TEXTS, Phase
from yiwang.cases.web.presenting import PHASE_TONES, light_tag
from yiwang.identity.api import actor_for, needs_officer, organisation_names

_PER_PAGE = 30


@needs_officer("cases.case.read")
@require_safe
def show_search(request: HttpRequest) -> HttpResponse:
    """The list of cases found, newest first."""
    phase = request.GET.get("phase", "")
    asked = {key: request.GET.get(key, "")[:80] for key in ("q", "type", "phase", "organisation")}
    part = search(
        actor=actor_for(request),
        text=asked["q"],
        type_code=asked["type"],
        phase=Phase(phase) if phase in set(Phase) else None,
        organisation=asked["organisation"],
        at=timezone.now(),
        after=request.GET.get("after") or None,
        most=_PER_PAGE,
    )
    names = organisation_names({row.organisation for row in part.rows})
    context = {
        "asked": asked,
        "rows": [
            {
                "row": row,
                "organisation": names.get(row.organisation, row.organisation),
                "phase": PHASE_TEXTS[row.phase],
                "tone": PHASE_TONES[row.phase],
                "light": light_tag(row.light),
            }
            for row in part.rows
        ],
        "after": part.after,
        "types": applied_types(),
        "phases": PHASE_TEXTS.items(),
    }
    return render(request, "cases/search.html", context)
