"""The report as a file: a workbook, a document that offices go on editing, or a page without scripts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from yiwang.kernel.text import Language, Text
from yiwang.platform.workbooks import SheetRows, written
from yiwang.portal.disclosure.report.content import AnnualReport, Grid, GridRow

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
#: Landscape A4 in twentieths of a point, as table 3 needs.
_SECTION = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
    ' w:gutter="0"/>'
    "</w:sectPr>"
)
#: The package's date: files of the same report are the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_workbook(report: AnnualReport, language: Language) -> bytes:
    """XLSX, one sheet a part."""
    return written(list(_sheets(report, language)))


def as_document(report: AnnualReport, language: Language) -> bytes:
    """DOCX with headings, paragraphs and tables; nothing in it but text."""
    body = [_paragraph(_say(report.title, language), style="Title")]
    for part in report.parts:
        body.append(_paragraph(_say(part.title, language), style="Heading1"))
        body += [_paragraph(_say(words, language)) for words in part.paragraphs]
        for grid in part.grids:
            body += [_table(grid, language), _paragraph("")]
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}{_SECTION}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _relation("officeDocument", "word/document.xml")),
            ("word/_rels/document.xml.rels", _relation("styles", "styles.xml")),
            ("word/styles.xml", _STYLES),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sheets(report: AnnualReport, language: Language) -> Iterator[SheetRows]:
    for number, part in enumerate(report.parts, start=1):
        rows: list[list[object]] = [[_say(report.title, language)], [_say(part.title, language)]]
        rows += [[_say(words, language)] for words in part.paragraphs]
        for grid in part.grids:
            rows += _head(grid, language)
            rows += [[*_labels(row, language), *_values(row, language)] for row in grid.rows]
        yield SheetRows(name=str(number), rows=rows)


def _head(grid: Grid, language: Language) -> list[list[object]]:
    names = [_say(column, language) for column in grid.columns]
    over = [word for title, span in grid.groups for word in [_say(title, language)] + [""] * (span - 1)]
    label = _say(grid.label, language)
    return [["", label, *over], ["", "", *names]] if any(over) else [["", label, *names]]


def _labels(row: GridRow, language: Language) -> list[str]:
    return [_say(row.group, language) if row.group is not None else "", _say(row.label, language)]


def _values(row: GridRow, language: Language) -> list[object]:
    return [_say(cell.value, language) if isinstance(cell.value, Text) else cell.value for cell in row.cells]


def _say(words: str | Text, language: Language) -> str:
    if isinstance(words, str):
        return words
    return words.zh if language == "zh" else words.en


def _plain(words: str) -> str:
    """Only what XML may hold."""
    return escape("".join(sign for sign in words if sign >= " " or sign in "\t\n"))


def _paragraph(words: str, style: str = "") -> str:
    shape = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{shape}<w:r><w:t xml:space="preserve">{_plain(words)}</w:t></w:r></w:p>'


def _table(grid: Grid, language: Language) -> str:
    lines: list[list[object]] = [
        *_head(grid, language),
        *[[*_labels(row, language), *_values(row, language)] for row in grid.rows],
    ]
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(str(cell))}</w:tc>" for cell in line) + "</w:tr>"
        for line in lines
    )
    shape = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    columns = "<w:gridCol/>" * (len(grid.columns) + 2)
    return f"<w:tbl>{shape}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _relation(kind: str, target: str) -> str:
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relation}</Relationships>'


def _style(name: str, title: str, size: int) -> str:
    letters = f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>'
    return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>{letters}</w:style>'


_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD}">{_style("Title", "Title", 36)}'
    f"{_style('Heading1', 'heading 1', 28)}</w:styles>"
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
)
