"""Whose space this is, and the menu at its side."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from yiwang.identity.api import actor_as, actor_for, entity
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor

_ENTRIES = (
    ("space", Text("概览", "Overview"), "home"),
    ("cases", Text("我的办件", "My cases"), "list"),
    ("documents", Text("证照和文书", "Licences"), "seal"),
    ("appointments", Text("我的预约", "Appointments"), "calendar"),
    ("looks", Text("谁看过我的信息", "Who looked at my data"), "eye"),
    ("consents", Text("我的同意", "My consents"), "shield"),
)


def me(request: HttpRequest) -> Actor:
    """The person signed in, or the firm acted for; an officer comes here as a private person."""
    actor = actor_for(request)
    return actor_as(request, "self") if actor.kind == "officer" else actor


def frame(request: HttpRequest, actor: Actor, current: str) -> dict[str, object]:
    """What every page of the space shows around itself."""
    firm = entity(actor.for_entity).name if actor.for_entity is not None else ""
    return {
        "actor": actor,
        "acting": Text(firm, firm) if firm else Text(f"{actor.name}（本人）", f"{actor.name} (myself)"),
        "firm": firm,
        "entries": [
            {
                "title": title,
                "href": reverse(f"portal:{name}"),
                "icon": icon,
                "current": name == current,
            }
            for name, title, icon in _ENTRIES
        ],
        "here": request.path,
    }
