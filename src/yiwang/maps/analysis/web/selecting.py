"""What lies in an area drawn on the map, as tables; and where from there it is analysed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yiwang.identity.api import actor_for, needs_officer
from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import StudyRefused
from yiwang.maps.analysis.queries.declared import fields_of_pipes
from yiwang.maps.analysis.queries.study_limits import refuse_crossed
from yiwang.maps.analysis.rules.studying import read_area, read_line
from yiwang.maps.analysis.rules.typed import Faults
from yiwang.maps.analysis.web.study_words import METHOD_WORDS
from yiwang.maps.queries.features import MOST_FEATURES, Found, features_inside
from yiwang.maps.queries.layers import ReadLayer, list_layers
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.maps.web.layer_codes import layer_codes
from yiwang.platform.contracts import TimeLimitReached
from yiwang.platform.web.controls import Control, Option
from yiwang.platform.web.language import current_language

#: From this near a chosen row is shown on the map.
_NEAR = 16
_NOTHING = Text("请画出范围：至少3个不同的角点", "Draw an area: at least 3 different corners")
_NO_LAYER = Text("请先在地图上打开要选的图层", "Switch on the layers on the map first")
_SLOW = Text("范围内太多，请画小些", "There is too much in it; draw a smaller area")


@needs_officer("registers.entry.list")
@require_safe
def selected(request: HttpRequest) -> HttpResponse:
    """The tables, layer by layer, under the reader's own rows and fields; ``part`` gives them alone.

    Of a drawn line it gives the ways to profiles of the pipes that the reader sees.
    """
    actor = actor_for(request)
    shape = "line" if request.GET.get("shape") == "line" else "area"
    corners = request.GET.get("corners", "")
    codes, layers = layer_codes(request), list_layers(actor)
    chosen = [each for each in layers if each.layer.code in codes][:MOST_LAYERS]
    faults: Faults = {}
    tables: list[dict[str, object]] = []
    ways: list[tuple[Text, str]] = []
    if "corners" not in request.GET:
        pass  # the form alone
    elif shape == "line":
        if read_line(corners, faults) and not faults:
            ways = _profiles(layers, corners)
    else:
        tables = _tables(chosen, corners, faults)
    context = {
        "tables": tables,
        "ways": ways,
        "fault": next(iter(faults.values()), None),
        "is_asked": "corners" in request.GET,
        "shape": shape,
        "most": MOST_FEATURES,
        "controls": _controls(shape, corners, faults),
        "layers": ",".join(each.layer.code for each in chosen),
    }
    name = "selected_part" if request.GET.get("part") else "selected"
    answer = render(request, f"maps/analysis/{name}.html", context, status=422 if faults else 200)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _tables(chosen: Sequence[ReadLayer], corners: str, faults: Faults) -> list[dict[str, object]]:
    area = read_area(corners, faults)
    if not area and not faults:
        faults["area"] = _NOTHING
    if not chosen:
        faults["area"] = _NO_LAYER
    if faults:
        return []
    try:
        refuse_crossed(area)
        found = features_inside(chosen, area, current_language())
    except StudyRefused as refusal:
        faults["area"] = refusal.sentence
        return []
    except TimeLimitReached:
        faults["area"] = _SLOW
        return []
    return [
        _table(each, corners) for _, each in reversed(list(zip(chosen, found, strict=True))) if each.total
    ]


def _table(found: Found, corners: str) -> dict[str, object]:
    """Columns are the facts that any of the rows has, by their words."""
    heads = list(dict.fromkeys(key for one in found.features for key, _ in one.facts))
    rows = []
    for one in found.features:
        facts = dict(one.facts)
        at = f"{_NEAR}/{one.latitude}/{one.longitude}"
        asked = urlencode({"layers": found.layer, "at": at}, safe="/,")
        rows.append(
            {
                # under the head of its column, which what names it needn't be
                "name": facts.get(heads[0], one.name) if heads else one.name,
                "at": at,
                "href": f"{reverse('maps:map')}?{asked}#map",
                "facts": [(head, facts.get(head, "")) for head in heads[1:]],
            }
        )
    asked = urlencode({"method": "total", "layer": found.layer, "area": corners})
    return {
        "found": found,
        "head": heads[0] if heads else Text("编号", "No."),
        "heads": heads[1:],
        "rows": rows,
        "words": Text(f"分析范围内的{found.title.zh}", f"Analyse {found.title.en} in this area"),
        "analyse": f"{reverse('analysis:study')}?{asked}",
    }


def _profiles(layers: Sequence[ReadLayer], corners: str) -> list[tuple[Text, str]]:
    return [
        (
            Text(
                f"{each.layer.title.zh}：{METHOD_WORDS[method].zh}",
                f"{each.layer.title.en}: {METHOD_WORDS[method].en}",
            ),
            f"{reverse('analysis:study')}?"
            + urlencode({"method": method, "layer": each.layer.code, "line": corners}),
        )
        for each in layers
        if fields_of_pipes(each.drawn) is not None
        for method in ("section", "along")
    ]


def _controls(shape: str, corners: str, faults: Faults) -> list[Control]:
    return [
        Control(
            kind="choice",
            name="shape",
            label=Text("画的是", "What is drawn"),
            value=shape,
            options=[
                Option(value="area", label=Text("范围：选出其中的", "An area: what lies in it")),
                Option(value="line", label=Text("线：管线剖面", "A line: profiles of pipes")),
            ],
        ),
        Control(
            kind="long_text",
            name="corners",
            label=Text("角点", "Corners"),
            hint=Text("每行经度,纬度（CGCS2000，度）", "longitude,latitude a line (CGCS2000, degrees)"),
            rows=4,
            value=corners,
            errors=tuple(faults.values()),
        ),
    ]
