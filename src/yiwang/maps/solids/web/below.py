"""What lies below the street, for the map of the city in three dimensions."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yiwang.identity.api import find_actor
from yiwang.maps.contracts import BoxRefused
from yiwang.maps.rules.viewing import read_box
from yiwang.maps.solids import api


@require_safe
def pipes(request: HttpRequest) -> HttpResponse:
    """Give the pipes of known depth in ``box``, by layer: course (degrees, metres down), width, colour.

    Raises:
        BoxRefused, TooManyPipes, TimeLimitReached
    """
    box = read_box(request.GET.get("box", ""))
    if box is None:
        raise BoxRefused
    body = {
        "layers": [
            {
                "layer": laid.layer,
                "depths": laid.depths,
                "pipes": [
                    {"course": each.course, "wide": each.wide, "colour": each.colour} for each in laid.pipes
                ],
            }
            for laid in api.pipes_within(find_actor(request), box)
        ]
    }
    answer = HttpResponse(json.dumps(body, separators=(",", ":")), content_type="application/json")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
