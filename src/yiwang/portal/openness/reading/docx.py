"""The text of DOCX documents: mammoth makes HTML of it, nh3 keeps plain elements, these become blocks."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import mammoth
import nh3

from yiwang.portal.openness.reading.contracts import DocumentUnreadable
from yiwang.portal.openness.reading.packages import Package
from yiwang.portal.openness.rules.blocks import Block, BlockKind

_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "table", "tr", "td", "th", "br"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CELLS = {"td", "th"}


def read_docx(path: Path) -> list[Block]:
    """Headings, paragraphs, points and tables; pictures and links stay behind."""
    package = Package(path)
    for name in package.names():
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.part(name):
            raise DocumentUnreadable
    with path.open("rb") as stream:
        made = mammoth.convert_to_html(stream, convert_image=lambda _: [], external_file_access=False)
    reader = _Reader()
    reader.feed(nh3.clean(made.value, tags=_TAGS, attributes={}))
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Blocks of cleaned HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins; inside a table only its cells do."""
        if tag == "table" and self._rows is None:
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag == "br":
            self._words.append(" ")
        elif self._rows is None:
            self._words.clear()

    def handle_data(self, data: str) -> None:
        """Words of the present block."""
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """A block ends."""
        if self._rows is not None:
            self._end_in_table(tag, self._rows)
            return
        text = " ".join("".join(self._words).split())
        if text and tag in {*_HEADINGS, "p", "li"}:
            kind: BlockKind = "heading" if tag in _HEADINGS else "point" if tag == "li" else "paragraph"
            self.blocks.append(Block(kind=kind, text=text))
            self._words.clear()

    def _end_in_table(self, tag: str, rows: list[list[str]]) -> None:
        if tag in _CELLS and rows:
            rows[-1].append(" ".join("".join(self._words).split()).replace("|", "｜"))
            self._words.clear()
        elif tag == "table":
            text = "\n".join(f"| {' | '.join(row)} |" for row in rows if any(row))
            if text:
                self.blocks.append(Block(kind="table", text=text))
            self._rows = None
            self._words.clear()
