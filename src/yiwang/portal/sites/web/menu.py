"""The sites' entries in the menus."""

from __future__ import annotations

from django.http import HttpRequest

from yiwang.identity.api import actor_for
from yiwang.kernel.text import Text
from yiwang.platform.web.navigation import Entry, register
from yiwang.portal.sites.api import READ, count_refused_orders


def register_menu() -> None:
    """Register the group among the public entries and the editors' desk, at start."""
    register(Entry(key="sites", title=Text("政府网站", "Government sites"), url_name="sites:group", order=5))
    register(
        Entry(
            key="site_desk",
            title=Text("网站编辑", "Sites"),
            url_name="site_desk:sites",
            order=70,
            area="desk",
            operation=READ,
            icon="edit",
            count=_refused,
        )
    )


def _refused(request: HttpRequest) -> int | None:
    """Ordered publications that did not happen: who edits the site should look."""
    return count_refused_orders(actor_for(request)) or None
