"""The few marks of a paragraph as HTML: emphasis, lists, quotations, links; HTML itself stays text."""

from __future__ import annotations

from markdown_it import MarkdownIt

_MARKS = MarkdownIt("zero", {"html": False, "linkify": False}).enable(
    ["emphasis", "link", "list", "blockquote", "escape"]
)


def html_of(text: str) -> str:
    """Escaped HTML; addresses that run something are no links."""
    html: str = _MARKS.render(text)
    return html
