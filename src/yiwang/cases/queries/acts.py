"""Which acts are open to a reader now: what pages offer. The commands decide again for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.changes import asked_change
from yiwang.cases.contracts.views import TaskView
from yiwang.cases.contracts.words import (
    ENDED_PHASES,
    ApplicantKind,
    ExtensionState,
    LicenceState,
    NoticeState,
    Phase,
    SupplementState,
    TaskState,
)
from yiwang.cases.models import Case, Extension, Licence, Notice, Rating, Supplement
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, Scope

_ENDED = frozenset(str(phase) for phase in ENDED_PHASES)


def officer_acts(
    actor: Actor,
    row: Case,
    kind: AppliedType,
    *,
    tasks: Sequence[TaskView],
    stops: set[str],
    supplement: Supplement | None,
    extension: Extension | None,
    decided: bool,
    at: datetime,
) -> frozenset[str]:
    """Operations that this officer may do in this case as it stands."""
    held = {task.organisation for task in tasks if task.state in {TaskState.OPEN, TaskState.CLAIMED}}
    scope = Scope(organisations=(row.organisation, *sorted(held)))
    is_open = row.phase not in _ENDED
    mine = [task for task in tasks if task.may_act]
    asked = extension is not None and extension.state == ExtensionState.ASKED
    used = extension is not None and extension.state != ExtensionState.REFUSED
    joint = kind.process is not None and any(
        kind.process.node(task.node).many is not None for task in tasks if task.state == TaskState.OPEN
    )
    calls = kind.process is not None and any(node.many is not None for node in kind.process.nodes)
    rating = Rating.objects.filter(case=row).first()
    change = asked_change(row.data)
    wanted = {
        "cases.task.complete": bool(mine),
        "cases.task.claim": any(task.state == TaskState.OPEN for task in mine),
        "cases.task.release": any(
            task.assignee_id == actor.account_id and task.state == TaskState.CLAIMED for task in mine
        ),
        "cases.task.transfer": bool(mine),
        "cases.case.return": bool(mine) and not decided,
        "cases.case.decide": any(task.decides for task in mine) and not decided,
        "cases.supplement.request": bool(mine)
        and supplement is None
        and not decided
        and row.applicant_kind != ApplicantKind.ORGANISATION,
        "cases.clock.stop": is_open and not decided and bool(_own_stops(kind)),
        "cases.clock.resume": is_open and bool(stops & _own_stops(kind)),
        "cases.extension.ask": is_open and not decided and kind.definition.extension is not None and not used,
        "cases.extension.decide": asked and extension is not None and extension.asked_by != actor.account_id,
        "cases.department.add": is_open and (joint or calls),
        "cases.department.remove": is_open and (joint or calls),
        "cases.register_change.renew": bool(mine)
        and not decided
        and change is not None
        and bool(change.entry),
        "cases.case.prefill": bool(mine) and bool(kind.definition.prefills),
        "cases.access.narrow": is_open and not decided and kind.definition.grants is not None,
        "cases.message.send": True,
        "cases.notice.open": True,
        "cases.notice.reply": Notice.objects.filter(case=row).exclude(state=NoticeState.CLOSED).exists(),
        "cases.notice.close": Notice.objects.filter(case=row).exclude(state=NoticeState.CLOSED).exists(),
        "cases.rating.reply": rating is not None and not rating.reply,
        "cases.licence.revoke": Licence.objects.filter(case=row, state=LicenceState.VALID).exists(),
    }
    return frozenset(
        operation for operation, fits in wanted.items() if fits and guard().covers(actor, operation, scope)
    )


def _own_stops(kind: AppliedType) -> set[str]:
    """Grounds that officers use by themselves: not corrections, and not what steps of the process stop on."""
    drawn = kind.process.stops if kind.process is not None else frozenset()
    return {str(stop.key) for stop in kind.definition.stops} - {"supplement", *drawn}


def applicant_acts(row: Case, *, open_supplement: bool, rated: bool) -> frozenset[str]:
    """What the applicant may do in an own case as it stands."""
    is_open = row.phase not in _ENDED
    wanted = {
        "cases.case.withdraw": is_open and row.decided_at is None,
        "cases.supplement.answer": open_supplement,
        "cases.message.send": True,
        "cases.rating.give": not is_open and not rated and row.phase != Phase.WITHDRAWN,
    }
    return frozenset(operation for operation, fits in wanted.items() if fits)


def is_open_supplement(supplement: Supplement) -> bool:
    """Whether the applicant may still answer."""
    return supplement.state == SupplementState.OPEN
