"""What the addresses of supervision pages ask for, read with care: anything strange falls back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from yiwang.cases.contracts import Light
from yiwang.cases.contracts.figures import Indicator
from yiwang.insight.rules.months import Month, month_of, read_month
from yiwang.kernel.text import Text

PER_PAGE = 50
#: How many months back a page offers.
_MONTHS = 24
_LONGEST = 60
_DIGITS = 16
_LAST_PAGE = 1_000_000
_NO_CODE = re.compile(r"[^A-Za-z0-9_-]")


def asked_month(request: HttpRequest, at: datetime) -> Month:
    """The month that is asked for; the present one if none, or one that has not begun."""
    found = read_month(request.GET.get("month", ""))
    now = month_of(at)
    return now if found is None or found > now else found


def month_options(at: datetime) -> list[tuple[str, Text]]:
    """The months that can be chosen, latest first."""
    month, offered = month_of(at), []
    for _ in range(_MONTHS):
        offered.append((month.key, month.title))
        month = month.previous
    return offered


def asked(request: HttpRequest, name: str) -> str:
    """A code from the address; whatever no code holds is left out."""
    return _NO_CODE.sub("", request.GET.get(name, "")[:_LONGEST])


def asked_number(request: HttpRequest, name: str, query: QueryDict | None = None) -> int | None:
    """An id from the address, or from a form that was sent."""
    found = (request.GET if query is None else query).get(name, "")
    return int(found) if found.isascii() and found.isdigit() and len(found) < _DIGITS else None


def asked_light(request: HttpRequest) -> Light | None:
    """A light, if a known one is asked for."""
    light = asked(request, "light")
    return Light(light) if light in set(Light) else None


def asked_indicator(request: HttpRequest) -> Indicator:
    """An indicator; limits if none."""
    found = asked(request, "indicator")
    return Indicator(found) if found in set(Indicator) else Indicator.ON_TIME


def asked_page(request: HttpRequest) -> int:
    """The number of the page of a list, from 1."""
    return min(max(asked_number(request, "page") or 1, 1), _LAST_PAGE)


def page_of(total: int, number: int) -> Page[int]:
    """What the pagination component takes, for a list that the database has cut already."""
    return Paginator(range(total), PER_PAGE).get_page(number)


def link(name: str, *parts: object, **query: object) -> str:
    """The address of a supervision page; empty parts of the query are left out."""
    chosen: Mapping[str, object] = {key: value for key, value in query.items() if value not in {"", None}}
    path = reverse(f"supervision:{name}", args=parts)
    return f"{path}?{urlencode(chosen)}" if chosen else path
