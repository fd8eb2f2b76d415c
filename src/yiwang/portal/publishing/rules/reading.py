"""A page taken apart into the texts that a check reads, each with its block and field, its disguises off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from yiwang.portal.publishing.contracts import (
    Attachment,
    Block,
    Document,
    Heading,
    Link,
    Paragraph,
    Picture,
    Rule,
    Severity,
    Table,
)
from yiwang.portal.publishing.rules.folding import Folded, fold
from yiwang.portal.publishing.rules.markup import Markup, read_markup


@dataclass(frozen=True, slots=True)
class Reading:
    """One text of a page: ``text[i]`` stands in its field at ``at[i]``; for HTML, what a reader sees."""

    block: int
    field: str
    text: str
    at: tuple[int, ...]
    folded: Folded


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """A block with its number; of a paragraph also what stands in its HTML."""

    number: int
    block: Block
    markup: Markup | None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that the checks can read."""

    document: Document
    readings: tuple[Reading, ...]
    blocks: tuple[ReadBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a check found: signs ``start`` to ``end`` of a reading, or, without one, a place in a field.

    ``values`` fill the sentence of the rule, or of its variant.
    """

    rule: Rule
    reading: Reading | None = None
    start: int = 0
    end: int = 0
    block: int = 0
    field: str = ""
    offset: int = 0
    shown: str = ""
    variant: str = ""
    values: tuple[tuple[str, object], ...] = ()
    severity: Severity | None = None


def read_page(document: Document) -> ReadPage:
    """Take a page apart."""
    blocks = tuple(
        ReadBlock(number, block, read_markup(block.html) if isinstance(block, Paragraph) else None)
        for number, block in enumerate(document.blocks, 1)
    )
    readings = (
        _reading(0, "title", document.title),
        _reading(0, "summary", document.summary),
        *(reading for block in blocks for reading in _readings(block)),
    )
    return ReadPage(document, tuple(one for one in readings if one.text), blocks)


def _readings(read: ReadBlock) -> Iterator[Reading]:
    if read.markup is not None:
        yield _reading(read.number, "html", read.markup.text, read.markup.at)
        for element in read.markup.elements:
            for name in ("alt", "title", "href"):
                value = element.attributes.get(name) or ""
                yield _reading(read.number, "html", value, (element.offset,) * len(value))
        return
    for field, text in _fields(read.block):
        yield _reading(read.number, field, text)


def _fields(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Heading():
            yield "text", block.text
        case Picture():
            yield from (("alt", block.alt), ("caption", block.caption), ("name", block.name))
        case Table():
            yield "caption", block.caption
            for row, cells in enumerate(block.rows, 1):
                for column, cell in enumerate(cells, 1):
                    yield f"cell {row}.{column}", cell
        case Attachment():
            yield from (("name", block.name), ("caption", block.caption), ("address", block.address))
        case Link():
            yield from (("text", block.text), ("address", block.address))


def _reading(block: int, field: str, text: str, at: tuple[int, ...] | None = None) -> Reading:
    return Reading(block, field, text, tuple(range(len(text))) if at is None else at, fold(text))
