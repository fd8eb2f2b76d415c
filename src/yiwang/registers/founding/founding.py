"""Make a register for one file and enter its rows: both, or neither.

The register is drawn up like any other (decision 0042) and changed like any other afterwards. What the file
brings is all that it says: it is its owner's alone, it is not open, and a running number is its key.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from yiwang.exchange.contracts import Secrecy
from yiwang.kernel.errors import DefinitionRefused
from yiwang.kernel.text import Text
from yiwang.packs.api import carry_out_plan, find_drawn, keep_drawn
from yiwang.packs.contracts import Plan
from yiwang.platform.contracts import Json
from yiwang.registers.commands.load_file import Progress, record_file
from yiwang.registers.contracts import LoadReport, OnBadRows
from yiwang.registers.definitions import NAME, RESERVED, FieldKind
from yiwang.registers.drafting.contracts import CodeTaken
from yiwang.registers.drafting.queries.checking import check_draft
from yiwang.registers.drafting.queries.drafts import KIND
from yiwang.registers.drafting.rules.writing import as_text
from yiwang.registers.founding.contracts import FileColumn, FileSurvey, RowsRefused
from yiwang.registers.loading.sheet import LEFT_OUT, Fitting
from yiwang.registers.models import Register, RegisterDraft

NUMBER, SHAPE = "number", "shape"
#: Keeps the code of the standard address that gave a row its place.
PLACE_CODE = "place_code"
#: Rows that are placed by addresses, two minutes' work: meanwhile no other definition is applied.
MOST_PLACED = 50_000
_LONGEST_CELL = 20_000
_ROUND_TO = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedColumn:
    """A column that becomes a field; ``kind`` may be another than was proposed."""

    column: FileColumn
    title: Text
    kind: FieldKind
    personal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRegister:
    """The register that a file is to become: its own words, and the columns that are taken."""

    code: str
    title: Text
    summary: Text
    owner: str
    survey: FileSurvey
    columns: Sequence[WantedColumn]
    #: The column whose addresses give the places; empty where the file has them.
    placed_by: str = ""

    def heads(self) -> dict[str, str]:
        """Columns of the file by the names of their fields."""
        found = {name: head for head, name in names_of(self).items() if name != SHAPE}
        return found | ({SHAPE: self.placed_by} if self.placed_by else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """The file, and how it is read; as :func:`yiwang.registers.api.receive_file` has it."""

    path: Path
    system: str = ""
    encoding: str = ""
    repairing: bool = False
    on_bad_rows: OnBadRows = "refuse_all"


def found_register(
    wanted: WantedRegister, file: SentFile, *, account_id: int, at: datetime, progress: Progress
) -> LoadReport:
    """Make it, as a consequence of another command, which has asked for its own act.

    Raises:
        CodeTaken: a register or a draft is called so.
        DefinitionRefused: what is wanted is no register.
        RowsRefused: rows are wrong; the command is undone, and the register with it.
    """
    if _is_taken(wanted.code):
        raise CodeTaken(register=wanted.code)
    text = as_text(definition_of(wanted))
    checked = check_draft(code=wanted.code, owner=wanted.owner, aim="define", text=text)
    if checked.problems or checked.change is None or checked.change.wanted is None:
        raise DefinitionRefused(problems=checked.problems)
    carry_out_plan(Plan(changes=(checked.change,)), at=at, account_id=account_id, allow_destructive=False)
    keep_drawn(checked.change.wanted, owner=wanted.owner, at=at, account_id=account_id)
    named = names_of(wanted)
    report = record_file(
        by=account_id,
        at=at,
        register=wanted.code,
        file=file.path,
        source=wanted.owner,
        on_bad_rows=file.on_bad_rows,
        encoding=file.encoding or None,
        columns={each.head: named.get(each.head, LEFT_OUT) for each in wanted.survey.columns},
        system=file.system,
        placed_by=wanted.placed_by,
        repairing=file.repairing,
        fitting=Fitting(
            numbered=NUMBER,
            most_placed=MOST_PLACED,
            rounded=frozenset(named[each.column.head] for each in wanted.columns if each.column.rounded),
        ),
        progress=progress,
    )
    if not report.loaded:
        raise RowsRefused(
            rows=report.rows, bad=report.bad_rows, problems=report.problems, became=report.became
        )
    return report


def free_register(stem: str) -> str:
    """The stem with the first number that no register and no draft bears or ever bore."""
    return next(name for place in count(1) if not _is_taken(name := f"{stem}_{place}"))


def _is_taken(code: str) -> bool:
    return (
        Register.objects.filter(code=code).exists()
        or find_drawn(KIND, code, retired=True) is not None
        or RegisterDraft.objects.filter(code=code, state=RegisterDraft.DRAFT).exists()
    )


def names_of(wanted: WantedRegister) -> dict[str, str]:
    """Names of fields by the heads of the columns that are taken: the head itself where it is a name."""
    named = {each.head: SHAPE for each in wanted.survey.columns if each.part != "field"}
    taken = {NUMBER, SHAPE, PLACE_CODE, *RESERVED}
    for place, each in enumerate(wanted.columns, start=1):
        name = each.column.head.casefold()
        if name in taken or re.fullmatch(NAME, name) is None:
            name = next(one for one in (f"c{place}", f"c{place}_") if one not in taken)
        taken.add(name)
        named[each.column.head] = name
    return named


def definition_of(wanted: WantedRegister) -> dict[str, Json]:
    """The register as a pack would declare it."""
    names = names_of(wanted)
    number: dict[str, Json] = {
        "id": 1, "name": NUMBER, "kind": "text", "title": {"zh": "序号", "en": "No."},
        "required": True, "unique": True,
    }  # fmt: skip
    shape: dict[str, Json] = {
        "id": 2, "name": SHAPE, "kind": wanted.survey.shape.value, "title": {"zh": "图形", "en": "Shape"},
        "required": True, "searchable": True,
    }  # fmt: skip
    fields: list[Json] = [number, shape]
    fields += [
        _field(each, names[each.column.head], place) for place, each in enumerate(wanted.columns, start=3)
    ]
    address = next((each for each in wanted.columns if each.column.head == wanted.placed_by), None)
    compared: list[Json] = []
    if address is not None and address.kind is FieldKind.ADDRESS:
        fields.append(
            {
                "id": len(fields) + 1, "name": PLACE_CODE, "kind": "text",
                "title": {"zh": "标准地址编码", "en": "Code of the address"}, "max_length": 24,
                "searchable": True,
            }
        )  # fmt: skip
        named = names[address.column.head]
        compared.append({"field": named, "code_field": PLACE_CODE, "point_field": SHAPE})
    found: dict[str, Json] = {
        "code": wanted.code,
        "title": {**wanted.title.as_dict()},
        "summary": {**wanted.summary.as_dict()},
        "owner": wanted.owner,
        "key": NUMBER,
        "fields": fields,
    }
    return found | ({"addresses": compared} if compared else {})


def _field(wanted: WantedColumn, name: str, identity: int) -> dict[str, Json]:
    field: dict[str, Json] = {
        "id": identity,
        "name": name,
        "kind": wanted.kind.value,
        "title": {**wanted.title.as_dict()},
    }
    if wanted.personal:
        field["secrecy"] = Secrecy.PERSONAL.value
    if wanted.kind in {FieldKind.TEXT, FieldKind.ADDRESS}:
        longest = -(-wanted.column.longest // _ROUND_TO) * _ROUND_TO
        field["max_length"] = min(max(300, longest), _LONGEST_CELL)
    if wanted.kind in {FieldKind.DIVISION, FieldKind.TEXT} and not wanted.personal:
        field["searchable"] = True
    return field
