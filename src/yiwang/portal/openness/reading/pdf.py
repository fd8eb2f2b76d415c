"""The text of PDF documents by PDFium; a scan has none, and keeps its original alone."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from yiwang.portal.openness.reading.contracts import MOST_PAGES, DocumentTooHeavy, DocumentUnreadable
from yiwang.portal.openness.rules.blocks import Block

#: Lines end where the page does; a line that ends with one of these ends its paragraph too.
_ENDS = ("。", "！", "？", "：", "；", ".", "!", "?", ":", ";")


def read_pdf(path: Path) -> list[Block]:
    """A paragraph for each run of lines."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise DocumentUnreadable from None
    with document:
        if len(document) > MOST_PAGES:
            raise DocumentTooHeavy
        lines = [line for page in document for line in _lines(page)]
    found: list[Block] = []
    open_text = ""
    for line in lines:
        open_text += line
        if not line or line.endswith(_ENDS):
            found += [Block(kind="paragraph", text=open_text)] if open_text else []
            open_text = ""
    return [*found, Block(kind="paragraph", text=open_text)] if open_text else found


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    text = page.get_textpage().get_text_bounded()
    return [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
