"""Studies of layers: a form that needs no script, a table beside the map, and the same as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.maps.analysis.commands.begin_long_study import LONG, begin_long_study
from yiwang.maps.analysis.commands.keep_study import keep_study
from yiwang.maps.analysis.contracts import (
    ResultNotKept,
    Study,
    StudyAsked,
    StudyIsLong,
    StudyRefused,
    TooManyStudies,
)
from yiwang.maps.analysis.queries.long_studies import list_long_studies
from yiwang.maps.analysis.queries.studies import make_study
from yiwang.maps.analysis.queries.study_limits import IN_PARTS
from yiwang.maps.analysis.queries.study_statements import MOST_ENTRIES
from yiwang.maps.analysis.rules.studying import USES, read_study
from yiwang.maps.analysis.web.long_words import STATES
from yiwang.maps.analysis.web.results import as_file, may_keep, shown
from yiwang.maps.analysis.web.study_controls import controls, title_controls
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.queries.layers import list_layers
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, TimeLimitReached
from yiwang.platform.web.language import current_language

_REFUSALS = (StudyRefused, LayerNotFound, TimeLimitReached, TooManyStudies)
TITLES, _LONGEST_TITLE = ("title_zh", "title_en"), 60
_NO_TITLE = Text("请填名称，至多60字", "Give a title of at most 60 characters")
_NAMES = ("method", "layer", "other", "measured", "metres", "minutes", "line", "area")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A result, or why there is none, by question; ``is_long``: it can be made in the background."""

    study: Study | None = None
    faults: Mapping[str, Text] = field(default_factory=dict)
    is_long: bool = False


@needs_officer("registers.entry.list")
@require_http_methods(["GET", "HEAD", "POST"])
def study(request: HttpRequest) -> HttpResponse:
    """The form, and what was found where something was asked; ``format`` gives it as csv or geojson, a
    profile as pdf too.

    A POST to the same address keeps what was found, which leads to the draft of its layer, or has it made in
    the background (``act=later``).
    """
    actor = actor_for(request)
    said = {name: request.GET.get(name, "") for name in _NAMES}
    asked, faults = read_study(said) if "method" in request.GET else (None, {})
    wanted, missing = titles_of(request)
    if request.method == "POST" and asked is not None and request.POST.get("act") == "later":
        begun, faults = _begun(actor, asked)
        if begun is not None:
            return redirect("analysis:long", begun)
        missing = {}
    elif request.method == "POST" and asked is not None and not missing:
        kept, faults = _kept(actor, asked, Text(wanted["title_zh"], wanted["title_en"]))
        if kept is not None:
            return redirect("layers:draft", kept)
    made = _made(actor, asked) if asked is not None and not faults else _Made(faults=faults)
    file = as_file(made.study, request.GET.get("format", ""), actor) if made.study is not None else None
    if file is not None:
        return file
    unfit = missing if request.method == "POST" else {}
    return _page(request, actor, made, said=said, wanted=wanted, unfit=unfit)


def _page(
    request: HttpRequest,
    actor: Actor,
    made: _Made,
    *,
    said: Mapping[str, str],
    wanted: Mapping[str, str],
    unfit: Mapping[str, Text],
) -> HttpResponse:
    query = request.GET.copy()
    query.pop("format", None)
    here = f"{reverse('analysis:study')}?{query.urlencode()}"
    context = {
        "controls": controls(said, made.faults, list_layers(actor)),
        "keeping": title_controls(wanted, unfit) if made.study is not None and may_keep(actor) else [],
        "uses": {name: " ".join(sorted(methods)) for name, methods in USES.items()},
        "here": here,
        "address": f"{here}&",
        "is_long": made.is_long and guard().may(actor, LONG),
        "at_once": MOST_ENTRIES,
        "long_studies": [(each, *STATES[each.state]) for each in list_long_studies(actor=actor)],
        **(shown(made.study) if made.study is not None else {}),
    }
    status = 422 if made.faults or unfit else 200
    return render(request, "maps/analysis/study.html", context, status=status)


def titles_of(request: HttpRequest) -> tuple[dict[str, str], dict[str, Text]]:
    """What the layer of a result is to be called, and what is missing of it."""
    wanted = {name: request.POST.get(name, "").strip() for name in TITLES}
    return wanted, {name: _NO_TITLE for name in TITLES if not 0 < len(wanted[name]) <= _LONGEST_TITLE}


def _begun(actor: Actor, asked: StudyAsked) -> tuple[int | None, dict[str, Text]]:
    """The study that was begun in the background, or why none was."""
    try:
        begun = begin_long_study(actor=actor, at=timezone.now(), asked=asked, language=current_language())
    except _REFUSALS as refusal:
        return None, _told(refusal, asked)
    return begun, {}


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


def _made(actor: Actor, asked: StudyAsked) -> _Made:
    try:
        return _Made(study=make_study(actor, asked, current_language()))
    except _REFUSALS as refusal:
        is_long = isinstance(refusal, StudyIsLong) or (
            isinstance(refusal, TimeLimitReached) and asked.method in IN_PARTS
        )
        return _Made(faults=_told(refusal, asked), is_long=is_long)


def _told(
    refusal: StudyRefused | LayerNotFound | TimeLimitReached | TooManyStudies, asked: StudyAsked
) -> dict[str, Text]:
    """The refusal at its question."""
    if isinstance(refusal, StudyRefused):
        return {refusal.field: refusal.sentence}
    if isinstance(refusal, LayerNotFound):
        return {"other" if refusal.layer == asked.other else "layer": refusal.sentence}
    if isinstance(refusal, TooManyStudies):
        return {"method": refusal.sentence}
    return {
        "area": Text(
            "十秒内算不完，请画出较小的范围", "This takes more than ten seconds; draw a smaller area"
        )
    }
