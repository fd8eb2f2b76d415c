"""The exchange's entries in the desk's menu, and the catalogue at the foot of every page."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.exchange.api import count_unseen_notices
from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import DATA, Entry, register


def _unseen_notices(request: HttpRequest) -> int | None:
    """Corrections of data that the officer's organisation was given and nobody took note of."""
    actor = find_actor(request)
    if actor is None or not actor.organisation:
        return None
    return count_unseen_notices(organisation=actor.organisation) or None


_LOOK, _TAKE, _REVIEW = "exchange.data.request", "exchange.evidence.take", "exchange.emergency.review"
_RELEASE, _HARVEST, _NODE = "exchange.release.prepare", "exchange.harvest.manage", "trust.node.decide"
#: Place (the registers' own entries have 150 and 156), key, title, name of the address, operation, icon.
_ENTRIES = (
    (151, "exchange", Text("数据共享", "Data exchange"), "exchange:catalogue", _LOOK, "plug"),
    (152, "evidence", Text("查询留痕证据", "Evidence of looks"), "evidence:show", _TAKE, "shield"),
    (153, "reviews", Text("查询审查", "Reviews of looks"), "exchange:reviews", _REVIEW, "eye"),
    (154, "releases", Text("开放数据", "Open data"), "exchange:releases", _RELEASE, "plug"),
    (155, "harvests", Text("目录收集", "Harvesting"), "exchange:harvests", _HARVEST, "globe"),
    (157, "nodes", Text("交换节点", "Nodes"), "exchange:nodes", _NODE, "plug"),
)


def register_menu() -> None:
    """Register them, at start."""
    for order, key, title, url_name, operation, icon in _ENTRIES:
        register(
            Entry(
                key=key,
                title=title,
                url_name=url_name,
                operation=operation,
                group=DATA,
                icon=icon,
                area="desk",
                order=order,
                count=_unseen_notices if key == "exchange" else None,
            )
        )
    title = Text("数据目录", "Data catalogue")
    register(Entry(key="catalogue", title=title, url_name="catalogue:all", area="footer", order=45))
