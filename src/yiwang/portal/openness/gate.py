"""The publication gate over an item: what keeps its words in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from yiwang.kernel.errors import FieldProblem
from yiwang.portal.openness.contracts import ItemContent
from yiwang.portal.openness.rules import blocks as words
from yiwang.portal.openness.rules.blocks import Block
from yiwang.portal.publishing.contracts import Block as GateBlock
from yiwang.portal.publishing.contracts import Document, Heading, Paragraph, Severity, Table
from yiwang.portal.publishing.definitions import GateRules
from yiwang.portal.publishing.lists import default_lists
from yiwang.portal.publishing.rules.gate import check_page

_RULES = GateRules()


def blocking(content: ItemContent, *, on: date) -> Iterator[FieldProblem]:
    """What keeps an item from going out, as problems of the form."""
    halves = (
        (content.title.zh, content.summary.zh, content.body, "body"),
        (content.title.en, content.summary.en, content.body_en, "body_en"),
    )
    for title, summary, body, path in halves:
        yield from blocking_text(title=title, summary=summary, body=body, path=path, on=on)


def blocking_text(
    *, title: str, summary: str, body: Iterable[Block], path: str, on: date
) -> Iterator[FieldProblem]:
    """The same for words alone; nothing where there are none."""
    document = Document(title=title, summary=summary, blocks=tuple(map(_block, body)))
    if not (title or summary or document.blocks):
        return
    for finding in check_page(document, on=on, rules=_RULES, lists=default_lists()).findings:
        if finding.severity is Severity.BLOCKING:
            yield FieldProblem(path, finding.text)


def _block(block: Block) -> GateBlock:
    if block.kind == "heading":
        return Heading(text=block.text)
    if block.kind == "table":
        return Table(rows=tuple(map(tuple, words.cells(block.text))))
    return Paragraph(html=f"<p>{escape(block.text)}</p>")
