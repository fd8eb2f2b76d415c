"""What openness registers at start."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.operations import declare
from yiwang.platform.web.navigation import Entry
from yiwang.platform.web.navigation import register as register_entry
from yiwang.portal.openness.commands.publish_item import SEARCHED_AS
from yiwang.portal.openness.operations import LOAD, PUBLISH, WRITE
from yiwang.portal.openness.searching import ItemSource
from yiwang.portal.search.api import SOURCES

_EDITORS = frozenset({"editor", "publisher"})
_OPERATIONS: tuple[tuple[str, Text, frozenset[str]], ...] = (
    (WRITE, Text("编制主动公开信息", "Write items of the disclosure catalogue"), _EDITORS),
    (
        PUBLISH,
        Text("发布主动公开信息", "Publish items of the disclosure catalogue"),
        frozenset({"publisher"}),
    ),
    (LOAD, Text("载入公开目录", "Load the disclosure catalogue"), frozenset({"system"})),
)
_OPENNESS = Text("信息公开", "Disclosure")
_DESK = (
    ("openness_items", Text("主动公开目录", "Proactive catalogue"), "openness-desk:items", "file"),
    ("openness_waiting", Text("待公开信息", "Still to publish"), "openness-desk:waiting", "clock"),
    ("openness_links", Text("政策关联检查", "Links of policies"), "openness-desk:lacking", "scale"),
)


def register() -> None:
    """Run once, when all apps are ready."""
    SOURCES.register(SEARCHED_AS, ItemSource())
    for key, title, roles in _OPERATIONS:
        declare(key, title, roles=roles)
    register_entry(
        Entry(key="openness", title=Text("政务公开", "Open government"), url_name="openness:items", order=7)
    )
    for place, (key, title, url_name, icon) in enumerate(_DESK):
        register_entry(
            Entry(
                key=key,
                title=title,
                url_name=url_name,
                operation=WRITE,
                group=_OPENNESS,
                icon=icon,
                area="desk",
                order=56 + place,
            )
        )
