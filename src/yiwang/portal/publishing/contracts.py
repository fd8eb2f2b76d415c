"""Words of the publication gate: a page as plain records, and what is found in it with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.kernel.text import Text


class Rule(StrEnum):
    """What the gate looks for."""

    IDENTITY_NUMBER = "identity_number"
    BANK_CARD = "bank_card"
    MOBILE_NUMBER = "mobile_number"
    SENSITIVE_WORD = "sensitive_word"
    MISTYPED_WORD = "mistyped_word"
    ALTERNATIVE_TEXT = "alternative_text"
    HEADING_ORDER = "heading_order"
    LINK_TEXT = "link_text"
    DEAD_LINK = "dead_link"
    CONTRAST = "contrast"
    PICTURE_SIZE = "picture_size"
    EMPTY_PARAGRAPH = "empty_paragraph"
    IMPOSSIBLE_DATE = "impossible_date"


class Severity(StrEnum):
    """Whether a finding keeps the page from going out."""

    BLOCKING = "blocking"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading in the body; the page's title is level 1, so the first one has level 2."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text as HTML. Plain text is handed over escaped (``html.escape``)."""

    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with its size on disk (bytes) and on screen (pixels); a decorative one needs no text."""

    alt: str
    size: int
    width: int
    height: int
    name: str = ""
    caption: str = ""
    decorative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; the cells are plain text, the first row heads the columns."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file to be taken along: its name and what is written beside it."""

    name: str
    caption: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that stands alone."""

    text: str
    address: str


Block = Heading | Paragraph | Picture | Table | Attachment | Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourPair:
    """Two colours that a page declares (``#rgb`` or ``#rrggbb``); large is 24 px, or bold from 18.66 px."""

    foreground: str
    background: str
    large: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page as the gate reads it."""

    title: str
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    colours: tuple[ColourPair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was found.

    ``block`` counts the blocks from 1; 0 is what stands outside of them. ``field`` names the text within:
    ``title``, ``summary``, ``text``, ``html``, ``alt``, ``caption``, ``name``, ``address``, ``cell 2.3``
    (row and column from 1), ``colour 1``. ``offset`` counts the characters of that field from 0, tags and
    entities included. ``excerpt`` is what can be read around it, personal numbers masked.
    """

    block: int
    field: str
    offset: int
    excerpt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that the gate found, and what to do about it."""

    rule: Rule
    severity: Severity
    place: Place
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that a page links to, with its place, for whoever can try it."""

    url: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """All that the gate found, in the order of the page."""

    checked_on: date
    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep the page from going out."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.BLOCKING)

    @property
    def may_go_out(self) -> bool:
        """Whether nothing keeps the page from going out."""
        return not self.blocking
