"""What is said where nothing can be done because the database does not answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def unavailable(request: HttpRequest) -> HttpResponse:
    """Forms and personal pages do not work now; published pages do. Needs no database itself.

    The layer before the framework gives it with status 503.
    """
    return render(request, "keeping/unavailable.html")
