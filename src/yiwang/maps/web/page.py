"""The map of the city, for everybody: what a reader may see, on a map and as a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.contracts import BoxRefused
from yiwang.maps.definitions import Extrusion
from yiwang.maps.rasters.api import list_rasters
from yiwang.maps.rules.legend import Sign, legend_of
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.maps.rules.viewing import read_at, read_box
from yiwang.maps.web.days import day_of
from yiwang.maps.web.layer_codes import LAYERS, layer_codes
from yiwang.maps.web.searching import address_at, places_found
from yiwang.maps.web.toolbar import ADD, EDIT, tools_for
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import current_language

_WORLD: api.Box = (-180.0, -85.0, 180.0, 85.0)
#: A place that was chosen from the list is shown from this near.
_NEAR = "14"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A layer as the page lets it be chosen."""

    code: str
    title: Text
    summary: Text
    chosen: bool
    signs: Sequence[Sign]
    #: Where an officer asks for what is missing on it; nothing for others.
    add: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """Layers of one theme; folded where none of them is chosen."""

    title: Text
    layers: Sequence[_Choice]

    @property
    def chosen(self) -> int:
        """How many of them are shown."""
        return sum(each.chosen for each in self.layers)


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map; without script its layers can be chosen and are listed.

    Raises:
        DayUnknown
    """
    return render_map(request, opened=request.GET.get("tool", ""), at=request.GET.get("at", ""))


def render_map(
    request: HttpRequest,
    *,
    opened: str,
    at: str,
    with_layer: str = "",
    more: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with a tool open and at a place; ``with_layer`` is shown whatever else is chosen.

    Raises:
        DayUnknown
    """
    actor = find_actor(request)
    layers, day = api.list_layers(actor), day_of(request)
    chosen = _chosen(request, layers, with_layer)
    groups = [
        _Group(title=group, layers=[_choice(actor, each, chosen) for each in some])
        for group, some in groupby(sorted(layers, key=_place_of(layers)), key=lambda each: each.layer.group)
    ]
    whole = (api.extent_seen(layers[0]) if layers else None) or _WORLD
    tools, q = tools_for(actor), request.GET.get("q", "").strip()[:100]
    places = places_found(request, layers, q)
    context = {
        "groups": groups,
        "chosen": ",".join(each.layer.code for each in chosen),
        "at": at,
        "day": day.isoformat() if day else "",
        "zone": timezone.get_default_timezone_name(),
        "here": _address(chosen, at=at, day=day),
        "whole": ",".join(f"{each:.5f}" for each in whole),
        "found": _found(actor, chosen, read_at(at) or whole, day),
        "styles": reverse("map-style", args=["_"]),
        "tools": tools,
        "imagery": list_rasters(actor),
        "is_raised": any(isinstance(each.layer.style, Extrusion) for each in layers),
        "q": q,
        "places": [
            (place, f"{_address(_with(layers, chosen, place.layer), at=place.at, day=day)}#map")
            for place in places.lines
        ],
        "places_problem": places.problem,
        "panels": (*(each for each in (EDIT, ADD) if opened == each.key and more), *tools),
        "opened": opened if more or any(tool.key == opened for tool in tools) else "",
    }
    return render(request, "maps/map.html", context | dict(more or {}), status=status)


@require_safe
def list_features(request: HttpRequest) -> HttpResponse:
    """Give the list of what lies in a box, for the page; ``here`` asks for the address at its middle too.

    Raises:
        BoxRefused, DayUnknown, LayerNotFound
    """
    box = read_box(request.GET.get("box", ""))
    if box is None:
        raise BoxRefused
    actor = find_actor(request)
    chosen = _chosen(request, api.list_layers(actor))
    found = _found(actor, chosen, box, day_of(request))
    address = address_at(actor, box) if "here" in request.GET else None
    answer = render(request, "maps/found.html", {"found": found, "address": address})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _found(
    actor: Actor | None, chosen: Sequence[api.ReadLayer], box: api.Box, day: date | None
) -> list[dict[str, object]]:
    """What lies in a box, as it was on a day if one is given."""
    codes = [each.layer.code for each in chosen]
    drawn = chosen if day is None else api.read_layers(actor, codes, then=True)
    found = api.features_within(drawn, box, current_language(), valid=day, known=timezone.now())
    return _shown(actor, found, chosen, day)


def _address(chosen: Sequence[api.ReadLayer], *, at: str, day: date | None) -> str:
    """The page's own address with what it shows."""
    asked = {"layers": ",".join(each.layer.code for each in chosen), "at": at}
    asked |= {"valid": day.isoformat()} if day else {}
    return f"{reverse('maps:map')}?{urlencode({key: said for key, said in asked.items() if said}, safe='/,')}"


def _with(
    layers: Sequence[api.ReadLayer], chosen: Sequence[api.ReadLayer], code: str
) -> Sequence[api.ReadLayer]:
    missing = [each for each in layers if each.layer.code == code and each not in chosen]
    return [*chosen[: MOST_LAYERS - len(missing)], *missing]


def _chosen(
    request: HttpRequest, layers: Sequence[api.ReadLayer], with_layer: str = ""
) -> list[api.ReadLayer]:
    """Layers that the address names, or those with which the map begins; unknown ones are passed over."""
    begun_with = [each.layer.code for each in layers if each.layer.shown]
    wanted = layer_codes(request) if LAYERS in request.GET else begun_with
    chosen = [each for each in layers if each.layer.code in wanted][:MOST_LAYERS]
    return list(_with(layers, chosen, with_layer))


def _place_of(layers: Sequence[api.ReadLayer]) -> Callable[[api.ReadLayer], int]:
    groups = list(dict.fromkeys(each.layer.group for each in layers))
    return lambda each: groups.index(each.layer.group)


def _choice(actor: Actor | None, read: api.ReadLayer, chosen: Sequence[api.ReadLayer]) -> _Choice:
    return _Choice(
        code=read.layer.code,
        title=read.layer.title,
        summary=read.layer.summary,
        chosen=read in chosen,
        signs=legend_of(read.layer, read.drawn.definition, read.seen),
        add=reverse("maps:add", args=[read.layer.code]) if api.may_correct(actor, read) else "",
    )


def _shown(
    actor: Actor | None, found: Sequence[api.Found], chosen: Sequence[api.ReadLayer], day: date | None
) -> list[dict[str, object]]:
    """Layers with something in view, each feature with an address that shows it; officers reach its entry."""
    shown = []
    for read, each in reversed(list(zip(chosen, found, strict=True))):
        if not each.features:
            continue
        is_office = actor is not None and actor.kind == "officer" and day is None
        correct = is_office and api.may_correct(actor, read)
        pages = api.pages_of(actor, read, each.features) if is_office and actor is not None else {}
        features = []
        for one in each.features:
            at = f"{_NEAR}/{one.latitude}/{one.longitude}"
            features.append(
                {
                    "feature": one,
                    "at": at,
                    "href": f"{_address(chosen, at=at, day=day)}#map",
                    "entry": pages.get(one.entry, ""),
                    "correct": reverse("maps:correct", args=[each.layer, one.entry]) if correct else "",
                }
            )
        shown.append({"layer": each, "features": features, "are_cases": bool(read.layer.cases)})
    return shown
