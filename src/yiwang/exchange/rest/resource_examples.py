"""Examples in the document of a resource: asked and answered as the twin would, so about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from yiwang.exchange import api
from yiwang.exchange.contracts import Purpose
from yiwang.platform.contracts import Json

_PURPOSE: dict[str, Json] = {"kind": "case", "reference": "4401-2026-0000123"}
_AT = "2026-11-22T09:00:00+08:00"
_CODE, _DIGEST = "0f" * 16, "0f" * 32
_CALLBACK = "https://sys.example.cn:8443/yiwang"
#: Fields that an example asks for; the whole resource would only be longer.
_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A made-up entry of the resource."""

    resource: str
    keys: tuple[str, ...]
    values: Mapping[str, Json]


def known_entry(resource: str, fields: list[str]) -> Known | None:
    """The first made-up entry of a resource; None for one without a twin."""
    if api.get_resource(resource).kind not in api.TWINS:
        return None
    keys = api.twin_keys(resource, first=0, number=20)
    purpose = Purpose(kind="case", reference=str(_PURPOSE["reference"]))
    for place, key in enumerate(keys):
        said = api.twin_answer(
            resource=resource, key=key, fields=fields[:_MOST], purpose=purpose, refusal="", at=timezone.now()
        )
        if said.values is not None:
            return Known(resource=resource, keys=tuple(keys[place : place + 2]), values=said.values)
    return None


def examples_of(known: Known) -> dict[str, Json]:
    """Examples by the name of the schema that they fit."""
    names: list[Json] = list(known.values)
    values: Json = dict(known.values)
    keys: list[Json] = list(known.keys)
    named: dict[str, Json] = {"resource": known.resource, "trace": 4711, "at": _AT}
    told: dict[str, Json] = {"fields": names, "purpose": _PURPOSE}
    one: Json = {"values": values, "version": 1}
    first: dict[str, Json] = dict(list(known.values.items())[:1])
    return {
        "RequestIn": {"key": keys[0], **told},
        "AnswerOut": {"values": values, "version": 1, **named},
        "VerificationIn": {"key": keys[0], "claims": values, "purpose": _PURPOSE},
        "VerificationOut": {"found": True, "agrees": dict.fromkeys(known.values, True), **named},
        "BatchIn": {"keys": keys, **told, "callback_url": _CALLBACK},
        "SearchIn": {"equal": {name: str(value) for name, value in first.items()}, **told, "limit": 10},
        "ManyOut": {"answers": [one, {"values": None, "version": 0}], "more": False, **named},
        "JobHead": {**told, "callback_url": _CALLBACK},
        "JobOut": _job(known.resource),
        "KeysOut": {"first": 0, "keys": keys},
        "SubscriptionIn": {**told, "keys": keys, "callback_url": _CALLBACK},
        "SubscriptionOut": _subscription(known.resource, names),
        "EventsOut": {"subscription": _CODE, "events": [_event(keys[0], first)], "after": "812.3",
                      "more": False, "trace": 4712},
        "JobEnded": {"topic": "job.ended", "job": _CODE, "state": "done", "size": 314, "sha256": _DIGEST,
                     "location": f"/api/exchange/jobs/{_CODE}"},
        "EventsTold": {"topic": "events", "subscription": _CODE, "resource": known.resource,
                       "events": [_event(keys[0], first)], "after": "812.3", "trace": 4712},
    }  # fmt: skip


def _event(key: Json, changed: Mapping[str, Json]) -> Json:
    fields: Json = {name: {"new": value} for name, value in changed.items()}
    return {"id": "812.3", "kind": "entered", "entry": 12, "key": key, "version": 1, "at": _AT,
            "fields": fields}  # fmt: skip


def _job(resource: str) -> Json:
    return {
        "job": _CODE, "resource": resource, "state": "done", "keys": 2, "answered": 2, "asked_at": _AT,
        "ended_at": _AT, "kept_until": "2026-11-29T09:00:00+08:00", "refusal": None, "size": 314,
        "sha256": _DIGEST, "input_sha256": _DIGEST, "traces": [4711], "callback": "waiting",
        "result": f"/api/exchange/jobs/{_CODE}/result",
    }  # fmt: skip


def _subscription(resource: str, names: list[Json]) -> Json:
    return {
        "subscription": _CODE, "resource": resource, "fields": names, "keys": 2, "district": "",
        "callback_url": _CALLBACK, "state": "active", "ended_because": None, "made_at": _AT,
        "told_to": "812.3", "feed_to": "812.3", "deliveries": [],
    }  # fmt: skip
