"""Parameters under ``/ogc/``: what is known, what is refused (17-069r4, requirements 8 and 9)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from yiwang.kernel.text import Text
from yiwang.maps.ogc.contracts import ParameterRefused, ParameterUnknown
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.rules.boxes import read_box
from yiwang.maps.ogc.rules.reading_cql2 import read_filter
from yiwang.maps.ogc.rules.systems import DEFAULT, System, system_of
from yiwang.maps.ogc.rules.times import read_span

MOST_FEATURES = 10_000
_ITEMS = frozenset(
    {
        "f",
        "limit",
        "page",
        "bbox",
        "bbox-crs",
        "crs",
        "datetime",
        "filter",
        "filter-lang",
        "filter-crs",
        "count",
    }
)
_LONGEST = 9_000
#: Which page follows: the last entry of the one before, in a form of which nobody should make one.
_MARK = "e"
_TOO_LONG = Text("过长或含空字符", "it is too long or holds U+0000")


def check_known(request: HttpRequest, *names: str) -> None:
    """Refuse a parameter that the address does not have.

    Raises:
        ParameterUnknown
    """
    for name in request.GET:
        if name != "f" and name not in names:
            raise ParameterUnknown(name=name[:60])


def read_asked(request: HttpRequest, *, of_form: bool = False) -> Asked:
    """A page of features as an address asks for it; the empty fields that a form sends ask for nothing.

    Raises:
        ParameterRefused, FilterWrong
    """
    said = {name: value for name, value in _single(request).items() if value or not of_form}
    box_system = _system(said, "bbox-crs")
    span, box, tree = said.get("datetime"), said.get("bbox"), said.get("filter")
    return Asked(
        system=_system(said, "crs"),
        limit=_limit(said.get("limit", "10")),
        after=_after(said.get("page", "")),
        boxes=None if box is None else read_box(box, box_system),
        box_system=box_system,
        span=None if span is None else read_span(span),
        filter=None if tree is None else read_filter(tree, said.get("filter-lang", "cql2-text")),
        filter_system=_system(said, "filter-crs"),
        equal={name: value for name, value in said.items() if name not in _ITEMS},
        is_counted=_counted(said.get("count", "none")),
    )


def read_system(request: HttpRequest) -> System:
    """In which reference system one feature is wanted.

    Raises:
        ParameterRefused
    """
    return _system(_single(request), "crs")


def mark_of(after: int) -> str:
    """The mark of the page that follows."""
    return base64.urlsafe_b64encode(f"{_MARK}{after}".encode()).decode().rstrip("=")


def _single(request: HttpRequest) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, values in request.GET.lists():
        _check(name, values)
        found[name] = values[0]
    return found


def _check(name: str, values: Sequence[str]) -> None:
    if len(values) != 1:
        raise ParameterRefused(name=name[:60], why=Text("只能出现一次", "it may be given once only"))
    if len(values[0]) > _LONGEST or "\x00" in values[0] or "\x00" in name:
        raise ParameterRefused(name=name[:60].replace("\x00", ""), why=_TOO_LONG)


def _system(said: Mapping[str, str], name: str) -> System:
    if name not in said:
        return DEFAULT
    found = system_of(said[name])
    if found is None:
        raise ParameterRefused(
            name=name,
            why=Text("没有这个坐标参照系", "there is no such coordinate reference system here"),
        )
    return found


def _limit(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 19 and int(said) >= 1):
        raise ParameterRefused(
            name="limit",
            why=Text(f"应为1至{MOST_FEATURES}的整数", f"it is a whole number from 1 to {MOST_FEATURES}"),
        )
    # more than the most is no error but the most (17-069r4, 7.15.2)
    return min(int(said), MOST_FEATURES)


def _after(said: str) -> int:
    if not said:
        return 0
    try:
        text = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    number = text.removeprefix(_MARK)
    if not text.startswith(_MARK) or not number.isdecimal() or len(number) > 18:
        raise ParameterRefused(
            name="page", why=Text("请使用上一页给出的next链接", "follow the link next of the page before")
        )
    return int(number)


def _counted(said: str) -> bool:
    if said not in ("none", "bounded"):
        raise ParameterRefused(name="count", why=Text("应为none或bounded", "it is none or bounded"))
    return said == "bounded"
