"""Features of a layer: a page of them, or one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from pydantic import JsonValue

from yiwang.exchange.api import find_asker
from yiwang.exchange.contracts import TokenRefused
from yiwang.maps.ogc.contracts import FeatureNotFound
from yiwang.maps.ogc.queries.asked import Asked
from yiwang.maps.ogc.queries.items import Page, Reader, read_one, read_page
from yiwang.maps.ogc.rules.systems import System
from yiwang.maps.ogc.web import answering as say
from yiwang.maps.ogc.web.asking import check_known, mark_of, read_asked, read_system
from yiwang.maps.ogc.web.table_file import table_file
from yiwang.maps.ogc.web.words import value_in_words
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.http.etag import tag_of, tagged
from yiwang.platform.web.language import current_language

#: Forms of features beside JSON and the page.
FORMS = ("geojson", "csv")
#: At which the map shows a feature with what is about it.
_ZOOM = 16


@require_safe
@say.telling
def items(request: HttpRequest, code: str) -> HttpResponse:
    """Give a page of features."""
    return items_answer(request, code, Reader(actor=find_asker(request), at=timezone.now()))


def show_item(request: HttpRequest, code: str, feature: str) -> HttpResponse:
    """Give one feature."""
    return item_answer(request, code, feature, Reader(actor=find_asker(request), at=timezone.now()))


def items_answer(request: HttpRequest, code: str, reader: Reader) -> HttpResponse:
    """The page for a reader.

    Raises:
        TokenRefused: the token does not count any more.
    """
    is_page = say.wants_page(request, *FORMS)
    asked = read_asked(request)
    found = read_page(reader, code, asked)
    if found is None:
        raise TokenRefused
    if is_page:
        return _shown(request, code, found)
    if request.GET.get("f") == "csv":
        return _table(request, code, asked, found)
    return _geojson(request, code, asked, found, reader.at)


def item_answer(request: HttpRequest, code: str, feature: str, reader: Reader) -> HttpResponse:
    """One feature for a reader.

    Raises:
        TokenRefused: the token does not count any more.
    """
    check_known(request, "crs")
    is_page, system = say.wants_page(request, "geojson"), read_system(request)
    if not (feature.isascii() and feature.isdecimal() and len(feature) < 19):
        raise FeatureNotFound(layer=code, feature=feature[:40])
    found = read_one(reader, code, int(feature), system)
    if found is None:
        raise TokenRefused
    read, said = found
    if is_page:
        return say.page(request, "item", {"read": read, "row": _row(read, json.loads(said))})
    body = _with_links(request, code, feature, said)
    return _tagged(request, read, system, body)


def tag_now(request: HttpRequest, code: str, entry: int, reader: Reader, system: System) -> str:
    """The tag that the feature bears in a system as this reader would get it now.

    Raises:
        FeatureNotFound
        TokenRefused: the token does not count any more.
    """
    found = read_one(reader, code, entry, system)
    if found is None:
        raise TokenRefused
    read, said = found
    return _tag(read, system, _with_links(request, code, str(entry), said))


def _with_links(request: HttpRequest, code: str, feature: str, said: str) -> str:
    collection = say.address(request, "collection", code)
    here = f"{collection}/items/{feature}"
    links: list[JsonValue] = [
        say.link(here, "self", say.GEOJSON),
        say.link(f"{here}?f=html", "alternate", say.HTML),
        say.link(collection, "collection"),
    ]
    return f'{said[:-1]},"links":{json.dumps(links, ensure_ascii=False)}}}'


def _geojson(request: HttpRequest, code: str, asked: Asked, found: Page, at: datetime) -> HttpResponse:
    matched = "" if found.matched is None else f'"numberMatched":{found.matched},'
    body = (
        f'{{"type":"FeatureCollection",{matched}"numberReturned":{len(found.features)},'
        f'"links":{json.dumps(_links(request, code, found), ensure_ascii=False)},'
        f'"features":[{",".join(found.features)}]'
    )
    stamp = f',"timeStamp":"{at.strftime("%Y-%m-%dT%H:%M:%SZ")}"}}'
    return _tagged(request, found.read, asked.system, body, stamp)


def _table(request: HttpRequest, code: str, asked: Asked, found: Page) -> HttpResponse:
    body = table_file(found.read, found.features, asked.system, current_language())
    answer = tagged(
        request,
        body,
        content_type=say.CSV,
        keyed=f"{found.read.mark} {asked.system.uri}",
        is_everybodys=found.read.is_everybodys,
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    if found.after is not None:
        following = request.GET.dict() | {"page": mark_of(found.after)}
        there = f'<{_with(say.address(request, "items", code), following)}>; rel="next"'
        answer.headers["Link"] = f"{there}, {say.queryables_link(request, code)}"
    return answer


def _tagged(
    request: HttpRequest, read: ReadLayer, system: System, body: str, stamp: str = ""
) -> HttpResponse:
    # the time at which it was made makes no other answer
    tag = _tag(read, system, body)
    answer = tagged(
        request, body + stamp, content_type=say.GEOJSON, is_everybodys=read.is_everybodys, tag=tag
    )
    answer.headers["Content-Crs"] = f"<{system.uri}>"
    answer.headers["Link"] = say.queryables_link(request, read.layer.code)
    return answer


def _tag(read: ReadLayer, system: System, body: str) -> str:
    return tag_of(f"{read.mark} {system.uri}", body.encode())


def _links(request: HttpRequest, code: str, found: Page) -> list[JsonValue]:
    collection = say.address(request, "collection", code)
    here = f"{collection}/items"
    asked = request.GET.dict()
    links: list[JsonValue] = [
        say.link(_with(here, asked), "self", say.GEOJSON),
        say.link(_with(here, asked | {"f": "html"}), "alternate", say.HTML),
        say.link(collection, "collection"),
    ]
    if found.after is not None:
        links.append(say.link(_with(here, asked | {"page": mark_of(found.after)}), "next", say.GEOJSON))
    return links


def _with(here: str, asked: dict[str, str]) -> str:
    return f"{here}?{urlencode(asked)}" if asked else here


def _shown(request: HttpRequest, code: str, found: Page) -> HttpResponse:
    asked = request.GET.dict()
    following = "" if found.after is None else f"?{urlencode(asked | {'page': mark_of(found.after)})}"
    context = {
        "read": found.read,
        "titles": [found.read.drawn.definition.get(name).title for name in found.read.seen],
        "rows": [_row(found.read, json.loads(each)) for each in found.features],
        "following": following,
    }
    return say.page(request, "items", context)


def _row(read: ReadLayer, feature: dict[str, JsonValue]) -> dict[str, object]:
    """A feature as a table shows it, and where the map shows it."""
    values = feature["properties"]
    said = values if isinstance(values, dict) else {}
    definition = read.drawn.definition
    facts = [
        (definition.get(name).title, value_in_words(definition, name, said.get(name))) for name in read.seen
    ]
    geometry = feature["geometry"]
    corners = list(_corners(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    return {"id": feature["id"], "facts": facts, "at": _middle(corners)}


def _corners(part: JsonValue) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of each corner of a shape's coordinates, however deep they lie."""
    if not isinstance(part, list):
        return
    match part:
        case [int() | float() as east, int() | float() as north, *_]:
            yield float(east), float(north)
        case _:
            for inner in part:
                yield from _corners(inner)


def _middle(corners: Sequence[tuple[float, float]]) -> str:
    """The middle of a shape as the map's address takes it; empty for none and for metres."""
    if not corners or any(abs(east) > 180 or abs(north) > 90 for east, north in corners):
        return ""
    east, north = zip(*corners, strict=True)
    return f"{_ZOOM}/{(min(north) + max(north)) / 2:.5f}/{(min(east) + max(east)) / 2:.5f}"
