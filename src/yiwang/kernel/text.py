"""A bilingual text: Chinese and English side by side, so that neither can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages; placeholders are named braces and equal in both.

    >>> Text("办件{number}已办结", "Case {number} is closed").fill(number="A1").in_("en")
    'Case A1 is closed'
    """

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Give the text in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Put values into the placeholders of both languages; a value that is a pair gives each its own."""
        zh = {name: value.zh if isinstance(value, Text) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
        return Text(self.zh.format(**zh), self.en.format(**en))

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"

    def as_dict(self) -> dict[str, str]:
        """Give ``{"zh": ..., "en": ...}``, the form that packs and JSON columns keep."""
        return {"zh": self.zh, "en": self.en}


def text_from(pair: dict[str, str]) -> Text:
    """Read the stored form; both languages must be there."""
    return Text(zh=pair["zh"], en=pair["en"])
