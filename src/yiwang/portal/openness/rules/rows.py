"""Rows of a catalogue that is taken over: a CSV file with heads in either language. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from yiwang.kernel.text import Text
from yiwang.portal.openness.rules.categories import CATEGORIES
from yiwang.portal.openness.rules.index_numbers import FORM
from yiwang.portal.openness.rules.links import KIND_TEXTS, ItemKind

MOST_ROWS = 5_000
#: As spreadsheets write days: 2019-05-10, 2019/5/1, 2019.5.1.
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
MOST_CELL = 2_000
HEADS = {
    "index_number": "索引号",
    "document_number": "文号",
    "title": "标题",
    "title_en": "英文标题",
    "kind": "种类",
    "category": "公开类别",
    "theme": "主题",
    "made_on": "成文日期",
    "from_day": "施行日期",
    "until": "有效期至",
    "summary": "摘要",
    "file": "文件",
}
_NEEDED = ("title", "category", "made_on", "file")
NO_HEAD = Text("首行缺少列：{heads}", "The first line lacks columns: {heads}")
TOO_MANY = Text("最多{n}行", "At most {n} rows")
NOT_UTF8 = Text("目录文件不是UTF-8或GB18030编码的CSV", "The catalogue is no CSV in UTF-8 or GB18030")
_EMPTY = Text("“{head}”没有填写", "“{head}” is empty")
_LONG = Text("“{head}”过长", "“{head}” is too long")
_NO_DAY = Text("“{head}”不是日期（如2019-05-10）", "“{head}” is no day such as 2019-05-10")
_UNKNOWN = Text("“{head}”不是目录中的值", "“{head}” is none of the values of the catalogue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the file, counted from 1 with the head, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row that can be taken over."""

    index_number: str
    document_number: str
    title: Text
    kind: ItemKind
    category: str
    theme: str
    made_on: date
    from_day: date | None
    until: date | None
    summary: str
    file: str


def decoded(content: bytes) -> str | None:
    """The text of a file; None where it is in neither encoding."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def rows_of(text: str) -> tuple[list[Row], Text | None]:
    """The rows, or why there are none."""
    reader = csv.reader(io.StringIO(text))
    known = {**{zh: name for name, zh in HEADS.items()}, **{name: name for name in HEADS}}
    try:
        names = [known.get(head.strip(), "") for head in next(reader, [])]
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            return [], Text(
                NO_HEAD.zh.format(heads="、".join(HEADS[name] for name in missing)),
                NO_HEAD.en.format(heads=", ".join(missing)),
            )
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                named = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}
                rows.append(Row(line=reader.line_num, cells=named))
            if len(rows) > MOST_ROWS:
                return [], TOO_MANY.fill(n=MOST_ROWS)
    except csv.Error:
        return [], NOT_UTF8
    return rows, None


def entry_of(row: Row) -> tuple[Entry | None, tuple[Text, ...]]:
    """What a row says, or everything that is wrong with it."""
    cells = {name: row.cells.get(name, "") for name in HEADS}
    kind, category = _kind(cells["kind"]), _category(cells["category"])
    days = {name: _day(cells[name]) for name in ("made_on", "from_day", "until")}
    faults = list(_faults(cells, kind=kind, category=category, days=days))
    made_on = days["made_on"]
    if faults or kind is None or category is None or made_on is None:
        return None, tuple(faults)
    entry = Entry(
        index_number=cells["index_number"],
        document_number=cells["document_number"],
        title=Text(cells["title"], cells["title_en"]),
        kind=kind,
        category=category,
        theme=cells["theme"],
        made_on=made_on,
        from_day=(days["from_day"] or made_on) if kind is ItemKind.POLICY else None,
        until=days["until"],
        summary=cells["summary"],
        file=cells["file"],
    )
    return entry, ()


def _faults(
    cells: Mapping[str, str],
    *,
    kind: ItemKind | None,
    category: str | None,
    days: Mapping[str, date | None],
) -> Iterator[Text]:
    for name in _NEEDED:
        if not cells[name]:
            yield _said(_EMPTY, name)
    for name, cell in cells.items():
        if len(cell) > MOST_CELL:
            yield _said(_LONG, name)
    for name, day in days.items():
        if cells[name] and day is None:
            yield _said(_NO_DAY, name)
    known = {
        "kind": kind is not None,
        "category": category is not None or not cells["category"],
        "index_number": not cells["index_number"] or bool(FORM.fullmatch(cells["index_number"])),
    }
    for name, fits in known.items():
        if not fits:
            yield _said(_UNKNOWN, name)


def _said(text: Text, name: str) -> Text:
    return Text(text.zh.format(head=HEADS[name]), text.en.format(head=name))


def _kind(cell: str) -> ItemKind | None:
    if not cell:
        return ItemKind.POLICY
    return next((kind for kind, text in KIND_TEXTS.items() if cell in {kind.value, text.zh, text.en}), None)


def _category(cell: str) -> str | None:
    return next(
        (key for key, each in CATEGORIES.items() if cell in {key, each.title.zh, each.title.en}), None
    )


def _day(cell: str) -> date | None:
    try:
        found = _DAY.fullmatch(cell)
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
