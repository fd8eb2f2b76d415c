"""Add a field to a draft, or put it in the place of what it said before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from pydantic import ValidationError

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.packs.api import reason_of
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json
from yiwang.registers.definitions import FieldDefinition
from yiwang.registers.drafting.contracts import FieldNotFound, Saved
from yiwang.registers.drafting.queries.drafts import EDIT, content_of, published_of
from yiwang.registers.drafting.rules.asking import faults_of_pair
from yiwang.registers.drafting.rules.content import fields_of, next_id, with_field
from yiwang.registers.drafting.saving import open_draft, save_data

_TWICE = Text("草案中已有同名字段", "The draft has a field of this name")


@command(operation=EDIT)
def put_field(
    *,
    actor: Actor,
    at: datetime,
    draft: int,
    version: int,
    content: Mapping[str, Json],
    field: int | None = None,
) -> Saved:
    """Put a field; ``field`` is the id of the one that it replaces, None for a new one, which gets its id.

    Raises:
        InvalidInput: it is no field; each problem names the answer.
        FieldNotFound: the draft has no field of this id.
        DraftNotFound, DraftChanged: as for every edit.
    """
    row = open_draft(draft, version)
    data = content_of(row.text)
    _, published = published_of(row.code)
    others = [one for one in fields_of(data) if one["id"] != field]
    if field is not None and len(others) == len(fields_of(data)):
        raise FieldNotFound(field=field)
    ids = [one.id for one in published.fields] if published is not None else []
    put = {**content, "id": field if field is not None else next_id(data, ids)}
    problems = (*_faults(put), *(_TAKEN for one in others if one.get("name") == put.get("name")))
    if problems:
        raise InvalidInput(problems=problems)
    return save_data(row, with_field(data, put), actor=actor, at=at)


_TAKEN = FieldProblem("name", _TWICE)


def _faults(put: Mapping[str, Json]) -> Iterator[FieldProblem]:
    yield from faults_of_pair("title", _pair(put.get("title")))
    yield from faults_of_pair("hint", _pair(put.get("hint")), optional=True)
    codes = put.get("codes")
    for code in codes if isinstance(codes, list) else []:
        if isinstance(code, dict):
            yield from (
                FieldProblem("codes", one.text) for one in faults_of_pair("", _pair(code.get("title")))
            )
    try:
        FieldDefinition.model_validate_json(json.dumps(put), strict=True)
    except ValidationError as error:
        for fault in error.errors():
            yield FieldProblem(str(fault["loc"][0]) if fault["loc"] else "kind", reason_of(fault))


def _pair(value: Json) -> Text:
    found = value if isinstance(value, dict) else {}
    return Text(str(found.get("zh") or ""), str(found.get("en") or ""))
