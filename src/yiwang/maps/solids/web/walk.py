"""For one who walks in the city in three dimensions: a sentence that says where he stands and looks."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps.solids import api
from yiwang.maps.solids.contracts import Standing
from yiwang.maps.solids.rules.asking import read_stance
from yiwang.maps.solids.rules.compass import point_of
from yiwang.platform.web.language import current_language

#: Metres: nearer than this one stands in what stands ahead.
_WITHIN = 0.5


@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Say it of ``layer``, ``at``, ``bearing`` and ``up``.

    Raises:
        LayerNotFound, NoSolids, StanceAskedWrongly, TooManyBuildings, TimeLimitReached, RasterBusy
    """
    actor, language, said = find_actor(request), current_language(), request.GET
    layer = said.get("layer", "")
    api.read_raised(actor, layer)  # whoever may not see it learns nothing of how to ask
    stance = read_stance(said.get("at", ""), said.get("bearing", ""), said.get("up", ""))
    words = _words(api.stand(actor, layer, stance, language)).in_(language)
    answer = HttpResponse(json.dumps({"words": words}, ensure_ascii=False), content_type="application/json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _words(found: Standing) -> Text:
    stance = found.stance
    east, north = (f"{each:.6f}" for each in stance.at)
    turned = round(stance.bearing) % 360
    point, tilt, ahead = point_of(stance.bearing), _tilt(stance.up), _ahead(found)
    beside = Text(f"{found.address}旁", f"near {found.address} ") if found.address else Text("", "at ")
    return Text(
        f"您站在{beside.zh}（{east}，{north}），眼高{api.EYE:g}米，朝{point.zh}（{turned}°），{tilt.zh}。{ahead.zh}",
        f"You stand {beside.en}({east}, {north}), eyes {api.EYE:g} m above ground, looking {point.en} "
        f"({turned}°), {tilt.en}. {ahead.en}",
    )


def _tilt(up: float) -> Text:
    degrees = round(abs(up))
    if not degrees:
        return Text("平视", "level")
    return (
        Text(f"仰视{degrees}°", f"{degrees}° up") if up > 0 else Text(f"俯视{degrees}°", f"{degrees}° down")
    )


def _ahead(found: Standing) -> Text:
    if found.metres is None:
        return Text(
            f"前方{api.AHEAD:.0f}米内没有建筑物。", f"No building stands within {api.AHEAD:.0f} m ahead."
        )
    if not found.ahead:
        return Text(
            f"正前方{found.metres:.0f}米处地势升高。", f"The ground rises {found.metres:.0f} m ahead."
        )
    if found.metres < _WITHIN:
        return Text(f"您在“{found.ahead}”之中。", f"You are within {found.ahead}.")
    return Text(
        f"正前方{found.metres:.0f}米是“{found.ahead}”。", f"{found.ahead} stands {found.metres:.0f} m ahead."
    )
