"""One address may post only so fast."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yiwang.platform.http.pace import Pace
from yiwang.portal.talking.contracts import TooFast

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def not_too_fast(pace: Pace) -> Callable[[View[P]], View[P]]:
    """Refuse a post with TooFast when its address posts faster than this."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def slowed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            wait = pace.take(request) if request.method == "POST" else 0
            if wait:
                raise TooFast(seconds=wait)
            return view(request, *args, **kwargs)

        return slowed

    return decorate
