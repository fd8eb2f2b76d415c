"""The door of the search."""

from yiwang.portal.search.asking_again import ask_again, read_anew
from yiwang.portal.search.contracts import (
    DAYS,
    PUBLIC,
    SIGNED_IN,
    SOURCES,
    Document,
    Found,
    KindOfResult,
    Narrowed,
    Results,
    Source,
    Suggestion,
)
from yiwang.portal.search.queries.finding import find
from yiwang.portal.search.queries.suggesting import suggest

__all__ = [
    "DAYS",
    "PUBLIC",
    "SIGNED_IN",
    "SOURCES",
    "Document",
    "Found",
    "KindOfResult",
    "Narrowed",
    "Results",
    "Source",
    "Suggestion",
    "ask_again",
    "find",
    "read_anew",
    "suggest",
]
