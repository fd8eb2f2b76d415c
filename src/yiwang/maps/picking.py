"""Maps on which pages of other engines have entries picked."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.urls import reverse

from yiwang.maps.queries.backdrops import backdrop_for
from yiwang.platform.contracts import Actor
from yiwang.platform.web.language import current_language
from yiwang.registers.api import ListBeside


class LayerGround:
    """Draws layers of the registers over those that are shown at first."""

    def drawn(self, actor: Actor | None, registers: Sequence[str], beside: ListBeside) -> str:
        """As ``PickGround`` has it."""
        backdrop = backdrop_for(actor, registers)
        if backdrop is None:
            return ""
        style = reverse("map-style", args=[",".join(backdrop.codes)])
        context = {
            "backdrop": backdrop,
            "whole": ",".join(f"{each:.5f}" for each in backdrop.whole),
            "style": f"{style}?lang={current_language()}",
            "rows": beside.rows,
            "at": beside.at,
            "button": beside.button,
            "found": beside.found,
        }
        return render_to_string("maps/picking.html", context)
