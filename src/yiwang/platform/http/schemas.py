"""Shapes that every engine's API gives: a text in both languages, and a refusal."""

from __future__ import annotations

from typing import Self

from ninja import Schema
from pydantic import BaseModel

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json


class TextOut(Schema):
    """A bilingual text."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        """A text as the API shows it."""
        return cls(zh=text.zh, en=text.en)


class ProblemOut(Schema):
    """RFC 9457 problem."""

    type: str
    title: str
    status: int
    detail: TextOut


def refusals(*statuses: int) -> dict[int, type[ProblemOut]]:
    """The refusals of an operation, as the API's document lists them."""
    return dict.fromkeys(statuses, ProblemOut)


def schemas_of(*models: type[BaseModel]) -> dict[str, dict[str, Json]]:
    """Models and what they are made of, by name, as the ``components`` of an OpenAPI document."""
    found: dict[str, dict[str, Json]] = {}
    for model in models:
        made = model.model_json_schema(ref_template="#/components/schemas/{model}")
        found |= made.pop("$defs", {})
        found[model.__name__] = made
    return found
