"""The entries of supervision in the desk's menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register

_GROUP = Text("监察", "Supervision")
_ENTRIES = (
    ("supervision", Text("实时监察", "Live board"), "board", "cases.board.read", "eye"),
    ("cards", Text("黄牌和红牌", "Cards"), "cards", "cases.board.read", "warning"),
    ("notices", Text("督办", "Notices"), "notices", "cases.board.read", "bell"),
    ("scores", Text("效能评分", "Scores"), "scores", "cases.board.read", "scale"),
    ("items", Text("事项用时", "Service items"), "items", "cases.board.read", "clock"),
    ("reports", Text("监察月报", "Monthly reports"), "reports", "insight.report.ask", "file"),
)


def register_menu() -> None:
    """Register them, at start."""
    for place, (key, title, name, operation, icon) in enumerate(_ENTRIES):
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
            )
        )
