"""The kinds that others stand under."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.portal.sites.models import ChannelPage, ColumnPage, HomePage
from yiwang.portal.sites.page_kinds.kind import PageKind

KINDS = (
    PageKind(
        key="home",
        title=Text("首页", "First page"),
        model=HomePage,
        under=frozenset(),
        by_editors=False,
        template="sites/home.html",
    ),
    PageKind(
        key="channel",
        title=Text("频道", "Channel"),
        model=ChannelPage,
        under=frozenset({"home"}),
        by_editors=False,
        template="sites/channel.html",
    ),
    PageKind(
        key="column",
        title=Text("栏目", "Column"),
        model=ColumnPage,
        under=frozenset({"home", "channel", "topic"}),
        template="sites/column.html",
    ),
)
