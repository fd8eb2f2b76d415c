"""What crosses the border of the search: documents, the sources that give them, and what is found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from yiwang.kernel.registry import Registry
from yiwang.kernel.text import Text

#: The reader that everybody is.
PUBLIC = "public"
#: The further reader that a signed-in person is.
SIGNED_IN = "signed_in"
#: Ages by which results are narrowed: a month, half a year, a year.
DAYS = (30, 180, 365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One thing that can be found.

    Args:
        key: its name within the source.
        title: an empty language is absent, and isn't made up.
        keywords: other names of it; they count like the title, one below.
        text: all that is said; only the first 40,000 characters are indexed.
        address: path without the language's prefix, or a whole address elsewhere.
        readers: who may find it: ``public``, ``signed_in``, ``organisation:<code>``.
        organisation: code of who says it, or whose site says it; empty where nobody in particular does.
        dated: its date, where age matters.
        weight: how much it counts among its kind, 0 to 1.
    """

    key: str
    title: Text
    summary: Text
    keywords: tuple[str, ...] = ()
    text: str = ""
    address: str
    readers: tuple[str, ...] = (PUBLIC,)
    organisation: str = ""
    dated: date | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfResult:
    """Services, policies, pages: a facet. ``weight`` orders kinds, 0 to 1; what can be used comes first."""

    name: Text
    weight: float
    usable: bool = False
    order: int = 100


class Source(Protocol):
    """What gives documents of one kind; registered in ``SOURCES`` at start, under the kind's code."""

    @property
    def kind(self) -> KindOfResult:
        """How its documents are shown and weighed."""
        ...

    def mark(self) -> str:
        """A text that differs once any document differs; asked every two seconds, so one cheap query.

        A source of many documents gives a constant and tells of changes by ``ask_again``.
        """
        ...

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """All documents, or those of ``keys`` that are there."""
        ...


SOURCES: Registry[Source] = Registry("sources of the search")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result as a page shows it."""

    kind: str
    title: Text
    summary: Text
    address: str
    organisation: str
    dated: date | None
    #: It holds only some of the words.
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What is wanted: of one kind, by one organisation, of the last so many days; everything if empty."""

    kind: str = ""
    organisation: str = ""
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.kind or self.organisation or self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of results.

    Args:
        rows: the results of this page.
        total: how many were found; when ``bounded``, at least so many.
        by_kind: how many of each kind, whatever kind is chosen.
        by_organisation: how many of each organisation, whichever is chosen; the most first.
        by_days: how many of the last month, half year, year; whatever is chosen.
        loose: nothing holds all words; these hold some.
        meant: with nothing that holds all words, a query near this one that finds something.
        marks: words to mark in titles and summaries, folded.
        late: the time limit was reached.
    """

    rows: tuple[Found, ...] = ()
    total: int = 0
    by_kind: tuple[tuple[str, int], ...] = ()
    by_organisation: tuple[tuple[str, int], ...] = ()
    by_days: tuple[tuple[int, int], ...] = ()
    bounded: bool = False
    loose: bool = False
    meant: str = ""
    marks: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A title that begins with what was typed."""

    kind: str
    title: Text
    address: str
