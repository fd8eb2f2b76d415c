"""Pages of the group of sites: what departments and districts tell, behind the things themselves.

A page tells of itself by the facts of its publication and withdrawal; a load of the group has all read anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Fact
from yiwang.portal.search.asking_again import ask_again, read_anew
from yiwang.portal.search.contracts import Document, KindOfResult
from yiwang.portal.sites.api import PageText, page_texts

KIND = "page"
#: Lists of articles are found, behind the articles.
_LIST = 0.6
#: Characters of a page's beginning that stand for a summary.
_SHOWN = 200
#: Fields of pages that people copy from letters.
_NUMBERS = ("document_number", "index_number")


class PageSource:
    """Published pages by their id."""

    kind = KindOfResult(name=Text("网站文章", "Articles and pages"), weight=0.5, order=70)

    def mark(self) -> str:
        """Facts tell what changes."""
        return "1"

    def documents(self, keys: Collection[str] | None = None) -> Iterable[Document]:
        """Those that are published now."""
        ids = None if keys is None else [int(key) for key in keys if key.isdecimal()]
        return map(_document, page_texts(ids))


def hear_of_page(fact: Fact, *, at: datetime) -> None:
    """A page was published or withdrawn."""
    ask_again(kind=KIND, key=fact.subject.removeprefix("page:"), at=at)


def hear_of_group(fact: Fact, *, at: datetime) -> None:
    """The city's own pages were loaded, or a site was shut."""
    read_anew(KIND)


def _document(page: PageText) -> Document:
    tail = f"{page.link.address}/" if page.link.address else ""
    numbers = (str(page.details.get(name) or "") for name in _NUMBERS)
    named = (page.site.zh, page.site.en) if not page.link.address else ()
    return Document(
        key=str(page.link.id),
        title=page.title,
        summary=_summary(page),
        keywords=tuple(word for word in (*named, *numbers) if word),
        text="\n".join((page.said, page.site.zh, page.site.en)),
        address=f"/sites/{page.link.site}/{tail}",
        organisation=page.organisation,
        dated=page.link.day,
        weight=1.0 if page.said else _LIST,
    )


def _summary(page: PageText) -> Text:
    """The editor's words; else how the page begins."""
    opening = page.opening
    return Text(page.summary.zh or opening.zh[:_SHOWN], page.summary.en or opening.en[:_SHOWN])
