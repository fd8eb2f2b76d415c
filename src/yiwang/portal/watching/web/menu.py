"""The watch's entry in the desk's menu."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.identity.api import actor_for
from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register
from yiwang.portal.watching.api import READ, count_new_alerts


def register_menu() -> None:
    """Register it, at start."""
    register(
        Entry(
            key="watching",
            title=Text("网站巡查", "Watch over sites"),
            url_name="watching:sites",
            order=71,
            area="desk",
            operation=READ,
            icon="eye",
            count=_count,
        )
    )


def _count(request: HttpRequest) -> int | None:
    return count_new_alerts(actor_for(request)) or None
