"""Studies of layers: a form that needs no script, a table beside the map, and the same as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.keep_study import KEEP, keep_study
from yiwang.maps.analysis.contracts import Profile, ResultNotKept, Study, StudyAsked, StudyRefused
from yiwang.maps.analysis.profile_sheet import described, drawing, profile_pdf
from yiwang.maps.analysis.queries.results import register_of_results
from yiwang.maps.analysis.queries.studies import MOST_ROWS, make_study
from yiwang.maps.analysis.rules.studying import USES, read_study
from yiwang.maps.analysis.web.study_controls import controls, title_controls
from yiwang.maps.analysis.web.study_words import (
    csv_text,
    geojson,
    printed,
    table,
)
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.queries.layers import list_layers
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, TimeLimitReached
from yiwang.platform.web.context import city_name
from yiwang.platform.web.language import current_language

_REFUSALS = (StudyRefused, LayerNotFound, TimeLimitReached)
_TITLES, _LONGEST_TITLE = ("title_zh", "title_en"), 60
_NO_TITLE = Text("请填名称，至多60字", "Give a title of at most 60 characters")
#: Columns of figures that find room beside the form.
_MOST_BESIDE = 3
_NAMES = ("method", "layer", "other", "measured", "metres", "line", "area")


@needs_officer("registers.entry.list")
@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest) -> HttpResponse:
    """The form, and what was found where something was asked; ``format`` gives it as csv or geojson, a
    profile as pdf too.

    What was found is kept by a POST to the same address, which leads to the draft of its layer.
    """
    actor = actor_for(request)
    said = {name: request.GET.get(name, "") for name in _NAMES}
    asked, faults = read_study(said) if "method" in request.GET else (None, {})
    wanted = {name: request.POST.get(name, "").strip() for name in _TITLES}
    missing = {name: _NO_TITLE for name in _TITLES if not 0 < len(wanted[name]) <= _LONGEST_TITLE}
    if request.method == "POST" and asked is not None and not missing:
        title = Text(wanted["title_zh"], wanted["title_en"])
        kept, faults = _kept(actor, asked, title)
        if kept is not None:
            return redirect("layers:draft", kept)
    made, faults = _made(actor, asked) if asked is not None and not faults else (None, faults)
    form = request.GET.get("format", "")
    if made is not None and form in {"csv", "geojson"}:
        return _file(made, form)
    if made is not None and made.profile is not None and form == "pdf":
        return _sheet(made, made.profile, actor)
    query = request.GET.copy()
    query.pop("format", None)
    unfit = missing if request.method == "POST" else {}
    context = {
        "controls": controls(said, faults, list_layers(actor)),
        "keeping": title_controls(wanted, unfit) if made is not None and _may_keep(actor) else [],
        "study": made,
        "uses": {name: " ".join(sorted(methods)) for name, methods in USES.items()},
        "is_wide": made is not None and len(made.figures) > _MOST_BESIDE,
        "most": MOST_ROWS,
        "query": query.urlencode(),
        "layers": ",".join(dict.fromkeys(each for each in (said["other"], said["layer"]) if each)),
        "drawing": drawing(made, made.profile, current_language())
        if made is not None and made.profile is not None
        else "",
        "described": described(made.profile) if made is not None and made.profile is not None else None,
        **(table(made) if made is not None else {}),
    }
    return render(request, "maps/analysis/study.html", context, status=422 if faults or unfit else 200)


def _may_keep(actor: Actor) -> bool:
    return guard().may(actor, KEEP) and register_of_results(actor) is not None


def _kept(actor: Actor, asked: StudyAsked, title: Text) -> tuple[int | None, dict[str, Text]]:
    """The draft of the layer, or why there is none."""
    try:
        saved = keep_study(
            actor=actor, at=timezone.now(), asked=asked, title=title, language=current_language()
        )
    except ResultNotKept as refusal:
        return None, {"layer": refusal.sentence}
    except _REFUSALS as refusal:
        return None, _told(refusal, asked)
    return saved.draft, {}


def _made(actor: Actor, asked: StudyAsked) -> tuple[Study | None, dict[str, Text]]:
    try:
        return make_study(actor, asked, current_language()), {}
    except _REFUSALS as refusal:
        return None, _told(refusal, asked)


def _told(refusal: StudyRefused | LayerNotFound | TimeLimitReached, asked: StudyAsked) -> dict[str, Text]:
    """The refusal at its question."""
    if isinstance(refusal, StudyRefused):
        return {refusal.field: refusal.sentence}
    if isinstance(refusal, LayerNotFound):
        return {"other" if refusal.layer == asked.other else "layer": refusal.sentence}
    return {
        "area": Text(
            "十秒内算不完，请画出较小的范围", "This takes more than ten seconds; draw a smaller area"
        )
    }


def _sheet(made: Study, profile: Profile, actor: Actor) -> HttpResponse:
    """The profile on paper, with the same table."""
    language = current_language()
    shown = printed(made, language)
    body = profile_pdf(
        made,
        profile,
        heads=shown[0],
        rows=shown[1],
        language=language,
        city=city_name(),
        made_by=organisation_names({actor.organisation}).get(
            actor.organisation, Text(actor.organisation, actor.organisation)
        ),
        at=timezone.now(),
    )
    answer = HttpResponse(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{made.asked.method}-{made.asked.layer}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _file(made: Study, form: str) -> HttpResponse:
    if form == "csv":
        body = csv_text(made, current_language())
        answer = HttpResponse(body, content_type="text/csv; charset=utf-8")
        name = f"{made.asked.method}-{made.asked.layer}.csv"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        answer = JsonResponse(geojson(made), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
