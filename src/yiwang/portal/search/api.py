"""The door of the search."""

from yiwang.portal.search.asking_again import ask_again
from yiwang.portal.search.contracts import (
    PUBLIC,
    SIGNED_IN,
    SOURCES,
    Document,
    Found,
    KindOfResult,
    Results,
    Source,
    Suggestion,
)
from yiwang.portal.search.queries.finding import find, suggest

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "SOURCES",
    "Document",
    "Found",
    "KindOfResult",
    "Results",
    "Source",
    "Suggestion",
    "ask_again",
    "find",
    "suggest",
]
