"""What is planned near an address, for everybody; the address is sent, never written into a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yiwang.identity.api import find_actor
from yiwang.kernel.text import Text
from yiwang.maps import api
from yiwang.maps.addresses.api import find_address
from yiwang.maps.addresses.contracts import LONGEST_TEXT
from yiwang.maps.rules.nearby import NEAR, blurred, box_around, metres_between
from yiwang.maps.rules.tiles import MOST_LAYERS
from yiwang.platform.contracts import Actor
from yiwang.platform.http.pace import Pace
from yiwang.platform.web.language import current_language

#: Searches a second from one address, in each web process.
_pace = Pace(5)
_UNKNOWN = Text(
    "没有找到这个地址，请写明区、路名和门牌号，例如“天河区某某路12号”。",
    "This address was not found. Write district, road and number.",
)
_EMPTY = Text("请输入地址", "Enter an address")
#: So many of a layer stand on the page; those farther away are folded.
_UNFOLDED = 5
_TOO_FAST = Text("查询太频繁，请稍后再试。", "Too many searches. Try again in a moment.")


@dataclass(frozen=True, slots=True)
class _Near:
    """A feature, and how far its middle lies."""

    feature: api.Feature
    metres: float


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def show_near(request: HttpRequest) -> HttpResponse:
    """Ask for an address; list what layers that say so have within a kilometre of it."""
    typed = request.POST.get("address", "").strip()[:LONGEST_TEXT]
    context: dict[str, object] = {"address": typed, "near": NEAR}
    if request.method == "POST":
        problem = _EMPTY if not typed else _TOO_FAST if _pace.take(request) else None
        found = find_address(typed, most=1) if problem is None else ()
        if found and found[0].longitude is not None and found[0].latitude is not None:
            place = blurred(found[0].longitude), blurred(found[0].latitude)
            context |= _around(find_actor(request), place) | {"found": found[0].full}
        else:
            context["problem"] = problem or _UNKNOWN
    answer = render(request, "maps/near.html", context, status=422 if "problem" in context else 200)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _around(actor: Actor | None, place: tuple[float, float]) -> dict[str, object]:
    """Layers with what is near, the nearest first, a picture and the way to the map."""
    layers = api.list_layers(actor)
    asked = [each for each in layers if each.layer.near]
    groups: list[dict[str, object]] = []
    for group in reversed(api.features_around(asked, place, box_around(place, NEAR), current_language())):
        rows = [_Near(one, metres_between(place, (one.longitude, one.latitude))) for one in group.features]
        rows = sorted((row for row in rows if row.metres <= NEAR), key=lambda row: row.metres)
        if rows:
            nearest = {"nearest": rows[:_UNFOLDED], "others": rows[_UNFOLDED:]}
            is_cut = not group.is_exact or group.total > len(group.features)
            groups.append({"title": group.title, "rows": rows, "is_cut": is_cut} | nearest)
    drawn = ",".join(each.layer.code for each in [*asked, *_shown(layers)][:MOST_LAYERS])
    return {
        "groups": groups,
        "picture": _link(
            reverse("map-still", args=[drawn]),
            centre=f"{place[0]},{place[1]}",
            scale="14000",
            width="160",
            height="150",
            ppi="120",
            lang=current_language(),
        ),
        "map": _link(reverse("maps:map"), layers=drawn, at=f"15/{place[1]}/{place[0]}"),
    }


def _shown(layers: Sequence[api.ReadLayer]) -> list[api.ReadLayer]:
    return [each for each in layers if each.layer.shown and not each.layer.near]


def _link(address: str, **said: str) -> str:
    return f"{address}?{urlencode(said, safe='/,')}"
