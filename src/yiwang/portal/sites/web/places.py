"""Where a place is: a drawing of the city's districts from its own boundaries, nothing from outside."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest

from yiwang.identity.api import boundary, divisions_below
from yiwang.portal.sites.contracts import PageView, SiteView
from yiwang.portal.sites.rules.outline import drawn, rings_of
from yiwang.portal.sites.web.showing import SHOWN, Context


def _place(request: HttpRequest, site: SiteView, view: PageView) -> Context:
    latitude, longitude = view.details.get("latitude"), view.details.get("longitude")
    if not isinstance(latitude, Decimal) or not isinstance(longitude, Decimal):
        return {}
    districts = divisions_below(settings.YIWANG_CITY_DIVISION)
    rings = [ring for one in districts for ring in rings_of(boundary(one.code))]
    return {"outline": drawn(rings, (float(longitude), float(latitude)))}


SHOWN.register("map", _place)
