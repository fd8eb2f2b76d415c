"""Places of rows that have an address and no coordinates: taken from the standard address, or refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from tempfile import SpooledTemporaryFile

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.text import Text
from yiwang.registers.address_books import BookAddress
from yiwang.registers.address_choices import SURE, address_book, joined_reasons, percent
from yiwang.registers.contracts import RowProblem
from yiwang.registers.definitions import FieldDefinition, FieldKind, RegisterDefinition
from yiwang.registers.loading.arrival import folder
from yiwang.registers.loading.records import Record

#: Heads of columns that hold addresses, in lower case.
_HEADS = frozenset(
    {
        "地址",
        "详细地址",
        "住所",
        "住址",
        "坐落",
        "通讯地址",
        "经营地址",
        "标准地址",
        "address",
        "full address",
    }
)
#: Rows that are looked for together.
_TOGETHER = 500
_MOST_NAMED = 3
#: Bytes of placed rows that wait in memory; more wait on the disk.
_IN_MEMORY = 8_000_000
#: Rows without a place, after which a file is refused as a whole: it is to be compared by itself first.
MOST_UNPLACED = 10_000
_EMPTY = Text("没有写地址，无法定位", "No address is written, so there is no place")
_NONE = Text("标准地址库中没有相近的地址，无法定位", "The register of addresses has nothing near to it")
_NO_POINT = Text("标准地址“{full}”没有坐标点", "The standard address {full} has no point")
_UNSURE = Text(
    "地址定位的可信度为{percent}%，低于{least}%，未采用。{reasons}",
    "The place of the address is {percent}% sure, less than {least}%, and is not taken. {reasons}",
)
_MAY_BE = Text("{said}。可能是：{names}", "{said}. It may be: {names}")
TOO_MANY = Text(
    "超过 1 万行的地址不能定位，整个文件不导入；请先用“地址比对”核对这个文件",
    "More than 10,000 addresses have no place, so nothing is loaded; compare the file of addresses first",
)
TOO_LONG = Text(
    "一次最多按地址定位{most}行；请拆分文件，或先用“地址比对”取得坐标",
    "At most {most} rows are placed by addresses at a time; cut the file, or compare the addresses first",
)


class Placing(StrEnum):
    """What became of the address of a row."""

    SURE = "sure"
    UNSURE = "unsure"
    NOT_FOUND = "not_found"
    EMPTY = "empty"
    NO_POINT = "no_point"


class TooManyUnplaced(Exception):
    """No row after it is read; ``reason`` is told of the file."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Addressed:
    """Which column has the addresses, and the fields that their standard addresses fill in."""

    #: Place of the column in the file.
    column: int
    point: FieldDefinition
    #: Takes the code; None where the register keeps none, or the file has it.
    code: FieldDefinition | None
    least: float


def addressed(
    definition: RegisterDefinition,
    columns: Sequence[str],
    mapped: Mapping[str, FieldDefinition],
    placed_by: str,
) -> Addressed | None:
    """How addresses of a column become places; None where the register has no point left for them.

    ``mapped`` are the fields that columns of the file hold, by the head of the column.
    """
    given = set(mapped.values())
    of_column = mapped.get(placed_by)
    declared = sorted(
        (each for each in definition.addresses if each.point_field is not None),
        key=lambda each: of_column is None or each.field != of_column.name,
    )
    points = [field for field in definition.fields if field.kind is FieldKind.POINT]
    if declared:
        [first, *_] = declared
        point = definition.get(str(first.point_field))
        code = definition.get(first.code_field) if first.code_field is not None else None
        least = first.least
    elif len(points) == 1:
        [point], code, least = points, None, SURE
    else:
        return None
    if placed_by not in columns or point in given:
        return None
    return Addressed(columns.index(placed_by), point, None if code in given else code, least)


def proposed_column(
    definition: RegisterDefinition, columns: Sequence[str], mapped: Mapping[str, FieldDefinition]
) -> str:
    """The column whose addresses may give the places of a file without coordinates; empty for none."""
    book = address_book()
    if book is None or not book.suggesting() or definition.code in book.made_of():
        return ""
    held = [name for name in columns if (found := mapped.get(name)) and found.kind is FieldKind.ADDRESS]
    named = [name for name in columns if name.casefold() in _HEADS and name not in mapped]
    return next((name for name in (*held, *named) if addressed(definition, columns, mapped, name)), "")


def _read_again(spool: SpooledTemporaryFile[str]) -> Iterator[Record]:
    with spool:
        for line in spool:
            number, *cells = json.loads(line)
            yield Record(number, cells)


@dataclass(slots=True)
class Placer:
    """Puts points and codes into records.

    ``placed`` counts rows by per cent of certainty, ``became`` all rows by what became of their address.
    """

    how: Addressed
    #: Where in a record the point and the code stand, and the division where there is one.
    point: int
    code: int | None
    division: int | None
    add: Callable[[RowProblem], None]
    #: Rows that are looked for at most; None for no bound.
    most: int | None = None
    placed: Counter[int] = field(default_factory=Counter)
    became: Counter[Placing] = field(default_factory=Counter)

    def spooled(self, records: Iterator[Record], told: Callable[[int], None]) -> Iterator[Record]:
        """Place all records, and only then give those that have a place: the register of addresses can't be
        asked on the connection over which they are copied. ``told`` how many are done.

        Raises:
            TooManyUnplaced: before the first is given.
        """
        spool = SpooledTemporaryFile(  # noqa: SIM115 - closed when its last row was given
            max_size=_IN_MEMORY, mode="w+", encoding="utf-8", dir=str(folder())
        )
        try:
            for done, record in enumerate(self._placed(records), start=1):
                spool.write(json.dumps([record.line, *record.cells]) + "\n")
                if done % _TOGETHER == 0:
                    told(done)
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return _read_again(spool)

    def _placed(self, records: Iterator[Record]) -> Iterator[Record]:
        while together := list(islice(records, _TOGETHER)):
            book = address_book()
            asked = [(each.cells[self.point].strip(), self._division_of(each)) for each in together]
            found = book.find_all(asked, most=_MOST_NAMED) if book is not None else None
            for record, (text, _), some in zip(together, asked, found or [()] * len(asked), strict=True):
                became, problem = self._judged(text, some)
                self.became[became] += 1
                if self.most is not None and self.became.total() > self.most:
                    raise TooManyUnplaced(TOO_LONG.fill(most=f"{self.most:,}"))
                if problem is None:
                    self.placed[percent(some[0].confidence)] += 1
                    yield self._with_place(record, some[0])
                    continue
                if self.became.total() - self.became[Placing.SURE] > MOST_UNPLACED:
                    raise TooManyUnplaced(TOO_MANY)
                self.add(RowProblem(line=record.line, field=self.how.point.name, reason=problem))

    def _division_of(self, record: Record) -> str:
        return record.cells[self.division].strip() if self.division is not None else ""

    def _judged(self, text: str, found: Sequence[BookAddress]) -> tuple[Placing, Text | None]:
        if not text:
            return Placing.EMPTY, _EMPTY
        if not found:
            return Placing.NOT_FOUND, _NONE
        best = found[0]
        if best.confidence < self.how.least:
            return Placing.UNSURE, self._unsure(found)
        if best.longitude is None or best.latitude is None:
            return Placing.NO_POINT, _NO_POINT.fill(full=best.full)
        return Placing.SURE, None

    def _unsure(self, found: Sequence[BookAddress]) -> Text:
        best = found[0]
        least = round(self.how.least * 100)
        # rounded up it would stand there as enough
        sure = min(percent(best.confidence), least - 1)
        said = _UNSURE.fill(percent=sure, least=least, reasons=joined_reasons(best))
        if self.how.point.secrecy.level >= Secrecy.PERSONAL.level:
            return said
        names = Text("、".join(each.full for each in found), ", ".join(each.full for each in found))
        return _MAY_BE.fill(said=said, names=names)

    def _with_place(self, record: Record, found: BookAddress) -> Record:
        cells = list(record.cells)
        cells[self.point] = f"{found.longitude} {found.latitude}"
        if self.code is not None:
            cells[self.code] = found.code
        return Record(record.line, cells)
