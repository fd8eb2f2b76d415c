"""``/api/addresses``: find written addresses, suggest while somebody types, name the nearest of a point.

Texts are posted, never in an address of the web: a text may say where somebody lives. Everybody finds and
is suggested what the register publishes; points are internal, so coordinates, the nearest and many at once
are for officers and departments' systems.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import django_auth

from yiwang.exchange.api import client_bearer, find_asker, get_asker
from yiwang.exchange.contracts import TooFast
from yiwang.maps.addresses import api
from yiwang.maps.addresses.contracts import LONGEST_TEXT
from yiwang.platform.http.pace import Pace
from yiwang.platform.http.schemas import TextOut, refusals

router = Router(tags=["addresses"])
#: Texts that are found in one request; a longer file goes in parts.
MOST_TEXTS = 500
#: Requests a second from one address, in each web process: somebody types, nobody copies the register.
PER_SECOND = 20
_pace = Pace(PER_SECOND)
_REFUSED = refusals(401, 403, 422, 429)
_Line = Annotated[str, Field(max_length=LONGEST_TEXT)]


class AddressIn(Schema):
    """A written address."""

    text: _Line
    most: int = Field(3, ge=1, le=10)
    #: The day on which it was written: names of that day come first.
    as_of: date | None = None


class AddressesIn(Schema):
    """Written addresses, in the order of the answers."""

    texts: list[_Line] = Field(max_length=MOST_TEXTS)
    #: The day on which they were written.
    as_of: date | None = None


class TypedIn(Schema):
    """What stands in the field so far."""

    typed: _Line


class PlaceIn(Schema):
    """A point in CGCS2000, in degrees, and how far to look."""

    longitude: float = Field(ge=-180, le=180)
    latitude: float = Field(ge=-90, le=90)
    metres: float = Field(200, gt=0, le=2_000)


class AddressReasonOut(Schema):
    """A part of the address: matched, corrected, supplied or missing, and in words."""

    part: str
    state: str
    text: TextOut


class AddressFoundOut(Schema):
    """A standard address; the point only for officers and departments' systems."""

    code: str
    address: str
    division: str
    level: str
    status: str
    #: The chance that the number of the building is right.
    confidence: float
    longitude: float | None = None
    latitude: float | None = None
    metres: float | None = None
    reasons: list[AddressReasonOut] = []


class AddressesFoundOut(Schema):
    """Standard addresses, the likeliest or nearest first."""

    found: list[AddressFoundOut]


class AddressBatchOut(Schema):
    """For each text the likeliest standard address, or null; and how many were found."""

    found: list[AddressFoundOut | None]
    count: int


class AddressSuggestionOut(Schema):
    """A line under the field; a road has no code yet. ``other`` is the old name that was typed."""

    address: str
    code: str
    division: str
    other: str


class AddressSuggestionsOut(Schema):
    """At most eight lines."""

    suggestions: list[AddressSuggestionOut]


@router.post("/find", response={200: AddressesFoundOut, **_REFUSED}, summary="Find a written address")
def find_address(request: HttpRequest, asked: AddressIn) -> AddressesFoundOut:
    """Give the standard addresses that a text may mean, with confidence and reasons."""
    actor = find_asker(request)
    with_point = actor is not None and api.may_locate(actor)
    if not with_point:
        _keep_pace(request)
    found = api.find_address(asked.text, most=asked.most, as_of=asked.as_of)
    return AddressesFoundOut(found=[_out(each, with_point=with_point) for each in found])


@router.post("/suggestions", response={200: AddressSuggestionsOut, **_REFUSED}, summary="Suggest addresses")
def suggest_addresses(request: HttpRequest, asked: TypedIn) -> AddressSuggestionsOut:
    """Give roads, estates and doors that begin with what was typed: characters, pinyin or first letters."""
    _keep_pace(request)
    return AddressSuggestionsOut(
        suggestions=[
            AddressSuggestionOut(address=each.text, code=each.code, division=each.division, other=each.other)
            for each in api.suggest_addresses(asked.typed)
        ]
    )


@router.post(
    "/nearest",
    response={200: AddressesFoundOut, **_REFUSED},
    auth=[client_bearer, django_auth],
    summary="The nearest addresses of a point",
)
def nearest_addresses(request: HttpRequest, asked: PlaceIn) -> AddressesFoundOut:
    """Give addresses around a point with their distance in metres."""
    api.require_locating(get_asker(request))
    found = api.addresses_at(asked.longitude, asked.latitude, metres=asked.metres)
    return AddressesFoundOut(found=[_out(each, with_point=True) for each in found])


@router.post(
    "/batches",
    response={200: AddressBatchOut, **_REFUSED},
    auth=[client_bearer, django_auth],
    summary="Find many written addresses",
)
def find_addresses(request: HttpRequest, asked: AddressesIn) -> AddressBatchOut:
    """Give the likeliest standard address of each text, in their order."""
    api.require_locating(get_asker(request))
    answers = api.find_addresses(asked.texts, as_of=asked.as_of)
    found = [_out(each[0], with_point=True) if each else None for each in answers]
    return AddressBatchOut(found=found, count=sum(each is not None for each in found))


def _out(found: api.Found, *, with_point: bool) -> AddressFoundOut:
    return AddressFoundOut(
        code=found.code,
        address=found.full,
        division=found.division,
        level=found.level,
        status=found.status,
        confidence=found.confidence,
        longitude=found.longitude if with_point else None,
        latitude=found.latitude if with_point else None,
        metres=found.metres if with_point else None,
        reasons=[
            AddressReasonOut(part=each.part, state=each.state, text=TextOut.of(each.text))
            for each in found.reasons
        ],
    )


def _keep_pace(request: HttpRequest) -> None:
    if seconds := _pace.take(request):
        raise TooFast(seconds=seconds)
