"""The machine-readable description of a resource's service: OpenAPI 3.1 of just this resource."""

from __future__ import annotations

from yiwang.exchange.catalogue.items import Item, ItemLine
from yiwang.exchange.contracts import ResourceNotFound, Sharing
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

_JSON_TYPES = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
_JSON_FORMATS = {"date": "date", "dateTime": "date-time"}


def openapi_of(item: Item, *, site: str) -> Json:
    """Describe look-up and verification of a resource.

    Raises:
        ResourceNotFound: the entry is answered by no service of this installation.
    """
    if item.origin.value != "resource" or item.sharing is Sharing.NOT_SHARED:
        raise ResourceNotFound(resource=item.code)
    fields: dict[str, Json] = {line.name: _schema(line) for line in item.lines}
    names: list[Json] = list(fields)
    purpose: Json = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "reference": {"type": "string", "maxLength": 80}},
    }
    key: Json = {"type": "string", "minLength": 1, "maxLength": 200}
    looks: Json = {
        "type": "object",
        "required": ["key", "fields", "purpose"],
        "properties": {
            "key": key,
            "fields": {"type": "array", "minItems": 1, "items": {"enum": names}},
            "purpose": purpose,
        },
    }
    asks: Json = {
        "type": "object",
        "required": ["key", "claims", "purpose"],
        "properties": {
            "key": key,
            "claims": {"type": "object", "minProperties": 1, "properties": fields},
            "purpose": purpose,
        },
    }
    found: Json = {"type": "object", "properties": {"values": _nullable_object(fields), **_TRACED}}
    said: Json = {
        "type": "object",
        "properties": {
            "found": {"type": "boolean"},
            "agrees": {"type": "object", "additionalProperties": {"type": "boolean"}},
            **_TRACED,
        },
    }
    path = f"/api/exchange/resources/{item.code}"
    return {
        "openapi": "3.1.0",
        "info": {"title": _pair(item.title), "description": _pair(item.summary), "version": "1"},
        "servers": [{"url": site}],
        "paths": {
            f"{path}/requests": {"post": _act("查询", "Look up", looks, found)},
            f"{path}/verifications": {"post": _act("核验", "Verify", asks, said)},
        },
    }


_TRACED: dict[str, Json] = {
    "resource": {"type": "string"},
    "trace": {"type": "integer"},
    "at": {"type": "string", "format": "date-time"},
}


def _pair(text: Text) -> str:
    return f"{text.zh} / {text.en}"


def _schema(line: ItemLine) -> Json:
    found: dict[str, Json] = {"title": _pair(line.title), "type": _JSON_TYPES.get(line.xsd, "string")}
    if line.xsd in _JSON_FORMATS:
        found["format"] = _JSON_FORMATS[line.xsd]
    if line.length and line.xsd == "string":
        found["maxLength"] = line.length
    return found


def _nullable_object(fields: dict[str, Json]) -> Json:
    return {"type": ["object", "null"], "properties": fields}


def _act(zh: str, en: str, asked: Json, answered: Json) -> Json:
    refused: Json = {"description": "RFC 9457", "content": {"application/problem+json": {}}}
    return {
        "summary": f"{zh} / {en}",
        "requestBody": {"required": True, "content": {"application/json": {"schema": asked}}},
        "responses": {
            "200": {"description": "OK", "content": {"application/json": {"schema": answered}}},
            **dict.fromkeys(("401", "403", "404", "422", "429"), refused),
        },
    }
