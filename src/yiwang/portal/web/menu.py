"""The portal's entries in the menus."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register


def register_menu() -> None:
    """Register the public entries and that of one's own space, at start."""
    for order, (key, title, url_name) in enumerate(
        (
            ("home", Text("首页", "Home"), "portal:home"),
            ("services", Text("办事", "Services"), "portal:services"),
            ("invest", Text("投资服务", "Investment"), "portal:invest"),
            ("track", Text("办件查询", "Track"), "portal:track"),
            ("results", Text("结果公示", "Results"), "portal:results"),
            ("licence", Text("证照核验", "Check a licence"), "portal:licence_check"),
        )
    ):
        register(Entry(key=key, title=title, url_name=url_name, order=10 * order))
    for order, (key, title, url_name) in enumerate(
        (
            ("departments", Text("各部门办理情况", "Departments and how they do"), "portal:departments"),
            ("notices", Text("通知公告", "Notices"), "portal:notices"),
            ("search", Text("搜索", "Search"), "search:results"),
        )
    ):
        register(Entry(key=key, title=title, url_name=url_name, order=10 * order, area="footer"))
    register(
        Entry(
            key="space",
            title=Text("我的空间", "My space"),
            url_name="portal:space",
            order=60,
            area="account",
            audience="signed_in",
        )
    )
