"""HTML as a reader sees it: its text with the place of every sign in the source, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from yiwang.portal.publishing.rules.colours import Shown, shown_in
from yiwang.portal.publishing.rules.folding import fold

_BREAKS = frozenset({"p", "br", "div", "li", "ul", "ol", "table", "tr", "td", "th", "blockquote", "hr",
                     "h1", "h2", "h3", "h4", "h5", "h6", "section", "pre", "dl", "dt", "dd"})  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "source", "col", "embed", "area", "track"})
_UNSEEN = frozenset({"script", "style", "template"})
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class Element:
    """An element of a page: where its tag begins in the source, its attributes, its text."""

    tag: str
    offset: int
    attributes: dict[str, str | None]
    colours: Shown
    #: All signs of the source, and where this element's begin and end among them.
    signs: list[str]
    start: int
    end: int | None = None
    pictured: str = ""
    holds_picture: bool = False
    #: Whether text stands in it in the colours that it declares.
    speaks: bool = False
    #: Whether a sign stands in it that can be seen.
    says: bool = False

    @property
    def text(self) -> str:
        """What can be read in it; the alternative texts of its pictures stand at the end."""
        return "".join(self.signs[self.start : self.end]) + self.pictured


@dataclass(slots=True)
class Markup:
    """What was read: ``text[i]`` comes from the source at ``at[i]``; blocks are parted by line feeds."""

    text: str = ""
    at: tuple[int, ...] = ()
    elements: list[Element] = field(default_factory=list)

    def of(self, *tags: str) -> list[Element]:
        """The elements with these tags in their order."""
        return [element for element in self.elements if element.tag in tags]

    @property
    def headings(self) -> list[tuple[int, Element]]:
        """Headings with their levels."""
        return [(_HEADINGS[one.tag], one) for one in self.elements if one.tag in _HEADINGS]


def read_markup(source: str) -> Markup:
    """Read HTML; whatever it is, something comes back (browsers don't refuse either)."""
    reader = _Reader(source)
    reader.feed(source)
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._starts = [0]
        for place, sign in enumerate(source):
            if sign == "\n":
                self._starts.append(place + 1)
        self._signs: list[str] = []
        self._at: list[int] = []
        self._open: list[Element] = []
        self._elements: list[Element] = []

    def result(self) -> Markup:
        return Markup(text="".join(self._signs), at=tuple(self._at), elements=self._elements)

    def parse_html_declaration(self, i: int) -> int:
        # The library's own reading raises AssertionError at "<![" of old word processors; a browser
        # takes every declaration but a comment for a bogus comment (HTML Standard, 13.2.5.42).
        if self.rawdata.startswith("<!--", i):
            return self.parse_comment(i)
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        above = self._open[-1].colours if self._open else Shown()
        if tag in _BREAKS:
            self._add("\n", [self._offset()])
        look = shown_in(attributes.get("style"), tag, above)
        element = Element(tag, self._offset(), attributes, look, self._signs, len(self._signs))
        self._elements.append(element)
        if tag == "img":
            for one in self._open:
                one.holds_picture = True
                one.pictured += attributes.get("alt") or ""
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                for one in self._open[place:]:
                    one.end = len(self._signs)
                del self._open[place:]
                break
        if tag in _BREAKS:
            self._add("\n", [self._offset()])

    def handle_data(self, data: str) -> None:
        start = self._offset()
        # A line feed in the source is a space to the reader; between blocks it is put by the tags.
        self._write(data.replace("\n", " "), list(range(start, start + len(data))))

    def handle_entityref(self, name: str) -> None:
        self._refer(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._refer(unescape(f"&#{name};"))

    def _refer(self, text: str) -> None:
        self._write(text, [self._offset()] * len(text))

    def _write(self, text: str, at: list[int]) -> None:
        if any(one.tag in _UNSEEN for one in self._open):
            return
        painted = next((one for one in reversed(self._open) if one.colours.declared), None)
        if painted is not None and text.strip():
            painted.speaks = True
        if fold(text).text.strip():
            for one in reversed(self._open):
                # Those around it are marked already: a page of nested tags stays linear.
                if one.says:
                    break
                one.says = True
        self._add(text, at)

    def _add(self, text: str, at: list[int]) -> None:
        self._signs.extend(text)
        self._at.extend(at)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
