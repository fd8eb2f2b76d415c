"""The public catalogue: words and facets, every choice a plain link; one entry with all its metadata."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yiwang.exchange import api
from yiwang.exchange.catalogue.items import Distribution, Item, Origin
from yiwang.exchange.contracts import Sharing
from yiwang.exchange.web.browsing import FACET_TITLES, asked_of, chosen_of, facet_of, page_number
from yiwang.kernel.text import Text
from yiwang.platform.web.language import current_language

_PER_PAGE = 20
_TONES = {Sharing.UNCONDITIONAL: "success", Sharing.CONDITIONAL: "info", Sharing.NOT_SHARED: "neutral"}
_KINDS = {
    "register": Text("数据表", "Table"),
    "indicator": Text("指标", "Indicators"),
    "file": Text("文件", "File"),
    "layer": Text("地图图层", "Layer of the map"),
    "external": Text("外部数据集", "External data set"),
}


@require_safe
def show_catalogue(request: HttpRequest) -> HttpResponse:
    """Find entries."""
    asked = asked_of(request, tuple(FACET_TITLES))
    number = page_number(request)
    found = api.search(
        api.Asked(
            words=asked["q"],
            chosen={name: (asked[name],) for name in FACET_TITLES if asked[name]},
            start=(number - 1) * _PER_PAGE,
            rows=_PER_PAGE,
        ),
        facets=tuple(FACET_TITLES),
    )
    page = Paginator(range(found.count), _PER_PAGE).get_page(number)
    context = {
        "asked": asked,
        "count": found.count,
        "page": page,
        "rows": [_row(item) for item in found.items],
        "facets": [facet_of(request, name, asked[name], found.facets[name]) for name in FACET_TITLES],
        "chosen": chosen_of(request, asked),
    }
    return render(request, "exchange/public/catalogue.html", context)


@require_safe
def show_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One entry with its metadata, information items and ways to the data."""
    item = api.get_entry(code)
    known = {found.code: found.title for found in api.list_resources()}
    context = {
        "item": item,
        "sharing": _sharing(item),
        "origin": item.origin.words,
        "metadata": _metadata(item),
        "lines": [
            {
                "name": line.title,
                "type": line.type or Text("—", "—"),
                "length": line.length or "—",
                "secrecy": line.secrecy.words,
            }
            for line in item.lines
        ],
        "ways": [_way(way) for way in item.distributions],
        "related": [{"code": code, "title": known[code]} for code in item.related if code in known],
        "is_ours": item.origin is Origin.RESOURCE,
    }
    return render(request, "exchange/public/entry.html", context)


def _row(item: Item) -> dict[str, object]:
    return {
        "item": item,
        "sharing": _sharing(item),
        "kind": _KINDS.get(item.kind, item.kind),
        "category": item.category.words if item.category else None,
        "updated": item.updated.words if item.updated else None,
    }


def _sharing(item: Item) -> dict[str, object]:
    if item.sharing is None:
        return {"text": item.origin.words, "tone": "success" if item.origin is Origin.RELEASE else "neutral"}
    return {"text": item.sharing.words, "tone": _TONES[item.sharing]}


def _way(way: Distribution) -> dict[str, object]:
    return {"way": way, "is_service": way.is_service}


def _metadata(item: Item) -> list[dict[str, object]]:
    """The core metadata in the order of the guide; what is not stated is left out."""
    category = None
    if item.category:
        parts = [item.category.class_words, item.category.words, item.subject, item.detail]
        category = " / ".join(part.in_(current_language()) for part in parts if part)
    said: list[tuple[Text, object]] = [
        (Text("信息资源代码", "Code of the resource"), item.identifier),
        (Text("信息资源分类", "Category"), category),
        (Text("信息资源提供方", "Provided by"), item.publisher),
        (Text("提供方代码", "Code of the provider"), item.owner),
        (Text("信息资源格式", "Format"), item.format.words if item.format else None),
        (Text("共享类型", "Sharing"), item.sharing.words if item.sharing else None),
        (Text("共享依据", "Basis"), item.legal_basis),
        (Text("共享条件", "Conditions"), item.conditions),
        (Text("开放属性", "Open to society"), item.open_type.words),
        (Text("更新周期", "Updated"), item.updated.words if item.updated else None),
        (Text("发布日期", "Published"), item.issued_at.date() if item.issued_at else None),
        (Text("更新日期", "Changed"), item.changed_at.date()),
        (Text("关键字", "Keywords"), list(item.keywords)),
    ]
    if item.provenance:
        said += [
            (Text("取自", "Read from"), item.provenance.source_title),
            (Text("原标识符", "Identifier there"), item.provenance.identifier),
        ]
    return [{"key": key, "value": value} for key, value in said if value]
