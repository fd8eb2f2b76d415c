"""The OpenAPI 3.1 document of one resource: every way to ask for it, with its own fields and examples.

Shapes are those that the interface itself checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from yiwang.exchange import api
from yiwang.exchange.batches.rest.requests import BatchIn, JobHead, JobOut, ManyOut, SearchIn
from yiwang.exchange.catalogue.items import Item, ItemLine
from yiwang.exchange.contracts import ResourceNotFound, Sharing
from yiwang.exchange.rest.asking import AnswerOut, RequestIn
from yiwang.exchange.rest.requests import ResourceOut, VerificationIn, VerificationOut
from yiwang.exchange.rest.resource_acts import ACTS, EXCHANGE, JSON, TWIN, TWIN_ACTS, Act
from yiwang.exchange.rest.resource_examples import examples_of, known_entry
from yiwang.exchange.subscriptions.rest.requests import EventOut, EventsOut, SubscriptionIn, SubscriptionOut
from yiwang.exchange.twin.rest.requests import KeysOut
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json
from yiwang.platform.http.schemas import ProblemOut, schemas_of

_JSON_TYPES = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
_JSON_FORMATS = {"date": "date", "dateTime": "date-time"}


class JobEnded(BaseModel):
    """What is posted to ``callback_url`` when a job has ended."""

    topic: Literal["job.ended"]
    job: str
    state: str
    size: int | None
    sha256: str
    location: str


class EventsTold(BaseModel):
    """What is posted to the ``callback_url`` of a subscription."""

    topic: Literal["events"]
    subscription: str
    resource: str
    events: list[EventOut]
    after: str
    trace: int | None


MODELS: tuple[type[BaseModel], ...] = (
    ResourceOut, RequestIn, AnswerOut, VerificationIn, VerificationOut, BatchIn, SearchIn, ManyOut, JobHead,
    JobOut, SubscriptionIn, SubscriptionOut, EventsOut, KeysOut, JobEnded, EventsTold, ProblemOut,
)  # fmt: skip


def openapi_of(item: Item, *, site: str) -> dict[str, Json]:
    """Describe every service that answers for a resource.

    Raises:
        ResourceNotFound: the entry is answered by no service of this installation.
    """
    if item.origin.value != "resource" or item.sharing is Sharing.NOT_SHARED:
        raise ResourceNotFound(resource=item.code)
    known = known_entry(item.code, [line.name for line in item.lines])
    examples = examples_of(known) if known is not None else {}
    paths: dict[str, dict[str, Json]] = {}
    acts = [(EXCHANGE, key, act) for key, act in ACTS.items()]
    if known is not None:
        acts += [(TWIN, key, act) for key, act in TWIN_ACTS.items()]
    for root, (path, method), act in acts:
        said = _described(act, path, examples, is_open=root == TWIN or path == "/resources/{code}")
        paths.setdefault(root + path.replace("{code}", item.code), {})[method] = said
    return {
        "openapi": "3.1.0",
        "info": {"title": _pair(item.title), "description": _pair(item.summary), "version": "1"},
        "servers": [{"url": site}],
        "paths": {path: dict(found) for path, found in paths.items()},
        "components": {"schemas": _schemas(item), "securitySchemes": dict(api.SECURITY_SCHEMES)},
    }


def _described(act: Act, path: str, examples: Mapping[str, Json], *, is_open: bool) -> dict[str, Json]:
    said: dict[str, Json] = {
        "summary": _pair(act.title),
        "responses": _answers(act, examples),
        "security": [] if is_open else [{"client": []}],
    }
    parameters: list[Json] = [
        {"name": part[1:-1], "in": "path", "required": True, "schema": {"type": "string"}}
        for part in path.split("/")
        if part.startswith("{") and part != "{code}"
    ]
    parameters += [
        {"name": name, "in": place, "description": words, "schema": {"type": "string"}}
        for name, place, words in act.parameters
    ]
    if parameters:
        said["parameters"] = parameters
    if act.taken:
        said["requestBody"] = {"required": True, "content": _content(act.takes, act.taken, examples)}
    if act.told:
        post: Json = {
            "requestBody": {"required": True, "content": _content(JSON, act.told, examples)},
            "responses": {"2XX": {"description": "Heard; anything else is told again"}},
        }
        said["callbacks"] = {"told": {"{$request.body#/callback_url}": {"post": post}}}
    return said


def _answers(act: Act, examples: Mapping[str, Json]) -> dict[str, Json]:
    answer: dict[str, Json] = {"description": "OK"}
    if act.given:
        answer["content"] = _content(act.gives, act.given, examples)
    refused: Json = {
        "description": "RFC 9457",
        "content": _content("application/problem+json", "ProblemOut", {}),
    }
    return {str(act.status): answer, **dict.fromkeys(("401", "403", "404", "422", "429"), refused)}


def _content(media_type: str, schema: str, examples: Mapping[str, Json]) -> dict[str, Json]:
    said: dict[str, Json] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if schema in examples:
        said["example"] = examples[schema]
    return {media_type: said}


def _schemas(item: Item) -> dict[str, Json]:
    """The shapes of the interface, with the fields of this resource where they stand for any."""
    fields: dict[str, Json] = {line.name: _schema(line) for line in item.lines}
    values: Json = {"type": ["object", "null"], "properties": fields}
    some: dict[str, Json] = {
        "type": "object", "minProperties": 1, "properties": fields, "additionalProperties": False,
    }  # fmt: skip
    claims: Json = some | {"properties": fields | _questions(item.code)}
    names: Json = {"type": "array", "minItems": 1, "items": {"enum": list(fields)}}
    narrower = {
        "fields": names, "claims": claims, "equal": some, "values": values,
    }  # fmt: skip
    schemas = schemas_of(*MODELS)
    for name in ("RequestIn", "AnswerOut", "VerificationIn", "BatchIn", "SearchIn", "JobHead", "OneOut",
                 "SubscriptionIn"):  # fmt: skip
        properties = schemas[name]["properties"]
        if isinstance(properties, dict):
            properties |= {key: schema for key, schema in narrower.items() if key in properties}
    return {
        **schemas,
        "JobResult": {"type": "string", "description": "JSON lines in the order of the keys, each an OneOut"},
        "Subscriptions": {"type": "array", "items": {"$ref": "#/components/schemas/SubscriptionOut"}},
    }


def _questions(resource: str) -> dict[str, Json]:
    """What is claimed with true or false."""
    return {
        each.name: {"title": _pair(each.title), "type": "boolean"}
        for each in api.get_resource(resource).questions
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
