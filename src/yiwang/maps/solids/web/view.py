"""A picture of what somebody sees who stands somewhere in the city, for documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.maps.printing import api as printing
from yiwang.maps.solids import api
from yiwang.maps.solids.rules.asking import read_height, read_moment, read_stance


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """Draw it as PNG from ``layer``, ``at``, ``bearing``, ``up``, ``height``, ``day`` and ``time``.

    Raises:
        LayerNotFound, NoSolids, StanceAskedWrongly, MomentUnknown, PrinterBusy, TooManyBuildings,
        TooManyCorners, TimeLimitReached
    """
    actor, said = find_actor(request), request.GET
    layer = said.get("layer", "")
    api.read_raised(actor, layer)  # whoever may not see it learns nothing of how to ask
    sight = api.Sight(
        stance=read_stance(said.get("at", ""), said.get("bearing", "0"), said.get("up", "0")),
        height=read_height(said.get("height", ""), api.EYE),
        moment=read_moment(
            said.get("day", ""), said.get("time", ""), timezone.now(), timezone.get_current_timezone()
        ),
    )
    with printing.turn():
        body = api.picture_of(actor, layer, sight)
    answer = HttpResponse(body, content_type="image/png")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
