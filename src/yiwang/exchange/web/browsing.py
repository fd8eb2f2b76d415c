"""Words and facets of the catalogue as plain links, for the public page and the officers' page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest

from yiwang.exchange.catalogue.items import Origin
from yiwang.exchange.catalogue.metadata import Category, Updated
from yiwang.exchange.contracts import Sharing
from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text

_MOST_CHOSEN = 80
FACET_TITLES = {
    "origin": Text("来源", "Origin"),
    "category": Text("分类", "Category"),
    "owner": Text("提供单位", "Provided by"),
    "sharing": Text("共享类型", "Sharing"),
    "format": Text("格式", "Format"),
    "updated": Text("更新周期", "Updated"),
}
_OPEN = frozenset({"origin", "category"})


def asked_of(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    """The words (``q``) and the choice of each facet as the address says them; empty where nothing was."""
    found = {}
    for name in ("q", *names):
        value = request.GET.get(name, "")[:_MOST_CHOSEN].strip()
        found[name] = "".join(sign for sign in value if sign.isprintable())
    return found


def page_number(request: HttpRequest) -> int:
    """The number of the page that is asked for, from 1."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), 10_000) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def facet_of(
    request: HttpRequest,
    name: str,
    chosen: str,
    counts: Mapping[str, int],
    *,
    title: Text | None = None,
    labels: Mapping[str, Text] | None = None,
) -> dict[str, object]:
    """A facet with its choices; the one that is chosen leads back to all. ``labels`` names own values."""
    return {
        "title": title or FACET_TITLES[name],
        "open": name in _OPEN or bool(chosen),
        "choices": [
            {
                "label": labels[value] if labels else _label(name, value),
                "count": count,
                "chosen": value == chosen,
                "href": _link(request, name, "" if value == chosen else value),
            }
            for value, count in counts.items()
        ],
    }


def chosen_of(
    request: HttpRequest, asked: Mapping[str, str], labels: Mapping[str, Mapping[str, Text]] | None = None
) -> list[dict[str, object]]:
    """What was chosen, each with the address without it."""
    own = labels or {}
    return [
        {
            "text": own[name].get(value, value) if name in own else _label(name, value),
            "href": _link(request, name, ""),
        }
        for name, value in asked.items()
        if value and name != "q"
    ]


def _link(request: HttpRequest, key: str, value: str) -> str:
    query = {name: text for name, text in request.GET.items() if name not in {key, "page"} and text}
    if value:
        query[key] = str(value)
    return f"?{urlencode(query)}" if query else request.path


def _label(name: str, value: str) -> object:
    if name == "origin" and value in set(Origin):
        return Origin(value).words
    if name == "category" and value in set(Category):
        return Category(value).words
    if name == "sharing" and value in set(Sharing):
        return Sharing(value).words
    if name == "updated" and value in set(Updated):
        return Updated(value).words
    if name == "owner":
        return organisation_names((value,))[value]
    return value
