"""Find cases by number, title or state, among those the officer may see."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.cases.api import applied_types, search
from yiwang.cases.contracts import PHASE_TEXTS, Phase
from yiwang.cases.web.presenting import PHASE_TONES, light_tag
from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.platform.web.private_search import PARAMETER, recall, remember

_PER_PAGE = 30
_FILTERS = ("type", "phase", "organisation")


@needs_officer("cases.case.read")
@require_http_methods(["GET", "HEAD", "POST"])
def show_search(request: HttpRequest) -> HttpResponse:
    """The list of cases found, newest first; words stay out of the address, for they may be a name."""
    if request.method == "POST":
        return remember(request, private=("q",), public=_FILTERS)
    phase = request.GET.get("phase", "")
    words = {key: request.GET.get(key, "") for key in ("q", *_FILTERS)} | recall(request)
    asked = {key: value[:80] for key, value in words.items()}
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
        "next": _address(request, after=part.after) if part.after else "",
        "chosen": _chosen(request, asked),
        "clear": request.path if _chosen(request, asked) else "",
        "types": applied_types(),
        "phases": PHASE_TEXTS.items(),
    }
    return render(request, "cases/search.html", context)


def _chosen(request: HttpRequest, asked: dict[str, str]) -> list[dict[str, object]]:
    """What the list is narrowed by, each with the address without it."""
    titles = {item.code: item.title for item in applied_types()}
    phase = PHASE_TEXTS.get(Phase(asked["phase"])) if asked["phase"] in set(Phase) else None
    names = organisation_names({asked["organisation"]}) if asked["organisation"] else {}
    said = (
        (f"“{asked['q']}”" if asked["q"] else None, ("q", PARAMETER)),
        (titles.get(asked["type"], asked["type"]) or None, ("type",)),
        (phase, ("phase",)),
        (names.get(asked["organisation"], asked["organisation"]) or None, ("organisation",)),
    )
    return [{"text": text, "href": _address(request, *without)} for text, without in said if text is not None]


def _address(request: HttpRequest, *without: str, after: str = "") -> str:
    query = {key: request.GET.get(key, "") for key in (*_FILTERS, PARAMETER, "q") if key not in without}
    kept = {key: value for key, value in (query | {"after": after}).items() if value}
    return f"?{urlencode(kept)}" if kept else request.path
