"""How many notices wait, for the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from yiwang.identity.api import find_actor
from yiwang.portal.meetings import api


def waiting_here(request: HttpRequest) -> int | None:
    """Notices of one's own department to be opened or answered; None hides the figure."""
    actor = find_actor(request)
    return (actor is not None and api.waiting_count(actor.organisation, at=timezone.now())) or None
