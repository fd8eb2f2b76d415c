"""The layers that an address asks for: ``layers=roads,parks``, or ``layers`` several times."""

from __future__ import annotations

from django.http import HttpRequest

LAYERS = "layers"


def layer_codes(request: HttpRequest) -> list[str]:
    """Give their codes in the order of the address, each once; whether there are such layers is not asked."""
    said = [code for part in request.GET.getlist(LAYERS) for code in part.split(",") if code]
    return list(dict.fromkeys(said))
