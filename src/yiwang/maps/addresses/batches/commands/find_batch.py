"""Compare the addresses of a file, some hundred at a time: what was written stays when the worker is killed.

After each part the row says how many rows and bytes of the result are good; a worker that takes over cuts
the result there and goes on behind it. Memory holds one part.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from yiwang.kernel.text import Text
from yiwang.maps.addresses.batches.contracts import VERDICTS, BatchState, Verdict, verdict_of
from yiwang.maps.addresses.batches.keeping import file_of, put_away, result_of
from yiwang.maps.addresses.contracts import LONGEST_TEXT, Found
from yiwang.maps.addresses.models import AddressBatch
from yiwang.maps.addresses.queries.finding import AT_ONCE, find_addresses
from yiwang.platform.session_locks import alone
from yiwang.platform.spreadsheets import csv_file
from yiwang.registers.api import CellFault, LineFault, OpenedTable, Record

MOST_ROWS = 2_000_000
MOST_TO_LOOK = 200
_HEAD = (
    "标准地址 standard address", "编码 code", "区划 division", "经度 longitude", "纬度 latitude",
    "可信度 confidence", "结论 result", "理由 reasons",
)  # fmt: skip
_TOO_MANY = Text("超过 200 万行，请分成几个文件", "More than 2,000,000 rows; send several files")
_STOPPED = Text("第{line}行无法读取：{reason}", "Line {line} can't be read: {reason}")
_NOTHING = Text("没有写地址", "No address is written")
_NONE = Text("标准地址库中没有相近的地址", "The register has nothing near to it")


class _Line(NamedTuple):
    number: int
    cells: Sequence[str]
    text: str


def find_batch(*, batch: int, at: datetime) -> bool:
    """Do what is left of a batch; False when it had ended before."""
    with alone(f"addresses.batch:{batch}"):
        row = AddressBatch.objects.get(pk=batch)
        if row.state != BatchState.WAITING:
            return False
        opened = OpenedTable(file_of(row), encoding=None, known=())
        try:
            opened.records.head()
            _go_through(row, opened)
        except LineFault as fault:
            reason = _STOPPED.fill(line=fault.line, reason=fault.reason)
            row.state, row.refusal = BatchState.REFUSED, {"zh": reason.zh, "en": reason.en}
        else:
            row.state = BatchState.DONE
        finally:
            opened.close()
        row.ended_at = at
        row.save()
        put_away(row, also_result=row.state == BatchState.REFUSED)
    return True


def _go_through(row: AddressBatch, opened: OpenedTable) -> None:
    width, column = len(row.head), row.column or 0
    lines = (_line(found, width, column) for found in opened.records)
    for _ in islice(lines, row.done):
        pass
    with result_of(row).open("ab") as result:
        result.truncate(row.written)
        if not row.written:
            result.write(csv_file([[*row.head, *_HEAD]]))
        while part := list(islice(lines, AT_ONCE)):
            if row.done + len(part) > MOST_ROWS:
                raise LineFault(part[0].number, _TOO_MANY)
            result.write(_compared(row, part))
            result.flush()
            os.fsync(result.fileno())
            row.done += len(part)
            row.written = result.tell()
            row.share = opened.digested.size / row.size if row.size else 0.0
            row.save(update_fields=["done", "written", "share", "counts", "to_look"])


def _line(found: Record | CellFault, width: int, column: int) -> _Line:
    if isinstance(found, CellFault):
        return _Line(found.line, [""] * width, "")
    cells = [*found.cells[:width], *[""] * (width - len(found.cells))]
    return _Line(found.line, cells, cells[column].strip()[:LONGEST_TEXT])


def _compared(row: AddressBatch, part: Sequence[_Line]) -> bytes:
    answers = find_addresses([each.text for each in part], most=1, as_of=row.as_of)
    counts = Counter(row.counts)
    table = []
    for line, found in zip(part, answers, strict=True):
        best = found[0] if found else None
        verdict = _verdict(line, best)
        reasons = _reasons(line, best)
        counts[verdict] += 1
        table.append([*line.cells, *_told(best), str(VERDICTS[verdict].zh), reasons.zh])
        if verdict in (Verdict.DOUBTFUL, Verdict.NOT_FOUND) and len(row.to_look) < MOST_TO_LOOK:
            row.to_look.append(
                [line.number, line.text, best.full if best else "", best.confidence if best else 0.0,
                 reasons.zh, reasons.en]
            )  # fmt: skip
    row.counts = dict(counts)
    return csv_file(table, is_marked=False)


def _verdict(line: _Line, best: Found | None) -> Verdict:
    if not line.text:
        return Verdict.EMPTY
    return verdict_of(best.confidence) if best else Verdict.NOT_FOUND


def _reasons(line: _Line, best: Found | None) -> Text:
    if best is None:
        return _NONE if line.text else _NOTHING
    return Text(
        "；".join(each.text.zh for each in best.reasons), "; ".join(each.text.en for each in best.reasons)
    )


def _told(best: Found | None) -> list[str]:
    if best is None:
        return [""] * 6
    degrees = [f"{each:.6f}" if each is not None else "" for each in (best.longitude, best.latitude)]
    return [best.full, best.code, best.division, *degrees, f"{best.confidence:.3f}"]
