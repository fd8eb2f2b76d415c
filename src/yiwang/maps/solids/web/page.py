"""The city in three dimensions: a picture, words and a list; with script a map to fly over and walk in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Language, Text
from yiwang.maps import api as maps
from yiwang.maps.contracts import BoxRefused, LayerNotFound
from yiwang.maps.printing import api as printing
from yiwang.maps.printing.contracts import Frame, MapAsked, Overlay
from yiwang.maps.printing.rules.asking import read_place
from yiwang.maps.rasters import api as rasters
from yiwang.maps.rules.viewing import read_box
from yiwang.maps.solids import api
from yiwang.maps.solids.contracts import Place, Sighted
from yiwang.maps.solids.rules.asking import read_end, read_moment
from yiwang.maps.solids.rules.compass import moved, point_of
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import current_language

#: Degrees around the middle that picture and list show, and the picture's scale.
_EAST, _NORTH, _SCALE = 0.0018, 0.0012, 2_000
_WIDTH, _HEIGHT, _PPI = 170.0, 120.0, 120
#: From where pictures look at the middle: metres behind and above, degrees.
_BEHIND, _ABOVE, _DOWN = 200.0, "100", "-25"
_SHADOW = Text("阴影", "Shadow")
#: Beside the raised layer, those that the map begins with.
_MOST_BELOW = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """What a request looks at."""

    read: maps.ReadLayer
    centre: Place
    moment: datetime

    @property
    def box(self) -> maps.Box:
        east, north = self.centre
        return east - _EAST, north - _NORTH, east + _EAST, north + _NORTH

    @property
    def centre_words(self) -> str:
        """As an address says it."""
        return f"{self.centre[0]:.6f},{self.centre[1]:.6f}"

    def query(self, **changed: str) -> str:
        """The address of it, or of it with something else."""
        asked = {
            "layer": self.read.layer.code,
            "centre": self.centre_words,
            "day": self.moment.strftime("%Y-%m-%d"),
            "time": self.moment.strftime("%H:%M"),
        }
        return urlencode(asked | changed, safe=",:")


@require_safe
def show_solids(request: HttpRequest) -> HttpResponse:
    """Show buildings in the light of a moment, and what is seen from where.

    Raises:
        LayerNotFound, MomentUnknown, TimeLimitReached
    """
    actor = find_actor(request)
    raised = api.list_raised(actor)
    if not raised:
        return render(request, "maps/solids/none.html")
    view = _view(request, actor, raised)
    sight, problem = _sight(request, actor, view)
    context = {
        "view": view,
        "raised": raised,
        "sun": _sun_words(view),
        "daylight": _daylight_words(view),
        "found": _found(view),
        "picture": f"{reverse('solids:picture')}?{view.query()}",
        "pictures": [_from_a_height(view, bearing) for bearing in (0, 90, 180, 270)],
        "style": _style(actor, view),
        "below": _style(actor, view, below=True),
        "sight": sight,
        "seen_at": f"{sight.at[0]:.6f},{sight.at[1]:.6f}" if sight and sight.at else "",
        "problem": problem,
        "ground": rasters.find_heights(actor, view.centre),
        "eye": request.GET.get("eye", "")[:60],
        "far": request.GET.get("far", "")[:60],
        "cityjson": f"{reverse('solids-cityjson', args=[view.read.layer.code])}?box="
        + ",".join(f"{each:.6f}" for each in view.box),
    }
    return render(request, "maps/solids/page.html", context, status=400 if problem else 200)


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    """The same from above, with shadows, as PNG.

    Raises:
        LayerNotFound, MomentUnknown, PrinterBusy, TooManyBuildings, TimeLimitReached
    """
    actor, language = find_actor(request), current_language()
    view = _view(request, actor, api.list_raised(actor))
    block = api.block_within(actor, view.read.layer.code, view.box, most=api.MOST_SHADED)
    shade = api.shade_of(block, api.sun_at(view.centre, view.moment))
    overlays = (Overlay(wkt=shade.wkt, title=_SHADOW, colour="#1f2937"),) if shade else ()
    frame = Frame(centre=view.centre, scale=_SCALE, width=_WIDTH, height=_HEIGHT)
    asked = MapAsked(layers=(view.read.layer.code,), frame=frame, language=language, overlays=overlays)
    with printing.turn():
        drawn = printing.draw_map(actor=actor, asked=asked, at=timezone.now())
        body = printing.set_still(drawn, language, ppi=_PPI)
    answer = HttpResponse(body, content_type="image/png")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def shadows(request: HttpRequest) -> HttpResponse:
    """Shaded ground in a box at a moment as GeoJSON, with where the sun stands, for the page's map.

    Raises:
        LayerNotFound, BoxRefused, MomentUnknown, TooManyBuildings, TimeLimitReached
    """
    actor = find_actor(request)
    view = _view(request, actor, api.list_raised(actor))
    box = read_box(request.GET.get("box", ""))
    if box is None:
        raise BoxRefused
    block = api.block_within(actor, view.read.layer.code, box, most=api.MOST_SHADED)
    sun = api.sun_at(view.centre, view.moment)
    shade = api.shade_of(block, sun)
    features = [{"type": "Feature", "properties": {}, "geometry": json.loads(shade.geojson)}] if shade else []
    body = {
        "type": "FeatureCollection",
        "features": features,
        "sun": {"altitude": round(sun.altitude, 2), "azimuth": round(sun.azimuth, 2)},
        "words": f"{_sun_words(view).in_(current_language())}",
        "daylight": f"{_daylight_words(view).in_(current_language())}",
        "buildings": len(block.buildings),
        "square_metres": round(shade.square_metres) if shade else 0,
    }
    answer = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _view(request: HttpRequest, actor: Actor | None, raised: tuple[maps.ReadLayer, ...]) -> _View:
    said = request.GET.get("layer", "")
    read = next((each for each in raised if not said or each.layer.code == said), None)
    if read is None:
        raise LayerNotFound(layer=said)
    moment = read_moment(
        request.GET.get("day", ""),
        request.GET.get("time", ""),
        timezone.now(),
        timezone.get_current_timezone(),
    )
    centre = read_place(request.GET.get("centre", "")) or _somewhere(actor, read)
    return _View(read=read, centre=centre, moment=moment)


def _somewhere(actor: Actor | None, read: maps.ReadLayer) -> Place:
    """Where there is something: at the largest of what this reader sees, be it pipes or a district."""
    others = [each for each in maps.list_layers(actor) if each.layer.underground or each.layer.shown]
    for one in (read, *sorted(others, key=lambda each: not each.layer.underground)):
        whole = maps.extent_of(one)
        if whole is None:
            continue
        (found,) = maps.features_within([one], whole, "zh")
        if found.features:
            return found.features[0].longitude, found.features[0].latitude
    return 0.0, 0.0


def _from_a_height(view: _View, bearing: int) -> dict[str, object]:
    """The address of a picture of the middle as it is seen from behind and above."""
    east, north = moved(view.centre, bearing, -_BEHIND)
    asked = view.query(at=f"{east:.6f},{north:.6f}", bearing=str(bearing), up=_DOWN, height=_ABOVE)
    return {"href": f"{reverse('solids:view')}?{asked}", "point": point_of(bearing)}


def _found(view: _View) -> list[dict[str, object]]:
    """Buildings in view, each with an address that looks at it."""
    (found,) = maps.features_within([view.read], view.box, current_language())
    features = []
    for one in found.features:
        centre = f"{one.longitude:.6f},{one.latitude:.6f}"
        href = f"{reverse('solids:page')}?{view.query(centre=centre)}#solids"
        features.append({"feature": one, "at": f"17/{one.latitude}/{one.longitude}", "href": href})
    return [{"layer": found, "features": features}] if features else []


def _style(actor: Actor | None, view: _View, *, below: bool = False) -> str:
    """The address of the page's style; with what lies below the street, or nothing where none is seen."""
    layers = [each.layer for each in maps.list_layers(actor) if each.layer.code != view.read.layer.code]
    codes = [layer.code for layer in layers if layer.shown][:_MOST_BELOW]
    under = [layer.code for layer in layers if layer.underground][: _MOST_BELOW - 1]
    if below and not under:
        return ""
    # what is drawn first lies lowest
    wanted = dict.fromkeys([*(under if below else ()), *codes, view.read.layer.code])
    return reverse("map-style", args=[",".join(wanted)])


def _sight(request: HttpRequest, actor: Actor | None, view: _View) -> tuple[Sighted | None, Text | None]:
    """What is asked of a sight line, or why it can't be answered."""
    eye, far = request.GET.get("eye", ""), request.GET.get("far", "")
    if not eye and not far:
        return None, None
    language: Language = current_language()
    try:
        ends = read_end(eye, api.FARTHEST), read_end(far, api.FARTHEST)
        return api.look(actor, view.read.layer.code, *ends, language), None
    except YiwangError as refusal:
        return None, refusal.sentence


def _sun_words(view: _View) -> Text:
    sun = api.sun_at(view.centre, view.moment)
    if sun.altitude < 0:
        return Text("太阳在地平线以下", "The sun is below the horizon")
    point = point_of(sun.azimuth)
    return Text(
        f"太阳高度角{sun.altitude:.1f}°，方位角{sun.azimuth:.1f}°（{point.zh}）",
        f"The sun stands {sun.altitude:.1f}° high at azimuth {sun.azimuth:.1f}° ({point.en})",
    )


def _daylight_words(view: _View) -> Text:
    found = api.daylight(view.centre, view.moment.replace(hour=12, minute=0))
    if found is None:
        return Text("当日没有日出日落", "No sunrise or sunset on this day")
    rise, down = (
        (each.astimezone(view.moment.tzinfo) + timedelta(seconds=30)).strftime("%H:%M") for each in found
    )
    return Text(f"日出{rise}，日落{down}", f"Sunrise {rise}, sunset {down}")
