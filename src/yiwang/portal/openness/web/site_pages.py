"""What the catalogue adds to a policy file or an explanation on a site."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from yiwang.portal.openness import api
from yiwang.portal.openness.contracts import ItemNotFound
from yiwang.portal.openness.page_kinds import KINDS
from yiwang.portal.openness.web import shown
from yiwang.portal.sites.contracts import PageView, SiteView
from yiwang.portal.sites.web.showing import SHOWN


def shown_item(request: HttpRequest, site: SiteView, page: PageView) -> dict[str, object]:
    """State, life and links of the item that the page stands for; nothing where none is public."""
    number = page.details.get("index_number")
    try:
        view = api.public_item_numbered(str(number or ""), at=timezone.now())
    except ItemNotFound:
        return {}
    return {
        "item": view.row,
        "life": shown.life(view),
        "links": shown.links(view),
        "explains": shown.cards(view.explains),
        **shown.state_of(view.row),
    }


def register_shown() -> None:
    """Run once, when all apps are ready."""
    for kind in KINDS:
        SHOWN.register(kind.key, shown_item)
