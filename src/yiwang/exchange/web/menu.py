"""The exchange's entries in the desk's menu."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.exchange.api import count_unseen_notices
from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register


def _unseen_notices(request: HttpRequest) -> int | None:
    """Corrections of data that the officer's organisation was given and nobody took note of."""
    actor = find_actor(request)
    if actor is None or not actor.organisation:
        return None
    return count_unseen_notices(organisation=actor.organisation) or None


def register_menu() -> None:
    """Register them, at start."""
    register(
        Entry(
            key="exchange",
            title=Text("数据共享", "Data exchange"),
            url_name="exchange:catalogue",
            operation="exchange.data.request",
            group=Text("数据", "Data"),
            icon="plug",
            area="desk",
            order=151,
            count=_unseen_notices,
        )
    )
    register(
        Entry(
            key="reviews",
            title=Text("查询审查", "Reviews of looks"),
            url_name="exchange:reviews",
            operation="exchange.emergency.review",
            group=Text("数据", "Data"),
            icon="eye",
            area="desk",
            order=153,
        )
    )
    register(
        Entry(
            key="evidence",
            title=Text("查询留痕证据", "Evidence of looks"),
            url_name="evidence:show",
            operation="exchange.evidence.take",
            group=Text("数据", "Data"),
            icon="shield",
            area="desk",
            order=152,
        )
    )
    register(
        Entry(
            key="nodes",
            title=Text("交换节点", "Nodes"),
            url_name="exchange:nodes",
            operation="trust.node.decide",
            group=Text("数据", "Data"),
            icon="plug",
            area="desk",
            order=156,
        )
    )
