"""Differences as an XLSX workbook; what begins like a formula stays text."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from yiwang.kernel.text import Text
from yiwang.platform.web.language import say
from yiwang.registers.matching.contracts import KIND_TEXTS, OUTCOME_TEXTS, STATE_TEXTS, FindingView

_HEADS = (
    Text("编号", "Number"), Text("差异", "Difference"), Text("本单位记录号", "Our row"),
    Text("本单位记载名称", "Name with us"), Text("对方名单", "Other list"), Text("对方记录号", "Their row"),
    Text("对方记载名称", "Name with them"), Text("状态", "State"), Text("答复", "Answer"),
    Text("说明", "Remark"), Text("追回（元）", "Recovered (yuan)"), Text("答复期限", "Answer by"),
)  # fmt: skip


def workbook_of(findings: Iterable[FindingView]) -> bytes:
    """The bytes of a workbook with a row for each; written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(say(Text("差异", "Differences")))
    sheet.freeze_panes = "A2"
    sheet.append([say(head) for head in _HEADS])
    for each in findings:
        cells: list[str | float | None] = [
            each.id, say(KIND_TEXTS[each.kind]), each.key, each.name, each.other_list, each.other_key,
            each.other_name, say(STATE_TEXTS[each.state]),
            say(OUTCOME_TEXTS[each.outcome]) if each.outcome else "", each.note,
            float(each.yuan) if each.yuan is not None else None,
            f"{localtime(each.due_at):%Y-%m-%d}",
        ]  # fmt: skip
        row = []
        for value in cells:
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
