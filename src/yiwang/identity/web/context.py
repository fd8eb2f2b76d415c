"""What page frames show of whoever reads: name, organisation, whether standing in. One context processor."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from yiwang.identity.api import find_actor, organisation_names


def reader(request: HttpRequest) -> dict[str, object]:
    """Give the lazy ``reader``; nothing is read until a template asks."""
    return {"reader": SimpleLazyObject(partial(_reader, request))}


def _reader(request: HttpRequest) -> dict[str, object]:
    actor = find_actor(request)
    if actor is None:
        return {}
    place = organisation_names([actor.organisation])[actor.organisation] if actor.organisation else None
    return {"name": actor.name, "organisation": place, "standing_in": actor.delegated_by is not None}
