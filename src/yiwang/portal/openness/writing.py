"""How items are written: judged, numbered, put into their rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import LiteralString

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform import sql
from yiwang.portal.openness.contracts import ItemContent, ItemNotFound
from yiwang.portal.openness.models import AgencyCode, Item, Serial
from yiwang.portal.openness.rules.blocks import stored, too_much
from yiwang.portal.openness.rules.categories import CATEGORIES
from yiwang.portal.openness.rules.index_numbers import index_number, next_agency_code
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.rules.subjects import THEMES

MOST = {
    "title": 200,
    "summary": 500,
    "document_number": 60,
    "page": 400,
    "by": 40,
    "by_title": 200,
}
PREFIX = "GZ"
_NUMBERING: LiteralString = "SELECT count(pg_advisory_xact_lock(hashtextextended('openness.numbering', 0)))"
_EMPTY = Text("请填写此项", "Please fill this in")
_LONG = Text("最多{most}个字", "At most {most} characters")
_NOT_OFFERED = Text("请从列出的选项中选择", "Choose one of the options")
_BACKWARDS = Text("失效日期不能早于施行日期", "It cannot end before it begins")
_TOO_MUCH = Text("正文过长，请作为附件提供", "The text is too long; attach it as a file")


def locked_item(item: int) -> Item:
    """The row of an item, locked until the transaction ends; raises ItemNotFound."""
    row = Item.objects.select_for_update(of=("self",)).filter(pk=item).first()
    if row is None:
        raise ItemNotFound
    return row


def check(content: ItemContent) -> ItemContent:
    """The content as it is kept; raises InvalidInput with everything that is wrong."""
    tidy = replace(
        content,
        title=Text(content.title.zh.strip(), content.title.en.strip()),
        summary=Text(content.summary.zh.strip(), content.summary.en.strip()),
        document_number=content.document_number.strip(),
        page=content.page.strip().strip("/"),
    )
    if tidy.kind is not ItemKind.POLICY:
        tidy = replace(tidy, from_day=None, until=None, not_needed=())
    problems = tuple(_problems(tidy))
    if problems:
        raise InvalidInput(problems=problems)
    return tidy


def put(row: Item, content: ItemContent) -> None:
    """Put checked content into a row that is not saved here."""
    row.kind, row.category, row.theme = content.kind, content.category, content.theme
    row.title, row.summary = content.title.as_dict(), content.summary.as_dict()
    row.document_number, row.page = content.document_number, content.page
    row.body, row.body_en = stored(content.body), stored(content.body_en)
    row.made_on, row.from_day, row.until = content.made_on, content.from_day, content.until
    row.not_needed = list(content.not_needed)


def number_for(organisation: str, year: int) -> str:
    """The next index number of an agency in a year; two that ask at once wait for each other."""
    sql.fetch_number(_NUMBERING)
    agency = AgencyCode.objects.filter(organisation=organisation).first()
    if agency is None:
        taken = frozenset(AgencyCode.objects.values_list("code", flat=True))
        agency = AgencyCode.objects.create(organisation=organisation, code=next_agency_code(PREFIX, taken))
    serial, _ = Serial.objects.get_or_create(organisation=organisation, year=year)
    while True:
        serial.last += 1
        number = index_number(agency.code, year, serial.last)
        # an imported file may have brought this number along
        if not Item.objects.filter(index_number=number).exists():
            serial.save(update_fields=["last"])
            return number


def _problems(content: ItemContent) -> Iterator[FieldProblem]:
    texts = {
        "title_zh": (content.title.zh, "title"),
        "title_en": (content.title.en, "title"),
        "summary_zh": (content.summary.zh, "summary"),
        "summary_en": (content.summary.en, "summary"),
        "document_number": (content.document_number, "document_number"),
        "page": (content.page, "page"),
    }
    if not content.title.zh:
        yield FieldProblem("title_zh", _EMPTY)
    for name, (text, limit) in texts.items():
        if len(text) > MOST[limit]:
            yield FieldProblem(name, _LONG.fill(most=MOST[limit]))
    offered = {
        "category": content.category in CATEGORIES,
        "theme": not content.theme or content.theme in THEMES,
        "not_needed": set(content.not_needed) <= set(Need),
    }
    yield from (FieldProblem(name, _NOT_OFFERED) for name, fits in offered.items() if not fits)
    if content.kind is ItemKind.POLICY and content.from_day is None:
        yield FieldProblem("from_day", _EMPTY)
    if content.from_day and content.until and content.until < content.from_day:
        yield FieldProblem("until", _BACKWARDS)
    for name, body in (("body", content.body), ("body_en", content.body_en)):
        if too_much(body):
            yield FieldProblem(name, _TOO_MUCH)
