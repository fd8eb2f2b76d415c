"""A study in the background: how far it is, a way to stop it, and its result."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.begin_long_study import LONG
from yiwang.maps.analysis.commands.keep_study import keep_study
from yiwang.maps.analysis.commands.stop_long_study import stop_long_study
from yiwang.maps.analysis.contracts import LongState, ResultNotKept
from yiwang.maps.analysis.queries.long_studies import get_long_study
from yiwang.maps.analysis.web.long_words import STATES
from yiwang.maps.analysis.web.results import as_file, may_keep, shown
from yiwang.maps.analysis.web.studies import titles_of
from yiwang.maps.analysis.web.study_controls import title_controls
from yiwang.maps.analysis.web.study_words import METHOD_WORDS
from yiwang.platform.web.language import current_language


@needs_officer(LONG)
@require_http_methods(["GET", "HEAD", "POST"])
def long_study(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is, or what was found; ``format`` as for other studies. A POST stops or keeps it.

    Raises:
        LongStudyNotFound: none of this officer.
    """
    actor, here = actor_for(request), reverse("analysis:long", args=[number])
    if request.method == "POST" and request.POST.get("act") == "stop":
        stop_long_study(actor=actor, at=timezone.now(), study=number)
        return redirect(here)
    found = get_long_study(actor=actor, study=number)
    made = found.study
    file = as_file(made, request.GET.get("format", ""), actor) if made is not None else None
    if file is not None:
        return file
    wanted, unfit = titles_of(request)
    if request.method == "POST" and made is not None and not unfit:
        try:
            saved = keep_study(
                actor=actor,
                at=timezone.now(),
                asked=made.asked,
                title=Text(wanted["title_zh"], wanted["title_en"]),
                language=current_language(),
                long=number,
            )
            return redirect("layers:draft", saved.draft)
        except ResultNotKept as refusal:
            unfit = {"title_zh": refusal.sentence}
    unfit = unfit if request.method == "POST" else {}
    state, tone = STATES[found.state]
    is_part = bool(request.headers.get("HX-Request"))
    context = {
        "found": found,
        "method": METHOD_WORDS[found.asked.method],
        "state": state,
        "tone": tone,
        "running": found.state is LongState.WAITING,
        "outdated": found.state is LongState.OUTDATED,
        "ended": here if is_part and made is not None else "",
        "back": reverse("analysis:study"),
        "here": here,
        "address": f"{here}?",
        "keeping": title_controls(wanted, unfit) if made is not None and may_keep(actor) else [],
        **((shown(made) | {"is_wide": False}) if made is not None else {}),
    }
    name = "long_region" if is_part else "long"
    return render(request, f"maps/analysis/{name}.html", context, status=422 if unfit else 200)
