"""Lay a file on the map: a register of its own, its rows, and the draft of a layer; all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import YiwangError
from yiwang.kernel.text import Text
from yiwang.maps.making.commands.begin_layer import free_code, opened
from yiwang.maps.making.contracts import RegisterNotDrawable
from yiwang.maps.making.files.contracts import FileState, SaidFile
from yiwang.maps.making.files.keeping import FROM_FILE, said_of, survey_of
from yiwang.maps.making.queries.drawable import drawable
from yiwang.maps.making.rules.starting import beginning
from yiwang.maps.making.saving import account_of, or_refuse
from yiwang.maps.models import LayerFile
from yiwang.platform.command import command, guard, note, permit
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope, StorageFull
from yiwang.platform.session_locks import alone
from yiwang.registers.api import (
    ROW_NUMBER,
    ROW_SHAPE,
    LoadGauge,
    RowsRefused,
    SentFile,
    WantedColumn,
    WantedRegister,
    found_register,
    free_register,
    load_folder,
    put_load_away,
)

MOST_PROBLEMS = 100
#: What whoever lays a file does besides: he draws up a register, and loads it.
_ALSO = ("registers.draft.edit", "registers.file.load")
_GONE = Text("文件已删除，请重新上传", "The file was deleted; send it again")


def lay_layer_file(*, file: int, at: datetime) -> bool:
    """Do it in the name of who sent the file; False when it had ended before.

    What is wrong is kept beside the file, which waits for other words; nothing else is left of it.
    """
    with alone(f"maps.layer_file:{file}"):
        row = LayerFile.objects.get(pk=file)
        if row.state != FileState.WAITING:
            return False
        if not (load_folder() / row.file).exists():
            _refuse(row, _GONE)
            return True
        try:
            make_layer_of_file(actor=Actor.who_asked(row), at=at, file=file)
        except StorageFull:
            raise
        except RowsRefused as refused:
            _refuse(row, refused.sentence, refused)
        except YiwangError as refused:
            _refuse(row, refused.sentence)
        else:
            put_load_away(row.file)
    return True


def _refuse(row: LayerFile, reason: Text, rows: RowsRefused | None = None) -> None:
    heads = _heads(row)
    problems = rows.problems if rows is not None else ()
    row.state = FileState.CHOOSING if (load_folder() / row.file).exists() else FileState.GONE
    row.refusal = {**reason.as_dict()}
    row.became = dict(rows.became) if rows is not None else {}
    row.problems = [
        [one.line, heads.get(one.field, one.field), one.reason.zh, one.reason.en]
        for one in problems[:MOST_PROBLEMS]
    ]
    row.save()


def _heads(row: LayerFile) -> dict[str, str]:
    """The columns of the file by the names of the fields that they became."""
    said = said_of(row)
    return {} if said is None else _wanted(row, said, "").heads()


@command(operation=FROM_FILE)
def make_layer_of_file(*, actor: Actor, at: datetime, file: int) -> None:
    """Make register, entries and draft in one transaction.

    Raises:
        RowsRefused: features are wrong; what to do stands with each.
        OperationNotAllowed: the officer may not draw up registers or load files any more.
    """
    row = LayerFile.objects.select_for_update().get(pk=file)
    scope = Scope(organisations=(row.organisation,))
    permit(scope, subject=f"layer_file:{file}")
    judge = guard()
    for operation in _ALSO:
        if not (judge.may(actor, operation) and judge.covers(actor, operation, scope)):
            raise OperationNotAllowed(operation=operation)
    said, account = said_of(row), account_of(actor)
    if said is None:
        raise RegisterNotDrawable
    code = free_register(f"file_{row.organisation}"[:36])
    wanted = _wanted(row, said, code)
    sent = SentFile(
        path=load_folder() / row.file,
        system=said.system,
        encoding=row.encoding,
        repairing=said.repairing,
        on_bad_rows=said.on_bad_rows,
    )
    report = found_register(wanted, sent, account_id=account, at=at, progress=LoadGauge(row.file))
    drawn = drawable(actor, code, ROW_SHAPE)
    if drawn is None:
        raise RegisterNotDrawable
    content = beginning(
        free_code(code),
        drawn.definition,
        drawn.shape,
        drawn.clear - {ROW_NUMBER},
        title=said.title,
        summary=said.summary,
        group=said.group,
    )
    saved = opened(str(content["code"]), row.organisation, or_refuse(actor, content), actor=actor, at=at)
    row.draft, row.state = saved.draft, FileState.DONE
    row.loaded, row.bad, row.became = report.loaded, report.bad_rows, dict(report.became)
    row.problems = [
        [one.line, wanted.heads().get(one.field, one.field), one.reason.zh, one.reason.en]
        for one in report.problems[:MOST_PROBLEMS]
    ]
    row.save()
    note(register=code, file=file, rows=report.rows, loaded=report.loaded, draft=saved.draft)


def _wanted(row: LayerFile, said: SaidFile, code: str) -> WantedRegister:
    survey = survey_of(row)
    columns = {one.head: one for one in survey.columns}
    return WantedRegister(
        code=code,
        title=said.title,
        summary=said.summary,
        owner=row.organisation,
        survey=survey,
        placed_by=said.placed_by,
        columns=tuple(
            WantedColumn(column=columns[one.head], title=one.title, kind=one.kind, personal=one.personal)
            for one in said.columns
        ),
    )
