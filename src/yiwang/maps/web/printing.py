"""The page that prints a map, its sheet as PDF and as a preview; it needs no script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor, organisation_names
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.printing import api as printing
from yiwang.maps.printing.contracts import DrawnMap, MapAsked
from yiwang.maps.printing.rules.asking import LONGEST_TITLE, OFFERED, SheetAsked, read_sheet
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.maps.web.days import day_of
from yiwang.maps.web.layer_codes import layer_codes
from yiwang.platform.contracts import Actor
from yiwang.platform.web.context import city_name
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import current_language

_WORLD: api.Box = (-180.0, -80.0, 180.0, 80.0)
_TITLE = Text("城市地图", "Map of the city")
_KEPT = ("layers", "centre", "box", "at", "scale", "paper", "turn", "title", "valid")
_CENTRE_HINT = Text(
    "经度,纬度（CGCS2000），例如113.264400,23.129100",
    "Longitude,latitude (CGCS2000), such as 113.264400,23.129100",
)
Setting = Callable[[DrawnMap, printing.Sheet], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a request asks for."""

    actor: Actor | None
    layers: Sequence[api.ReadLayer]
    chosen: tuple[str, ...]
    asked: SheetAsked


@require_safe
def show_print(request: HttpRequest) -> HttpResponse:
    """The form, with a preview of the sheet as it is asked for.

    Raises:
        DayUnknown
    """
    day_of(request)
    error: Text | None = None
    wanted = None
    try:
        wanted = _wanted(request, _listed(request))
    except YiwangError as refusal:
        error = refusal.sentence
    preview = f"{reverse('maps:print_preview')}?{_query(request, wanted)}" if wanted is not None else ""
    context = {
        "controls": _controls(request, wanted),
        "error": error,
        "box": request.GET.get("box", ""),
        "at": request.GET.get("at", ""),
        "preview": preview if wanted is not None and wanted.chosen else "",
        "pdf": reverse("maps:print_pdf"),
    }
    return render(request, "maps/print.html", context, status=400 if error else 200)


@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """The sheet as PDF.

    Raises:
        LayerNotFound, PrintAskedWrongly, DayUnknown, PrinterBusy, TimeLimitReached
    """
    answer = _answer(request, printing.set_pdf, "application/pdf")
    answer.headers["Content-Disposition"] = 'inline; filename="map.pdf"'
    return answer


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The sheet as a small picture.

    Raises:
        as :func:`pdf`
    """
    return _answer(request, printing.set_preview, "image/png")


def _answer(request: HttpRequest, setting: Setting, content_type: str) -> HttpResponse:
    actor, at, language = find_actor(request), timezone.now(), current_language()
    wanted = _wanted(request, api.read_layers(actor, layer_codes(request)[:MOST_LAYERS]))
    asked, chosen = wanted.asked, wanted.chosen
    wanted_map = MapAsked(layers=chosen, frame=asked.frame, language=language, valid=day_of(request))
    sheet = printing.Sheet(
        title=asked.title or _TITLE.in_(language),
        paper=asked.paper,
        turn=asked.turn,
        language=language,
        printed_by=printed_by(actor),
        city=city_name(),
        at=at,
    )
    with printing.turn():
        body = setting(printing.draw_map(actor=actor, asked=wanted_map, at=at), sheet)
    answer = HttpResponse(body, content_type=content_type)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _query(request: HttpRequest, wanted: _Wanted) -> str:
    """The sheet as the form shows it."""
    frame = wanted.asked.frame
    asked = {
        "layers": ",".join(wanted.chosen),
        "centre": f"{frame.centre[0]:.6f},{frame.centre[1]:.6f}",
        "scale": str(frame.scale),
        "paper": wanted.asked.paper,
        "turn": wanted.asked.turn,
        "title": wanted.asked.title,
        "valid": request.GET.get("valid", ""),
    }
    return urlencode({key: said for key, said in asked.items() if said}, safe=",")


def printed_by(actor: Actor | None) -> Text | None:
    """The organisation of an officer; no person is named on paper."""
    if actor is None or actor.kind != "officer":
        return None
    return organisation_names({actor.organisation}).get(actor.organisation)


def _listed(request: HttpRequest) -> Sequence[api.ReadLayer]:
    return api.list_layers(find_actor(request))


def _wanted(request: HttpRequest, layers: Sequence[api.ReadLayer]) -> _Wanted:
    said = layer_codes(request)
    known = [each for each in layers if each.layer.code in said]
    if not said:
        known = [each for each in layers if each.layer.shown]
    asked = {name: request.GET.get(name, "") for name in _KEPT}
    is_placed = asked["box"] or asked["at"]
    whole = None if is_placed or not known else api.extent_of(known[0])
    return _Wanted(
        actor=find_actor(request),
        layers=layers,
        chosen=tuple(each.layer.code for each in known)[:MOST_LAYERS],
        asked=read_sheet(asked, whole or _WORLD),
    )


def _controls(request: HttpRequest, wanted: _Wanted | None) -> list[Control]:
    layers = wanted.layers if wanted is not None else _listed(request)
    chosen = wanted.chosen if wanted is not None else tuple(layer_codes(request))
    frame = wanted.asked.frame if wanted is not None else None
    centre = request.GET.get("centre", "")
    if frame is not None:
        centre = f"{frame.centre[0]:.6f},{frame.centre[1]:.6f}"
    scale = str(frame.scale) if frame is not None else ""
    scales = sorted({*OFFERED, *([frame.scale] if frame else [])})
    return [
        Control(
            kind="text", name="title", label=Text("图名", "Title"), required=False,
            value=request.GET.get("title", ""), max_length=LONGEST_TITLE,
        ),
        Control(
            kind="choices", name="layers", label=Text("图层", "Layers"), value=list(chosen), compact=True,
            options=[Option(value=each.layer.code, label=each.layer.title) for each in layers],
        ),
        Control(
            kind="text", name="centre", label=Text("图的中心", "Centre of the map"), value=centre, width=24,
            hint=_CENTRE_HINT,
        ),
        Control(
            kind="choice", name="scale", label=Text("比例尺", "Scale"), value=scale,
            options=[Option(value=str(each), label=Text(f"1:{each:,}", f"1:{each:,}")) for each in scales],
        ),
        Control(
            kind="choice", name="paper", label=Text("纸张", "Paper"), value=request.GET.get("paper") or "a4",
            options=[Option(value="a4", label=Text("A4", "A4")), Option(value="a3", label=Text("A3", "A3"))],
        ),
        Control(
            kind="choice", name="turn", label=Text("方向", "Turned"),
            value=request.GET.get("turn") or "landscape",
            options=[
                Option(value="landscape", label=Text("横向", "Landscape")),
                Option(value="portrait", label=Text("纵向", "Portrait")),
            ],
        ),
        Control(
            kind="text", name="valid", label=Text("数据日期", "Data of the day"), required=False, width=16,
            hint=Text("留空为今天；例如2026-03-01", "Empty for today; such as 2026-03-01"),
            value=request.GET.get("valid", ""),
        ),
    ]  # fmt: skip
