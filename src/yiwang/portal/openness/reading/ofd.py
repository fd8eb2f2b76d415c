"""The text of OFD documents (GB/T 33190): a zip of XML; words stand in TextCode, line by line."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from yiwang.portal.openness.reading.contracts import MOST_PAGES, DocumentTooHeavy, DocumentUnreadable
from yiwang.portal.openness.reading.packages import Package
from yiwang.portal.openness.rules.blocks import Block

_ANY = "{*}"


def read_ofd(path: Path) -> list[Block]:
    """A paragraph for each line of text, in the order of pages."""
    package = Package(path)
    body = package.xml("OFD.xml").find(f".//{_ANY}DocRoot")
    if body is None or not body.text:
        raise DocumentUnreadable
    root = _joined("", body.text)
    document = package.xml(root)
    pages = [page.get("BaseLoc", "") for page in document.iterfind(f".//{_ANY}Pages/{_ANY}Page")]
    if len(pages) > MOST_PAGES:
        raise DocumentTooHeavy
    folder = posixpath.dirname(root)
    return [block for page in pages for block in _page(package.xml(_joined(folder, page)))]


def _joined(folder: str, location: str) -> str:
    """A location of OFD: from the root when it begins with a stroke, else from its own file."""
    place = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath(place).lstrip("/")


def _page(content: etree._Element) -> Iterator[Block]:
    line, top = "", ""
    for found in content.iter(f"{_ANY}TextObject"):
        words = "".join(code.text or "" for code in found.iterfind(f"{_ANY}TextCode")).strip()
        place = (found.get("Boundary", "").split() or ["", ""])[1:2]
        here = place[0] if place else ""
        if line and here != top:
            yield Block(kind="paragraph", text=line)
            line = ""
        line, top = line + words, here
    if line:
        yield Block(kind="paragraph", text=line)
