"""The check before digging: a form that needs no script, the report, and the report on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yiwang.identity.api import actor_for, needs_officer, organisation_names
from yiwang.kernel.text import Text
from yiwang.maps.analysis import api
from yiwang.maps.analysis.contracts import GroundRefused, NoPipesKnown
from yiwang.maps.analysis.presenting import told
from yiwang.maps.analysis.report import report_pdf
from yiwang.maps.analysis.web.dig_tables import tables
from yiwang.platform.web.context import city_name
from yiwang.platform.web.controls import Control, Option, sent_date, typed_date
from yiwang.platform.web.language import current_language

_NAMES = ("shape", "corners", "width", "depth", "begins", "ends", "reason")
_REASON_HINT = Text(
    "查阅管线会留痕，事由随核查保存",
    "A look at the pipes leaves a trace; the reason is kept with it",
)
_CORNERS_HINT = Text(
    "每行一个角点：经度,纬度（CGCS2000，度），也可粘贴WKT；面积不超过5公顷",
    "A corner a line: longitude,latitude (CGCS2000, degrees), or paste WKT; at most 5 hectares",
)


@needs_officer(api.OPERATION)
@require_http_methods(["GET", "HEAD", "POST"])
def dig(request: HttpRequest) -> HttpResponse:
    """The form, and the checks of one's own organisation; a good one leads to its report."""
    actor, at = actor_for(request), timezone.now()
    today = timezone.localdate(at)
    given = request.POST if request.method == "POST" else request.GET
    said = {name: given.get(name, "") for name in _NAMES}
    # the map's tool sends a day as one text, the form its parts
    said |= {name: said[name] or typed_date(sent_date(given, name)) or "" for name in ("begins", "ends")}
    faults: dict[str, Text] = {}
    if request.method == "POST":
        asked, faults = api.read_asked(said)
        if asked is not None:
            try:
                return redirect("maps:dug", api.check_ground(actor=actor, at=at, asked=asked))
            except (GroundRefused, NoPipesKnown) as refusal:
                faults["corners"] = refusal.sentence
    said |= {
        "shape": said["shape"] or "area",
        "begins": said["begins"] or today.isoformat(),
        "ends": said["ends"] or (today + timedelta(days=30)).isoformat(),
    }
    context = {"controls": _controls(said, faults), "checks": api.list_checks(actor)}
    return render(request, "maps/analysis/dig.html", context, status=422 if faults else 200)


@needs_officer(api.OPERATION)
@require_safe
def dug(request: HttpRequest, number: int) -> HttpResponse:
    """A check as it was made.

    Raises:
        CheckNotFound
    """
    check = api.get_check(actor_for(request), number)
    said = told(check)
    context = {"check": check, "told": said, "made_by": _name(check.organisation), **tables(said)}
    return render(request, "maps/analysis/dug.html", context)


@needs_officer(api.OPERATION)
@require_safe
def dug_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """The same on paper, with the map.

    Raises:
        CheckNotFound, PrinterBusy, TimeLimitReached
    """
    actor = actor_for(request)
    check = api.get_check(actor, number)
    body = report_pdf(
        check,
        actor=actor,
        language=current_language(),
        city=city_name(),
        made_by=_name(check.organisation),
        at=timezone.now(),
    )
    answer = HttpResponse(body, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{check.number}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _name(organisation: str) -> Text:
    return organisation_names({organisation}).get(organisation, Text(organisation, organisation))


def _controls(said: Mapping[str, str], faults: Mapping[str, Text]) -> list[Control]:
    return [*_place_controls(said, faults), *_works_controls(said, faults)]


def _errors(faults: Mapping[str, Text], name: str) -> tuple[Text, ...]:
    return (faults[name],) if name in faults else ()


def _place_controls(said: Mapping[str, str], faults: Mapping[str, Text]) -> list[Control]:
    return [
        Control(
            kind="choice",
            name="shape",
            label=Text("怎么挖", "What is dug"),
            value=said["shape"],
            options=[
                Option(value="area", label=Text("一块地（基坑、工作井）", "An area (a pit, a shaft)")),
                Option(
                    value="line", label=Text("一条沟（管沟、电缆沟）", "A trench (for pipes, for cables)")
                ),
            ],
        ),
        Control(
            kind="long_text",
            name="corners",
            label=Text("位置", "Where"),
            hint=_CORNERS_HINT,
            rows=5,
            value=said["corners"],
            errors=_errors(faults, "corners"),
        ),
        Control(
            kind="text",
            name="width",
            label=Text("沟宽", "Width of the trench"),
            value=said["width"],
            hint=Text("只用于沟；面已画出范围", "For a trench only; an area says how wide it is"),
            unit=Text("米", "m"),
            width=8,
            required=False,
            errors=_errors(faults, "width"),
        ),
        Control(
            kind="text",
            name="depth",
            label=Text("开挖深度", "Depth of the dig"),
            value=said["depth"],
            unit=Text("米", "m"),
            width=8,
            errors=_errors(faults, "depth"),
        ),
    ]


def _works_controls(said: Mapping[str, str], faults: Mapping[str, Text]) -> list[Control]:
    return [
        Control(
            kind="date",
            name="begins",
            label=Text("计划开工", "First day of the works"),
            value=said["begins"],
            errors=_errors(faults, "begins"),
        ),
        Control(
            kind="date",
            name="ends",
            label=Text("计划完工", "Last day of the works"),
            value=said["ends"],
            errors=_errors(faults, "ends"),
        ),
        Control(
            kind="text",
            name="reason",
            label=Text("项目或文号", "Project or reference"),
            value=said["reason"],
            hint=_REASON_HINT,
            max_length=200,
            errors=_errors(faults, "reason"),
        ),
    ]
