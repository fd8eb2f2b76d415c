"""The desk's entries in the menu."""

from __future__ import annotations

from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register

_WORK = Text("办件", "Cases")
_WINDOW = Text("窗口", "Counter")


def register_menu() -> None:
    """Register the desk's entries, at start."""
    for order, (key, title, url_name, operation, group, icon) in enumerate(
        (
            ("inbox", Text("待办", "Inbox"), "desk:inbox", "cases.case.read", _WORK, "inbox"),
            ("search", Text("办件查找", "Find cases"), "desk:search", "cases.case.read", _WORK, "search"),
            (
                "counter",
                Text("窗口收件", "Counter entry"),
                "desk:counter",
                "cases.case.register",
                _WINDOW,
                "edit",
            ),
            ("queue", Text("叫号", "Queue"), "desk:queue", "cases.appointment.call", _WINDOW, "people"),
        )
    ):
        register(
            Entry(
                key=key,
                title=title,
                url_name=url_name,
                operation=operation,
                group=group,
                icon=icon,
                area="desk",
                order=10 * order,
            )
        )
