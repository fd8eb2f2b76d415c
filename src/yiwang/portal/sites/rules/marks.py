"""The few marks of a paragraph as HTML: emphasis, lists, quotations, links; HTML itself stays text."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt

_MARKS = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    ["emphasis", "link", "list", "blockquote", "escape"]
)


@lru_cache(maxsize=256)  # the copy makes a page in three languages, one after the other
def html_of(text: str) -> str:
    """Escaped HTML; addresses that run something are no links."""
    html: str = _MARKS.render(text)
    return html
