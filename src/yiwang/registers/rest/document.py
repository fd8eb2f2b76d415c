"""The OpenAPI 3.1 document of one register: its own fields and operators, with examples from packs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from yiwang.exchange.api import SECURITY_SCHEMES
from yiwang.platform.contracts import Json
from yiwang.platform.environment import ROOT
from yiwang.platform.http.schemas import ProblemOut, schemas_of
from yiwang.registers import api
from yiwang.registers.definitions import FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.rest.schemas import EntryOut, LookUpIn, PageOut, SearchIn
from yiwang.registers.rules.operators import Operator, operators_of
from yiwang.registers.rules.reading import view_of_public

_FORMATS: Mapping[FieldKind, dict[str, Json]] = {
    FieldKind.INTEGER: {"type": ["integer", "null"]},
    FieldKind.DATE: {"type": ["string", "null"], "format": "date"},
    FieldKind.MOMENT: {"type": ["string", "null"], "format": "date-time"},
    FieldKind.YES_NO: {"type": ["boolean", "null"]},
    FieldKind.JSON: {},
    FieldKind.POINT: {"type": ["object", "null"]},
    FieldKind.PATH: {"type": ["object", "null"]},
    FieldKind.AREA: {"type": ["object", "null"]},
}
_WORDS: Mapping[Operator, str] = {
    "eq": "is this value", "prefix": "begins with it", "from": "is this or later, or more",
    "to": "is this or earlier, or less",
}  # fmt: skip
_REFUSED = {401: "Nobody is signed in, or the token does not count", 403: "Not this reader's",
            404: "There is none", 422: "Not as this document says", 429: "Too fast; see Retry-After",
            503: "Longer than the time limit"}  # fmt: skip
_PAGING: list[Json] = [
    {"name": "after", "in": "query", "description": "Number of the last entry of the page before",
     "schema": {"type": "integer", "minimum": 0}},
    {"name": "limit", "in": "query",
     "schema": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}},
    {"name": "count", "in": "query",
     "schema": {"enum": ["exact", "bounded", "estimated", "none"], "default": "none"},
     "description": "How to count; the answer says which policy it followed. bounded stops at 10,001."},
    {"name": "district", "in": "query", "schema": {"type": "string", "pattern": "^([1-9][0-9]{5})?$"}},
    {"name": "valid", "in": "query", "schema": {"type": "string", "format": "date"},
     "description": "What was so on this day"},
    {"name": "known", "in": "query", "schema": {"type": "string", "format": "date-time"},
     "description": "As the city knew it at this instant"},
]  # fmt: skip


@lru_cache(maxsize=1)
def _examples() -> dict[str, Mapping[str, Json]]:
    """The first example of each register, as the packs of this installation bring them: people of nowhere."""
    found: dict[str, Mapping[str, Json]] = {}
    for folder in sorted(path for path in (ROOT / "packs").iterdir() if path.is_dir()):
        for examples in api.read_examples(folder):
            for entry in examples.entries[:1]:
                found.setdefault(examples.register_code, entry.values)
    return found


def document_of(definition: RegisterDefinition) -> dict[str, Json]:
    """The whole document."""
    example = _examples().get(definition.code)
    base = f"/api/registers/{definition.code}"
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": f"{definition.title.zh} / {definition.title.en}",
            "description": f"{definition.summary.zh}\n\n{definition.summary.en}",
            "version": "1",
        },
        "paths": {
            f"{base}/entries": {"get": _list(definition, example)},
            f"{base}/searches": {"post": _search(definition, example)},
            f"{base}/entries/{{entry}}": {"get": _one(definition, example)},
            f"{base}/look-ups": {"post": _look_up(definition, example)},
        },
        "components": {
            "schemas": _schemas(definition),
            "securitySchemes": {**SECURITY_SCHEMES},
        },
    }


def _schemas(definition: RegisterDefinition) -> dict[str, Json]:
    schemas: dict[str, Json] = {**schemas_of(PageOut, EntryOut, SearchIn, LookUpIn, ProblemOut)}
    schemas["Values"] = {
        "type": "object",
        "properties": {field.name: _schema(field) for field in definition.fields},
        "additionalProperties": False,
    }
    entry = schemas["EntryOut"]
    if isinstance(entry, dict) and isinstance(entry["properties"], dict):
        entry["properties"]["values"] = {"$ref": "#/components/schemas/Values"}
    return schemas


def _schema(field: FieldDefinition) -> dict[str, Json]:
    said: dict[str, Json] = dict(_FORMATS.get(field.kind, {"type": ["string", "null"]}))
    said["title"] = f"{field.title.zh} / {field.title.en}"
    said["description"] = f"{field.secrecy.words.zh} / {field.secrecy.words.en}"
    return said


def _entry(definition: RegisterDefinition, values: Mapping[str, Json], *, masked: bool) -> dict[str, Json]:
    """An example entry; in a list of a stranger what is not public is absent."""
    view = view_of_public(definition)
    hidden = [name for name in definition.names if masked and view[name].value != "clear"]
    return {
        "entry": 1,
        "version": 1,
        "source": definition.owner,
        "valid_from": "2020-01-01",
        "known_from": "2020-01-01T00:00:00+08:00",
        "values": {name: None if name in hidden else values.get(name) for name in definition.names},
        "masked": list(hidden),
    }


def _page(definition: RegisterDefinition, values: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "entries": [_entry(definition, values, masked=True)],
        "size": 1,
        "after": None,
        "count": 1,
        "count_policy": "bounded",
        "count_is_exact": True,
    }


def _list(definition: RegisterDefinition, values: Mapping[str, Json] | None) -> dict[str, Json]:
    parameters = list(_PAGING)
    for field in definition.fields:
        # a personal value belongs in no address: it is asked for by a search
        for place, operator in enumerate(() if field.secrecy.is_personal else operators_of(field)):
            parameters.append(_parameter(field, operator, is_own=place == 0, values=values))
    return {
        "operationId": "list_entries",
        "summary": "A page of entries by keyset",
        "parameters": parameters,
        "responses": _answers("PageOut", _page(definition, values) if values else None),
        "security": [{}, {"client": []}, {"session": []}],
    }


def _parameter(
    field: FieldDefinition, operator: Operator, *, is_own: bool, values: Mapping[str, Json] | None
) -> dict[str, Json]:
    said: dict[str, Json] = {
        "name": field.name if is_own else f"{field.name}.{operator}",
        "in": "query",
        "description": f"{field.title.zh} / {field.title.en}: {_WORDS[operator]}",
        "schema": {"type": "string", "maxLength": 200},
    }
    if values and values.get(field.name) is not None:
        said["example"] = str(values[field.name])
    return said


def _search(definition: RegisterDefinition, values: Mapping[str, Json] | None) -> dict[str, Json]:
    asked: dict[str, Json] | None = None
    if values:
        asked = {"equal": {definition.key: values[definition.key]}, "count": "bounded"}
    return {
        "operationId": "search_entries",
        "summary": "A page of entries by values that are personal",
        "requestBody": _body("SearchIn", asked),
        "responses": _answers("PageOut", _page(definition, values) if values else None),
        "security": [{"client": []}, {"session": []}],
    }


def _one(definition: RegisterDefinition, values: Mapping[str, Json] | None) -> dict[str, Json]:
    return {
        "operationId": "get_entry",
        "summary": "One entry",
        "parameters": [
            {"name": "entry", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}},
            {"name": "Yiwang-Purpose", "in": "header", "schema": {"type": "string"},
             "description": "Why an officer opens it, percent-encoded UTF-8"},
        ],
        "responses": _answers("EntryOut", _entry(definition, values, masked=True) if values else None),
        "security": [{}, {"session": []}],
    }  # fmt: skip


def _look_up(definition: RegisterDefinition, values: Mapping[str, Json] | None) -> dict[str, Json]:
    return {
        "operationId": "look_up",
        "summary": "An entry by its key",
        "requestBody": _body("LookUpIn", {"key": values[definition.key]} if values else None),
        "responses": _answers("EntryOut", _entry(definition, values, masked=False) if values else None),
        "security": [{"session": []}],
    }


def _body(schema: str, example: Json) -> dict[str, Json]:
    return {"required": True, "content": {"application/json": _content(schema, example)}}


def _content(schema: str, example: Json) -> dict[str, Json]:
    said: dict[str, Json] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return said if example is None else {**said, "example": example}


def _answers(schema: str, example: Json) -> dict[str, Json]:
    answers: dict[str, Json] = {
        "200": {
            "description": "Found",
            "headers": {
                "ETag": {"schema": {"type": "string"}, "description": "By definition, right and content"}
            },
            "content": {"application/json": _content(schema, example)},
        },
        "304": {"description": "As the reader has it"},
    }
    for status, words in _REFUSED.items():
        answers[str(status)] = {
            "description": words,
            "content": {"application/problem+json": _content("ProblemOut", None)},
        }
    return answers
