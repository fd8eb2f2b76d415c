"""Shapes that every engine's API gives: a text in both languages, and a refusal."""

from __future__ import annotations

from typing import Self

from ninja import Schema

from yiwang.kernel.text import Text


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
