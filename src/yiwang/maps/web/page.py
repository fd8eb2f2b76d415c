"""The map of the city, for everybody: what a reader may see, on a map and as a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.contracts import BoxRefused
from yiwang.maps.rules.legend import Sign, legend_of
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.maps.rules.viewing import read_at, read_box
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


@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map; without script its layers can be chosen and are listed."""
    layers = api.list_layers(find_actor(request))
    chosen = _chosen(request, layers)
    groups = [
        (group, [_choice(each, chosen) for each in some])
        for group, some in groupby(sorted(layers, key=_place_of(layers)), key=lambda each: each.layer.group)
    ]
    whole = (api.extent_of(layers[0]) if layers else None) or _WORLD
    box = read_at(request.GET.get("at", "")) or whole
    language = current_language()
    return render(
        request,
        "maps/map.html",
        {
            "groups": groups,
            "chosen": ",".join(each.layer.code for each in chosen),
            "at": request.GET.get("at", ""),
            "whole": ",".join(f"{each:.5f}" for each in whole),
            "found": _shown(request, api.features_within(chosen, box, language), chosen),
            "styles": reverse("map-style", args=["_"]),
        },
    )


@require_safe
def list_features(request: HttpRequest) -> HttpResponse:
    """Give the list of what lies in a box, for the page.

    Raises:
        BoxRefused, LayerNotFound
    """
    box = read_box(request.GET.get("box", ""))
    if box is None:
        raise BoxRefused
    chosen = _chosen(request, api.list_layers(find_actor(request)))
    found = api.features_within(chosen, box, current_language())
    answer = render(request, "maps/found.html", {"found": _shown(request, found, chosen)})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _chosen(request: HttpRequest, layers: Sequence[api.ReadLayer]) -> list[api.ReadLayer]:
    """Layers that the address names, or those with which the map begins; unknown ones are passed over."""
    said = [code for part in request.GET.getlist("layers") for code in part.split(",")]
    wanted = said if "layers" in request.GET else [each.layer.code for each in layers if each.layer.shown]
    return [each for each in layers if each.layer.code in wanted][:MOST_LAYERS]


def _place_of(layers: Sequence[api.ReadLayer]) -> Callable[[api.ReadLayer], int]:
    groups = list(dict.fromkeys(each.layer.group for each in layers))
    return lambda each: groups.index(each.layer.group)


def _choice(read: api.ReadLayer, chosen: Sequence[api.ReadLayer]) -> _Choice:
    return _Choice(
        code=read.layer.code,
        title=read.layer.title,
        summary=read.layer.summary,
        chosen=read in chosen,
        signs=legend_of(read.layer, read.drawn.definition),
    )


def _shown(
    request: HttpRequest, found: Sequence[api.Found], chosen: Sequence[api.ReadLayer]
) -> list[dict[str, object]]:
    """Layers with something in view, each feature with an address that shows it."""
    codes, page = ",".join(each.layer.code for each in chosen), reverse("maps:map")
    return [
        {
            "layer": each,
            "features": [
                {
                    "feature": one,
                    "at": (at := f"{_NEAR}/{one.latitude}/{one.longitude}"),
                    "href": f"{page}?{urlencode({'layers': codes, 'at': at}, safe='/,')}#map",
                }
                for one in each.features
            ],
        }
        for each in reversed(found)
        if each.features
    ]
