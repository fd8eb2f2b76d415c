"""Maps on which somebody draws the area that a form asks for."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.urls import reverse

from yiwang.maps.queries.backdrops import backdrop_for
from yiwang.platform.web.language import current_language
from yiwang.registers.api import BORDERS, DISTRICTS


class PublicGround:
    """What everybody sees of the city, from border to border."""

    def drawn(self, *, field: str) -> str:
        """As ``DrawGround`` has it."""
        backdrop = backdrop_for(None, [BORDERS.get(DISTRICTS).register]) if DISTRICTS in BORDERS else None
        if backdrop is None:
            return ""
        style = reverse("map-style", args=[",".join(backdrop.codes)])
        context = {
            "field": field,
            "style": f"{style}?lang={current_language()}",
            "whole": ",".join(f"{each:.5f}" for each in backdrop.whole),
        }
        return render_to_string("maps/drawing.html", context)
