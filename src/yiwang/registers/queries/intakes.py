"""Files on their way, to the officers who sent them."""

from __future__ import annotations

import csv
import io

from yiwang.kernel.text import Text
from yiwang.platform.contracts import Actor
from yiwang.platform.files import read
from yiwang.registers.commands.load_file import placed_of
from yiwang.registers.contracts import IntakeInfo, IntakeNotFound, IntakeState, LoadReport, RowProblem
from yiwang.registers.loading.arrival import Told, append, received, told
from yiwang.registers.models import Intake
from yiwang.registers.queries.asked import own
from yiwang.registers.rules.load_progress import BEGINS

#: Shares of the whole: where each stage begins, of 100.
_BEGINS = {
    IntakeState.RECEIVING: 0, IntakeState.MAPPING: 0, IntakeState.DONE: 100, IntakeState.REFUSED: 100,
} | {IntakeState(stage): percent for stage, percent in BEGINS.items()}  # fmt: skip
_RUNNING = frozenset({IntakeState.WAITING, IntakeState.CHECKING, IntakeState.WRITING})
_MOST_SHOWN = 200


def sender_of(intake: int) -> Actor:
    """Who sent the file, with the roles of then; what they still allow is asked anew."""
    return Actor.who_asked(Intake.objects.get(pk=intake))


def get_intake(*, actor: Actor, intake: int) -> IntakeInfo:
    """Give an intake to the officer who sent the file, and to nobody else.

    Raises:
        IntakeNotFound: there is none, or it is somebody else's.
    """
    row = own(Intake.objects.select_related("load__report"), actor).filter(pk=intake).first()
    if row is None:
        raise IntakeNotFound(intake=intake)
    state = IntakeState(row.state)
    word = told(row.file) if state in _RUNNING else Told()
    # the last word may be of the stage before
    word = word if word.stage == state.value else Told()
    return IntakeInfo(
        id=row.pk,
        register=row.register,
        name=row.name,
        state=state,
        size=row.size,
        # what was loaded lies there no more
        received=received(row.file) if state is IntakeState.RECEIVING else row.size,
        head=tuple(row.head),
        percent=max(_BEGINS[state], word.percent),
        rows=word.rows if state is IntakeState.WAITING else row.staged,
        seconds_left=word.left,
        report=_report(row),
        refusal=Text(**row.refusal) if row.refusal else None,
        asked_at=row.asked_at,
        system=row.system,
        placed_by=row.placed_by,
    )


def _report(row: Intake) -> LoadReport | None:
    """The first lines of the report as it is kept."""
    if row.load is None:
        return None
    problems: list[RowProblem] = []
    if row.load.report is not None:
        lines = csv.reader(io.StringIO(read(row.load.report).decode("utf-8-sig")))
        next(lines)
        for _, (line, field, _, zh, en) in zip(range(_MOST_SHOWN), lines, strict=False):
            problems.append(RowProblem(line=int(line), field=field.removeprefix("'"), reason=Text(zh, en)))
    return LoadReport(
        load=row.load.pk, rows=row.load.rows, loaded=row.load.loaded, bad_rows=row.load.bad_rows,
        problems=tuple(problems), noted=row.load.noted, placed=placed_of(row.load),
    )  # fmt: skip


def append_part(*, actor: Actor, intake: int, offset: int, content: bytes) -> int:
    """Add a part to one's own file that has not arrived whole; gives how many bytes there are now.

    Raises:
        IntakeNotFound, WrongOffset, StorageFull: nothing was added, or what fitted.
    """
    if get_intake(actor=actor, intake=intake).state is not IntakeState.RECEIVING:
        raise IntakeNotFound(intake=intake)
    row = Intake.objects.get(pk=intake)
    return append(row.file, offset=offset, content=content, size=row.size)
