"""Still images of layers for documents, by address; programs read refusals as problem+json."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.exchange.api import find_asker
from yiwang.kernel.text import Language
from yiwang.maps.printing import api as printing
from yiwang.maps.printing.contracts import MapAsked
from yiwang.maps.printing.rules.asking import read_still
from yiwang.maps.rules.tiles import read_layers
from yiwang.maps.web.days import day_of
from yiwang.platform.http.errors import refusals_as_json


@require_safe
@refusals_as_json
def still(request: HttpRequest, asked: str) -> HttpResponse:
    """Give a PNG: ``centre`` or ``box``, ``scale``, ``width`` and ``height`` in millimetres, ``ppi``."""
    frame, ppi = read_still({name: request.GET.get(name, "") for name in request.GET})
    language: Language = "en" if request.GET.get("lang") == "en" else "zh"
    wanted = MapAsked(layers=read_layers(asked), frame=frame, language=language, valid=day_of(request))
    with printing.turn():
        drawn = printing.draw_map(actor=find_asker(request), asked=wanted, at=timezone.now())
        body = printing.set_still(drawn, language, ppi=ppi)
    answer = HttpResponse(body, content_type="image/png")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
