"""Vector pictures (SVG) made harmless: what runs, what loads and what is hidden goes, the drawing stays.

Pure. Size and depth are bounded before anything reads the drawing as one: 100,000 groups within each other
keep the cleaner busy for minutes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from py_svg_hush import filter_svg

from yiwang.kernel.safe_xml import XmlRefused, read_xml
from yiwang.kernel.text import Text

_MOST_ELEMENTS = 20_000
#: What browsers take where a drawing says nothing.
_WIDTH, _HEIGHT = 300, 150
_LARGEST = 10_000
_NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_NO_DRAWING = Text("不能打开的矢量图", "a drawing that cannot be opened")
_TOO_MANY = Text("图形过多的矢量图", "a drawing of too many shapes")
_NESTED = Text("反复引用自身图形的矢量图", "a drawing that repeats its repetitions")


class DrawingRefused(ValueError):
    """The drawing cannot be taken."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A cleaned drawing and its size in pixels."""

    content: bytes
    width: int
    height: int


def looks_like_drawing(head: bytes) -> bool:
    """Whether the first bytes are of XML that draws; other files are told by their own signs."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return text.startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in text


def cleaned(content: bytes) -> Drawing:
    """Give the harmless drawing; raises DrawingRefused with the reason."""
    given = _read(content)
    if sum(1 for _ in given.iter()) > _MOST_ELEMENTS:
        raise DrawingRefused(_TOO_MANY)
    try:
        root = _read(filter_svg(content))
    except ValueError as fault:
        raise DrawingRefused(_NO_DRAWING) from fault
    for element in root.iter():
        for name in [one for one in element.attrib if etree.QName(one).localname == "href"]:
            # what lies elsewhere is not part of the drawing
            if not str(element.attrib[name]).startswith("#"):
                del element.attrib[name]
    if _repeats_repetitions(root):
        raise DrawingRefused(_NESTED)
    width, height = _size(root)
    return Drawing(content=etree.tostring(root, encoding="utf-8"), width=width, height=height)


def _read(content: bytes) -> etree._Element:
    try:
        root = read_xml(content)
    except XmlRefused as fault:
        raise DrawingRefused(fault.reason) from fault
    if not isinstance(root.tag, str) or etree.QName(root).localname != "svg":
        raise DrawingRefused(_NO_DRAWING)
    return root


def _repeats_repetitions(root: etree._Element) -> bool:
    """Whether a repeated shape repeats others: ten by ten a few lines draw thousands of millions."""
    by_id = {str(one.get("id")): one for one in root.iter() if one.get("id")}
    for use in root.iter("{*}use"):
        target = by_id.get(str(use.get("href") or "").removeprefix("#"))
        if target is not None and next(target.iter("{*}use"), None) is not None:
            return True
    return False


def _size(root: etree._Element) -> tuple[int, int]:
    box = str(root.get("viewBox") or "").replace(",", " ").split()
    sides = (root.get("width"), root.get("height"))
    fallback = box[2:4] if len(box) == 4 else (str(_WIDTH), str(_HEIGHT))
    width, height = (_pixels(side) or _pixels(other) for side, other in zip(sides, fallback, strict=True))
    return width or _WIDTH, height or _HEIGHT


def _pixels(written: str | None) -> int:
    found = _NUMBER.fullmatch(written or "")
    return min(round(float(found[1])), _LARGEST) if found else 0
