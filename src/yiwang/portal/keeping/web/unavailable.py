"""What is said where nothing can be done because the database does not answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.platform.contracts import Unavailable
from yiwang.platform.http.errors import problem_json, wants_json


@require_safe
def unavailable(request: HttpRequest) -> HttpResponse:
    """Forms and personal pages do not work now; published pages do. Needs no database itself.

    The layer before the framework gives it with status 503.
    """
    if wants_json(request):
        return problem_json(Unavailable())
    return render(request, "keeping/unavailable.html")
