"""Who comes in: the case is locked, the right is asked for, then its state is looked at, in this order."""

from __future__ import annotations

from collections.abc import Iterable

from yiwang.cases.contracts.errors import (
    CaseEnded,
    CaseMovedOn,
    CaseNotFound,
    RoleMissing,
    TaskEnded,
    TaskTaken,
    WrongPhase,
)
from yiwang.cases.contracts.lists import CaseStamp, OpenedCase
from yiwang.cases.contracts.words import Phase, TaskState
from yiwang.cases.queries.rights import concerns
from yiwang.cases.rows.loading import lock_case, lock_case_of_task
from yiwang.cases.rows.records import Live, TaskRecord
from yiwang.cases.rows.work import Work
from yiwang.platform import sql
from yiwang.platform.command import permit
from yiwang.platform.contracts import Scope

_TASK = "SELECT organisation, state FROM cases_task WHERE id = %s"
RESTING = frozenset({Phase.SUPPLEMENT, Phase.STOPPED})


def case_for_officer(
    work: Work, case_id: int, expected_version: int | None, *, also: Iterable[str] = ()
) -> Live:
    """Lock an open case for an officer of the body responsible or of a body that has a task in it.

    Raises:
        CaseNotFound, OperationNotAllowed, CaseMovedOn, CaseEnded.
    """
    live = lock_case(case_id)
    organisations = (live.row.organisation, *(task.organisation for task in live.tasks.values()), *also)
    permit(Scope(organisations=tuple(dict.fromkeys(organisations))), subject=f"case:{live.id}")
    return _open(work, live, expected_version)


def case_for_applicant(work: Work, case_id: int, expected_version: int | None = None) -> Live:
    """Lock an open case for its applicant, or whoever acts for them now.

    Raises:
        CaseNotFound: there is none, or it is somebody else's: the two look alike.
    """
    live = lock_case(case_id)
    if not concerns(work.actor, live.row.person_id, live.row.entity_id):
        raise CaseNotFound
    permit(Scope(person_id=live.row.person_id, entity_id=live.row.entity_id), subject=f"case:{live.id}")
    return _open(work, live, expected_version)


def case_for_system(work: Work, case_id: int, *, scope: Scope | None = None) -> Live:
    """Lock a case for a machine; whether it still is open is for the act to see."""
    live = lock_case(case_id)
    permit(scope or Scope(organisations=(live.row.organisation,)), subject=f"case:{live.id}")
    return work.hold(live)


def task_for_officer(
    work: Work, task_id: int, expected_version: int | None, *, role: bool = True
) -> tuple[Live, TaskRecord]:
    """Lock the case of an open task for an officer of its organisation who holds its role.

    Raises:
        TaskNotFound, OperationNotAllowed, CaseMovedOn, TaskEnded, RoleMissing.
    """
    live = lock_case_of_task(task_id)
    task = live.task(task_id)
    if task is None:
        [(organisation, state)] = sql.fetch(_TASK, [task_id])
        permit(Scope(organisations=(str(organisation),)), subject=f"case:{live.id}")
        _same_version(live, expected_version)
        raise TaskEnded(state=str(state))
    permit(Scope(organisations=(task.organisation,)), subject=f"case:{live.id}")
    _open(work, live, expected_version)
    if role and task.role not in work.actor.roles:
        raise RoleMissing(role=task.role)
    return live, task


def not_taken(work: Work, task: TaskRecord) -> None:
    """A task that a colleague holds is theirs."""
    if task.state == TaskState.CLAIMED and task.assignee_id != work.actor.account_id:
        raise TaskTaken


def not_resting(live: Live, task: TaskRecord | None = None) -> None:
    """While corrections or a special procedure are waited for, nothing is decided.

    A step that itself stops the limits is what is waited for, and may be done.
    """
    stops = live.process.node(task.node).stops if task is not None else None
    if stops is not None and live.row.phase == Phase.STOPPED:
        return
    if live.row.phase in RESTING:
        raise WrongPhase(number=live.row.number, phase=live.row.phase)


def stamp(live: Live) -> CaseStamp:
    """What the act left the case as, after the rows were written."""
    row = live.row
    return CaseStamp(
        case_id=row.id,
        number=row.number,
        phase=Phase(row.phase),
        outcome=row.outcome,
        version=row.version,
    )


def opened(live: Live, tracking_code: str) -> OpenedCase:
    """What an applicant takes away."""
    return OpenedCase(
        case_id=live.id,
        number=live.row.number,
        tracking_code=tracking_code,
        phase=Phase(live.row.phase),
        version=live.row.version,
    )


def _open(work: Work, live: Live, expected_version: int | None) -> Live:
    _same_version(live, expected_version)
    if not live.is_open:
        raise CaseEnded(number=live.row.number, phase=live.row.phase)
    return work.hold(live)


def _same_version(live: Live, expected: int | None) -> None:
    if expected is not None and live.row.version != expected:
        raise CaseMovedOn(number=live.row.number, expected=expected, found=live.row.version)
