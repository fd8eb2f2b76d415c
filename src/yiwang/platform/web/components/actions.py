"""Buttons, links, paths and pages of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from django.http import HttpRequest

from yiwang.kernel.text import Text
from yiwang.platform.web.components.reading import parts, read, words

_BACK = Text("返回", "Back")
_VIEWS = Text("分类", "Views")
_BUTTON_KINDS = {
    "primary": "",
    "secondary": " govuk-button--secondary",
    "warning": " govuk-button--warning",
    "quiet": " yw-button--quiet",
}


class Page(Protocol):
    """What pagination needs of Django's Page."""

    number: int

    @property
    def paginator(self) -> Paginator: ...
    def has_previous(self) -> bool: ...
    def has_next(self) -> bool: ...


class Paginator(Protocol):
    """What pagination needs of Django's Paginator."""

    count: int
    num_pages: int


def button(
    text: object,
    en: object = "",
    *,
    kind: str = "primary",
    href: str = "",
    name: str = "",
    value: object = "",
    icon: str = "",
    small: bool = False,
    disabled: bool = False,
    confirm: object = "",
    form: str = "",
) -> dict[str, object]:
    """A button that submits, or with ``href`` a link that looks like one."""
    return {
        "text": words(text, en),
        "classes": _BUTTON_KINDS[kind] + (" yw-button--small" if small else ""),
        "href": href,
        "name": name,
        "value": value,
        "icon": icon,
        "disabled": disabled,
        "confirm": words(confirm),
        "form": form,
    }


def back_link(href: str, text: object = _BACK, en: object = "") -> dict[str, object]:
    """The way back, above the heading."""
    return {"href": href, "text": words(text, en)}


def breadcrumbs(items: object) -> dict[str, object]:
    """The path to this page: items ``{text, href}``; the last one without ``href`` is the page itself."""
    return {
        "items": [{"text": words(read(item, "text")), "href": read(item, "href")} for item in parts(items)]
    }


def tabs(items: object, text: object = _VIEWS, en: object = "") -> dict[str, object]:
    """Views of one thing as links: items ``{text, href, current, count}``."""
    return {
        "label": words(text, en),
        "items": [
            {
                "text": words(read(item, "text")),
                "href": read(item, "href"),
                "current": bool(read(item, "current", default=False)),
                "count": words(read(item, "count")),
            }
            for item in parts(items)
        ],
    }


def _page_numbers(number: int, last: int) -> list[int | None]:
    """First, last and the neighbours of the present page; None stands for a gap."""
    wanted = sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})
    shown: list[int | None] = []
    for at, page in enumerate(wanted):
        if at and page - wanted[at - 1] == 2:
            shown.append(page - 1)
        elif at and page - wanted[at - 1] > 2:
            shown.append(None)
        shown.append(page)
    return shown


def pagination(context: Mapping[str, object], page: Page, param: str = "page") -> dict[str, object]:
    """Links to the pages of a list; keeps the rest of the query. ``page`` is a page of Django's Paginator."""
    request = context["request"]
    assert isinstance(request, HttpRequest)  # noqa: S101 - the request context processor is always on
    query = request.GET.copy()

    def address(number: int) -> str:
        query[param] = str(number)
        return f"?{query.urlencode()}"

    last = page.paginator.num_pages
    return {
        "count": page.paginator.count,
        "several": last > 1,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
        "pages": [
            {"number": number, "href": address(number) if number else "", "current": number == page.number}
            for number in _page_numbers(page.number, last)
        ],
    }
