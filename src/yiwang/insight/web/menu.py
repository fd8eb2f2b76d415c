"""The entries of supervision in the desk's menu."""

from __future__ import annotations

from yiwang.insight.web.alerts import count_new
from yiwang.insight.web.notices import count_waiting
from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register

_GROUP = Text("监察", "Supervision")
_WATCH, _ALERT, _REPORT = "cases.board.read", "insight.alert.see", "insight.report.ask"
#: Key, title, name of the address, operation, icon, figure.
_ENTRIES = (
    ("supervision", Text("实时监察", "Live board"), "board", _WATCH, "eye", None),
    ("alerts", Text("预警提醒", "Alerts"), "alerts", _ALERT, "bell", count_new),
    ("cards", Text("黄牌和红牌", "Cards"), "cards", _WATCH, "warning", None),
    ("notices", Text("督办", "Notices"), "notices", _WATCH, "hand", count_waiting),
    ("scores", Text("效能评分", "Scores"), "scores", _WATCH, "scale", None),
    ("items", Text("事项用时", "Service items"), "items", _WATCH, "clock", None),
    ("reports", Text("监察月报", "Monthly reports"), "reports", _REPORT, "file", None),
)


def register_menu() -> None:
    """Register them, at start: supervision in the desk, the statistics at the portal's foot."""
    for place, (key, title, name, operation, icon, count) in enumerate(_ENTRIES):
        register(
            Entry(
                key=key,
                title=title,
                url_name=f"supervision:{name}",
                operation=operation,
                group=_GROUP,
                icon=icon,
                area="desk",
                order=200 + place,
                count=count,
            )
        )
    title = Text("政务服务统计", "Service statistics")
    register(Entry(key="statistics", title=title, url_name="statistics:statistics", order=5, area="footer"))
