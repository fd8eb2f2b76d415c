"""Where the entries of the menus come from: engines register downwards, pages ask.

An entry that names an operation is shown only to those who may do it. Identity plugs its check in at
start with ``use_permission_check``; until then such entries are hidden (fails closed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text

Area = Literal["portal", "account", "desk", "footer"]
Audience = Literal["everyone", "guest", "signed_in"]
PermissionCheck = Callable[[HttpRequest, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a menu.

    ``operation`` empty means that anyone may see it; ``group`` heads a block of the desk's side menu;
    ``count`` gives a figure beside the title (open tasks), None hides it.
    """

    key: str
    title: Text
    url_name: str
    operation: str = ""
    order: int = 100
    area: Area = "portal"
    audience: Audience = "everyone"
    group: Text | None = None
    icon: str = ""
    count: Callable[[HttpRequest], int | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An entry as one reader sees it on one page."""

    key: str
    title: Text
    href: str
    current: bool
    group: Text | None
    icon: str
    count: int | None


#: Head the blocks of registers and what is shared from them, and of layers and what is worked out from them.
DATA = Text("数据", "Data")
MAPS = Text("地图", "Maps")
entries: Registry[Entry] = Registry("navigation")
_checks: list[PermissionCheck] = []


def register(entry: Entry) -> Entry:
    """Add an entry; its key registers once."""
    return entries.register(f"{entry.area}.{entry.key}", entry)


def use_permission_check(check: PermissionCheck) -> None:
    """Plug in the question "may the reader of this request do this operation?"; the last one counts."""
    _checks[:] = [check]


def _may_see(entry: Entry, request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    if entry.audience == "guest" and signed_in:
        return False
    if entry.audience == "signed_in" and not signed_in:
        return False
    if not entry.operation:
        return True
    return bool(_checks) and _checks[0](request, entry.operation)


def _is_current(href: str, path: str, *, home: str) -> bool:
    return path == href if href == home else path.startswith(href)


def shown_entries(area: Area, request: HttpRequest) -> tuple[Shown, ...]:
    """Give the entries of an area that this reader may see, in their order, the present one marked.

    An entry is current when the page's address begins with its own; among several, the longest.
    """
    visible = sorted(
        (entry for _, entry in entries if entry.area == area and _may_see(entry, request)),
        key=lambda entry: (entry.order, entry.key),
    )
    addresses = {entry.key: reverse(entry.url_name) for entry in visible}
    home = min(addresses.values(), key=len, default="")
    matching = [href for href in addresses.values() if _is_current(href, request.path, home=home)]
    current = max(matching, key=len, default=None)
    return tuple(
        Shown(
            key=entry.key,
            title=entry.title,
            href=addresses[entry.key],
            current=addresses[entry.key] == current,
            group=entry.group,
            icon=entry.icon,
            count=entry.count(request) if entry.count else None,
        )
        for entry in visible
    )
