"""The vocabulary that this release brings, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from yiwang.packs.api import parse_yaml
from yiwang.portal.search.rules.vocabulary import Vocabulary, vocabulary_of

_FILE = Path(__file__).parent / "data" / "words.yaml"


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    same: list[list[str]]
    stops: list[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Sayings and stop words of ``data/words.yaml``."""
    parsed = parse_yaml(_FILE.read_bytes(), _FILE.name)
    if parsed.problems:
        raise ValueError(str(parsed.problems[0]))
    words = _Words.model_validate(parsed.data)
    return vocabulary_of(words.same, words.stops)
