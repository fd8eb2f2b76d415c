"""Load a file of rows into a register: everything judged first, nothing half-loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from django.db import IntegrityError, transaction

from yiwang.identity.api import division_names
from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.files import keep
from yiwang.platform.spreadsheets import csv_file
from yiwang.registers.commands.enter_entry import refuse_strange_source, writing_source
from yiwang.registers.contracts import KeyTaken, LoadReport, OnBadRows, RowProblem, WrongEffectiveDay
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.loading.lines import Readable
from yiwang.registers.loading.sheet import Fitting, Sheet
from yiwang.registers.loading.suspected import suspected
from yiwang.registers.models import FileLoad
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.faults import reference_keys
from yiwang.registers.rules.days import FIRST_DAY, civil_day
from yiwang.registers.rules.reasons import sentence
from yiwang.registers.tables.bulk import Stage
from yiwang.registers.tables.running import Parameter

#: Problems in the report file; those in the answer are fewer.
MOST_REPORTED = 100_000
MOST_ANSWERED = 200


class Progress(Protocol):
    """Told how far a load is: ``reading``, ``checking``, ``writing``, and rows done."""

    def __call__(self, stage: str, rows: int) -> None:
        """Show it."""


def _silent(stage: str, rows: int) -> None:
    """Nobody watches."""


@command(operation="registers.file.load")
def load_file(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    file: Readable | Path,
    on_bad_rows: OnBadRows = "refuse_all",
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    system: str = "",
    placed_by: str = "",
    repairing: bool = False,
    valid_from: date | None = None,
    progress: Progress = _silent,
) -> LoadReport:
    """Enter every row of a file whose head names fields by name or title.

    ``columns`` maps heads of the file to fields; ``system`` and ``repairing`` as ``receive_file`` has them.
    ``placed_by`` is the head of a column from whose addresses the places are taken.

    With ``refuse_all`` one bad row refuses the file, with
    ``take_good`` the good rows are entered; a file that can't be read to its end is refused in any case.
    The report, with line, field and reason of each bad cell, is kept as a file.
    """
    writer = writing_source(get_register(register), actor, source)
    permit(Scope(organisations=(writer,)), subject=f"register:{register}")
    report = record_file(
        by=actor.account_id,
        at=at,
        register=register,
        file=file,
        on_bad_rows=on_bad_rows,
        encoding=encoding,
        columns=columns,
        source=writer,
        system=system,
        placed_by=placed_by,
        repairing=repairing,
        valid_from=valid_from,
        progress=progress,
    )
    note(load=report.load, rows=report.rows, loaded=report.loaded, bad_rows=report.bad_rows)
    return report


def record_file(
    *,
    by: int | None,
    at: datetime,
    register: str,
    file: Readable | Path,
    source: str,
    on_bad_rows: OnBadRows = "refuse_all",
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    system: str = "",
    placed_by: str = "",
    repairing: bool = False,
    valid_from: date | None = None,
    fitting: Fitting | None = None,
    progress: Progress = _silent,
) -> LoadReport:
    """The same as a consequence of another command, such as applying a pack that brings rows.

    Asks nobody: the command has asked for its own act. ``by`` is the account that acted.
    """
    definition = get_register(register)
    refuse_strange_source(definition, source)
    day = _effective(valid_from, civil_day(at))
    sheet = Sheet(
        file, definition, encoding=encoding, columns=columns, system=system, placed_by=placed_by,
        fitting=fitting,
    )  # fmt: skip
    written: dict[str, Parameter] = {
        "source": source, "valid_from": day, "at": at, "by": by, "basis": "",
    }  # fmt: skip
    loaded, bad, problems, notes = 0, 0, list[RowProblem](), list[RowProblem]()
    try:
        if sheet.read_head():
            loaded, bad, problems, notes = _load(
                definition,
                sheet,
                written,
                all_or_nothing=on_bad_rows == "refuse_all",
                repairing=repairing,
                progress=progress,
            )
    finally:
        sheet.close()
    report = report_load(
        by=by,
        at=at,
        definition=definition,
        source=source,
        read=_was_read(sheet),
        loaded=loaded,
        bad=bad,
        problems=problems,
        notes=notes,
    )
    emit("RegisterFileLoaded", f"register:{register}", load=report.load, loaded=report.loaded)
    return report


def _effective(wanted: date | None, today: date) -> date:
    day = wanted or today
    if not FIRST_DAY <= day <= today:
        raise WrongEffectiveDay(earliest=FIRST_DAY, latest=today)
    return day


def _load(
    definition: RegisterDefinition,
    sheet: Sheet,
    written: Mapping[str, Parameter],
    *,
    all_or_nothing: bool,
    repairing: bool,
    progress: Progress,
) -> tuple[int, int, list[RowProblem], list[RowProblem]]:
    """Stage, judge, enter; gives rows entered, bad rows, what the database found wrong, and its notes."""
    with Stage(definition, sheet.fields) as stage:
        staged = stage.take(
            sheet.rows(lambda rows: progress("reading", rows)), lambda rows: progress("reading", rows)
        )
        if not sheet.is_refused:
            refuse_suspected(sheet, stage, system=sheet.system)
        if sheet.is_refused:
            return 0, 0, [], []
        progress("checking", staged)
        day = written["valid_from"]
        if not isinstance(day, date):
            raise TypeError("valid_from is a day")
        bad = stage.judge(keys=reference_keys(sheet.fields), valid_from=day, repairing=repairing)
        problems, notes = found_by(stage) if bad else [], noted_by(stage)
        if all_or_nothing and (bad or sheet.problems):
            return 0, bad, problems, notes
        progress("writing", staged - bad)
        try:
            with transaction.atomic():
                return stage.enter(written, any_bad=bool(bad)), bad, problems, notes
        except IntegrityError as problem:
            raise KeyTaken(register=definition.code) from problem


def found_by(stage: Stage) -> list[RowProblem]:
    """The faults of a judged stage in words."""
    return [
        RowProblem(line=line, field=field, reason=sentence(reason, stage.definition.get(field)))
        for line, field, reason in stage.problems(MOST_REPORTED)
    ]


def noted_by(stage: Stage) -> list[RowProblem]:
    """The notes of a judged stage in words."""
    names = division_names()
    return [
        RowProblem(
            line=line, field=field, reason=sentence(reason, stage.definition.get(field), _named(said, names))
        )
        for line, field, reason, said in stage.noted(MOST_REPORTED)
    ]


def _named(said: str, names: Mapping[str, Text]) -> Text:
    """Codes of divisions by their names; a number stays one."""
    found = [names.get(code, Text(code, code)) for code in said.split(",")]
    return Text("、".join(each.zh for each in found), ", ".join(each.en for each in found))


def refuse_suspected(sheet: Sheet, stage: Stage, *, system: str) -> None:
    """Refuse a file whose places look like those of a web map, unless the officer said which they are."""
    said = None if system else suspected(stage.fields, stage.table)
    if said is not None:
        sheet.refuse(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class WasRead:
    """What was read of a file: rows, the digest of its bytes, and what could not be read."""

    rows: int
    sha256: str
    problems: Sequence[RowProblem]
    #: The reference system that was declared.
    system: str = ""
    #: Rows placed by their addresses, by per cent of certainty.
    placed: Mapping[str, int] = field(default_factory=dict)
    #: All rows by what became of their addresses.
    became: Mapping[str, int] = field(default_factory=dict)


def _was_read(sheet: Sheet) -> WasRead:
    return WasRead(
        rows=sheet.rows_read,
        sha256=sheet.digest,
        problems=sheet.problems,
        system=sheet.system,
        placed=sheet.placed,
        became=sheet.became,
    )


def report_load(
    *,
    by: int | None,
    at: datetime,
    definition: RegisterDefinition,
    source: str,
    read: WasRead,
    loaded: int,
    bad: int,
    problems: Sequence[RowProblem],
    notes: Sequence[RowProblem] = (),
) -> LoadReport:
    """Keep what became of a file; ``bad``, ``problems`` and ``notes`` are what the database found."""
    every = sorted([*read.problems, *problems, *notes], key=lambda problem: problem.line)[:MOST_REPORTED]
    row = FileLoad.objects.create(
        register=definition.code,
        at=at,
        account_id=by,
        source=source,
        sha256=read.sha256,
        system=read.system,
        rows=read.rows,
        loaded=loaded,
        bad_rows=bad + len({problem.line for problem in read.problems}),
        noted=len(notes),
        placed=dict(read.placed) or None,
    )
    if every:
        row.report = keep(
            _as_csv(every, definition),
            name=f"{definition.code}-load-{row.pk}.csv",
            media_type="text/csv",
            owner=f"register_load:{row.pk}",
            at=at,
        )
        row.save(update_fields=["report"])
    return LoadReport(
        load=row.pk,
        rows=row.rows,
        loaded=loaded,
        bad_rows=row.bad_rows,
        problems=tuple(every[:MOST_ANSWERED]),
        noted=row.noted,
        placed=placed_of(row),
        became=dict(read.became),
    )


def placed_of(load: FileLoad) -> tuple[tuple[int, int], ...]:
    """Rows that a load placed by addresses: per cent of certainty, from the least, and how many."""
    return tuple(sorted((int(sure), rows) for sure, rows in (load.placed or {}).items()))


def _as_csv(problems: Sequence[RowProblem], definition: RegisterDefinition) -> bytes:
    """Line, field and reason in both languages; never a value."""
    table: list[list[object]] = [["行 line", "字段 field", "名称 title", "原因", "reason"]]
    for problem in problems:
        found = definition.find(problem.field)
        title = str(found.title) if found else ""
        table.append([problem.line, problem.field, title, problem.reason.zh, problem.reason.en])
    return csv_file(table)
