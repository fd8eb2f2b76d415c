"""Answers that the platform itself gave and knows in both languages: each reader gets the own one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from yiwang.cases.rules.forms.summary import SummaryPage
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json

#: Where a case keeps them; the answer itself is the Chinese one, as letters and rules read it.
WORDS = "answers_in_words"


def in_words(**answers: Text) -> dict[str, Json]:
    """What to put into the data of a case, by question."""
    return {WORDS: {path: {"zh": text.zh, "en": text.en} for path, text in answers.items()}}


def worded(pages: tuple[SummaryPage, ...], data: Mapping[str, Json]) -> tuple[SummaryPage, ...]:
    """The pages with these answers in both languages, as far as they are still what was answered."""
    kept = data.get(WORDS)
    if not isinstance(kept, dict):
        return pages
    texts = {
        path: Text(str(words["zh"]), str(words["en"]))
        for path, words in kept.items()
        if isinstance(words, dict)
    }
    return tuple(
        replace(
            page,
            rows=tuple(
                replace(row, shown=(texts[row.path],))
                if row.path in texts and row.shown == (Text(texts[row.path].zh, texts[row.path].zh),)
                else row
                for row in page.rows
            ),
        )
        for page in pages
    )
