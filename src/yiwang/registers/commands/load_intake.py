"""Load a file that has arrived, stage by stage: read, judged, written. Each is kept before the next begins.

A load that is killed goes on after the last stage that is on the disk. Nothing is in the register before the
last transaction, and everything is after it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from yiwang.kernel.text import Text
from yiwang.platform.command import command, emit, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.platform.session_locks import alone
from yiwang.registers.commands.enter_entry import writing_source
from yiwang.registers.commands.load_file import WasRead, found_by, noted_by, refuse_suspected, report_load
from yiwang.registers.commands.receive_file import OPERATION
from yiwang.registers.contracts import IntakeState, KeyTaken, RowProblem
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.loading.arrival import Gauge, folder, put_away
from yiwang.registers.loading.sheet import Sheet
from yiwang.registers.models import FileLoad, Intake
from yiwang.registers.queries.definitions import get_register
from yiwang.registers.queries.faults import reference_keys
from yiwang.registers.rules.days import civil_day
from yiwang.registers.tables.bulk import Stage
from yiwang.registers.tables.running import Parameter

_ENDED = (IntakeState.DONE, IntakeState.REFUSED)


def load_intake(*, actor: Actor, at: datetime, intake: int) -> bool:
    """Do what is left of a load in the name of who sent the file; False when it had ended before.

    Raises:
        OperationNotAllowed: the officer may not load into the register any more.
        KeyTaken: somebody entered one of the keys while the file was written; nothing was loaded.
    """
    with alone(f"registers.intake:{intake}"):
        return _load(actor, at, intake)


def _load(actor: Actor, at: datetime, intake: int) -> bool:
    row = Intake.objects.get(pk=intake)
    if row.state in _ENDED:
        return False
    definition = get_register(row.register)
    if row.state != IntakeState.WAITING and _stage(row, definition).count() != row.staged:
        # the tables of the stages are not logged: a crash of the database emptied them
        row.state = IntakeState.WAITING
    if row.state == IntakeState.WAITING:
        _read(row, definition)
    if row.state == IntakeState.CHECKING:
        _judge(row, definition, at)
    Gauge(row.file)("writing", row.staged)
    write_intake(actor=actor, at=at, intake=intake)
    put_away(row.file)
    return True


def _stage(row: Intake, definition: RegisterDefinition) -> Stage:
    return Stage(definition, [definition.get(name) for name in row.fields], kept=row.pk)


def _read(row: Intake, definition: RegisterDefinition) -> None:
    """Put the rows into the staged table; a file that can't be read to its end has none."""
    gauge = Gauge(row.file)
    # the other formats are converted before the first row is read
    in_order = row.file.endswith((".csv", ".tsv", ".txt"))
    sheet = Sheet(
        folder() / row.file,
        definition,
        encoding=row.encoding or None,
        columns=row.columns,
        system=row.system,
        placed_by=row.placed_by,
    )

    def told(rows: int) -> None:
        gauge("waiting", rows, sheet.bytes_read / row.size if in_order else 0.0)

    try:
        with transaction.atomic():
            row.staged = 0
            if sheet.read_head():
                row.fields = [field.name for field in sheet.fields]
                stage = _stage(row, definition)
                stage.make()
                row.staged = stage.take(sheet.rows(told), told)
                if not sheet.is_refused:
                    refuse_suspected(sheet, stage, system=row.system)
            row.problems = [[p.line, p.field, p.reason.zh, p.reason.en] for p in sheet.problems]
            row.rows, row.sha256, row.placed = sheet.rows_read, sheet.digest, sheet.placed or None
            row.state = IntakeState.WRITING if sheet.is_refused else IntakeState.CHECKING
            if sheet.is_refused:
                row.staged = 0
                _stage(row, definition).drop()
            row.save()
    finally:
        sheet.close()


def _judge(row: Intake, definition: RegisterDefinition, at: datetime) -> None:
    stage = _stage(row, definition)
    Gauge(row.file)("checking", 0)
    with transaction.atomic():
        stage.forget_faults()
        row.bad_rows = stage.judge(
            keys=reference_keys(stage.fields), valid_from=civil_day(at), repairing=row.repairing
        )
        row.state = IntakeState.WRITING
        row.save()


@command(operation=OPERATION)
def write_intake(*, actor: Actor, at: datetime, intake: int) -> None:
    """Enter the good rows, keep the report, and end the intake: all in one transaction.

    Raises:
        see ``load_intake``.
    """
    row = Intake.objects.select_for_update().get(pk=intake)
    definition = get_register(row.register)
    writer = writing_source(definition, actor, row.source)
    permit(Scope(organisations=(writer,)), subject=f"register:{row.register}")
    if row.state in _ENDED:
        return
    unread = [RowProblem(line=line, field=field, reason=Text(zh, en)) for line, field, zh, en in row.problems]
    stage = _stage(row, definition)
    loaded = 0
    if row.staged and not (row.on_bad_rows == "refuse_all" and (row.bad_rows or unread)):
        loaded = _enter(stage, row, at)
    report = report_load(
        by=actor.account_id,
        at=at,
        definition=definition,
        source=writer,
        read=WasRead(
            rows=row.rows, sha256=row.sha256, problems=unread, system=row.system, placed=row.placed or {}
        ),
        loaded=loaded,
        bad=row.bad_rows,
        problems=found_by(stage) if row.bad_rows else [],
        notes=noted_by(stage) if row.staged else [],
    )
    stage.drop()
    row.load, row.state = FileLoad.objects.get(pk=report.load), IntakeState.DONE
    row.save()
    note(
        intake=row.pk,
        load=report.load,
        system=row.system,
        rows=report.rows,
        loaded=loaded,
        bad_rows=report.bad_rows,
    )
    emit("RegisterFileLoaded", f"register:{row.register}", load=report.load, loaded=loaded)


def _enter(stage: Stage, row: Intake, at: datetime) -> int:
    written: dict[str, Parameter] = {
        "source": row.source, "valid_from": civil_day(at), "at": at, "by": row.account_id, "basis": "",
    }  # fmt: skip
    try:
        with transaction.atomic():
            return stage.enter(written, any_bad=bool(row.bad_rows))
    except IntegrityError as problem:
        raise KeyTaken(register=row.register) from problem


def refuse_intake(*, intake: int, reason: Text) -> None:
    """End an intake that can't be loaded; the refusal itself is in the journal."""
    row = Intake.objects.get(pk=intake)
    if row.state in _ENDED:
        return
    with transaction.atomic():
        if row.fields:
            _stage(row, get_register(row.register)).drop()
        row.state, row.refusal = IntakeState.REFUSED, {"zh": reason.zh, "en": reason.en}
        row.save()
    put_away(row.file)
