"""Choices that narrow what was found: each a plain link, with how many it would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest

from yiwang.kernel.text import Text
from yiwang.portal.search import api
from yiwang.portal.web.asking import asked

_KIND, _BY, _DATE = Text("种类", "Kind"), Text("部门和网站", "Department and site"), Text("日期", "Date")
_ALL = Text("全部", "Everything")
_AGES = {
    30: Text("最近一个月", "The last month"),
    180: Text("最近半年", "The last six months"),
    365: Text("最近一年", "The last year"),
}
_LONGEST_CODE = 60


def narrowed_by(request: HttpRequest) -> api.Narrowed:
    """What the address chooses; what is no choice chooses nothing."""
    kind = asked(request, "kind", most=40)
    days = asked(request, "days", most=4)
    return api.Narrowed(
        kind=kind if kind in api.SOURCES else "",
        organisation=asked(request, "by", most=_LONGEST_CODE),
        days=next((age for age in api.DAYS if str(age) == days), 0),
    )


def facets_of(
    query: str, narrowed: api.Narrowed, found: api.Results, names: Mapping[str, Text]
) -> list[dict[str, object]]:
    """Facets that offer a choice, in the order of the page; beyond the first, those that narrow are open."""
    kinds = [
        (replace(narrowed, kind=code), api.SOURCES.get(code).kind.name, count)
        for code, count in found.by_kind
    ]
    bodies = [
        (replace(narrowed, organisation=code), names[code], count) for code, count in found.by_organisation
    ]
    ages = [(replace(narrowed, days=days), _AGES[days], count) for days, count in found.by_days]
    everything = sum(count for _, count in found.by_kind)
    facets = (
        _facet(query, _KIND, narrowed, [(replace(narrowed, kind=""), _ALL, everything), *kinds]),
        _facet(query, _BY, narrowed, [*_whole(replace(narrowed, organisation="")), *bodies]),
        _facet(query, _DATE, narrowed, [*_whole(replace(narrowed, days=0)), *ages]),
    )
    return [facet for facet in facets if facet]


def _whole(choice: api.Narrowed) -> list[tuple[api.Narrowed, Text, int | None]]:
    """The way back from a choice, which is not counted: not everything has a date or an organisation."""
    return [(choice, _ALL, None)]


def _facet(
    query: str, name: Text, narrowed: api.Narrowed, choices: Iterable[tuple[api.Narrowed, Text, int | None]]
) -> dict[str, object]:
    entries = [
        {
            "name": words,
            "count": count,
            "chosen": choice == narrowed,
            "href": f"?{urlencode({'q': query} | _asked(choice))}",
        }
        for choice, words, count in choices
        if count or count is None or choice == narrowed
    ]
    is_open = name is _KIND or not entries[0]["chosen"]
    return {"name": name, "entries": entries, "open": is_open} if len(entries) > 1 else {}


def _asked(choice: api.Narrowed) -> dict[str, str]:
    said = {"kind": choice.kind, "by": choice.organisation, "days": str(choice.days or "")}
    return {name: value for name, value in said.items() if value}
