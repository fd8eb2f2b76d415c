"""Files put to a case by officers: when that may be done, and when a decision needs one."""

from __future__ import annotations

from yiwang.cases.contracts.enclosures import EnclosureMissing, NothingEnclosedNow
from yiwang.cases.contracts.words import EnclosureKind, Outcome
from yiwang.cases.definitions.case_type import DeclaredResult
from yiwang.cases.rows.environment import case_context
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.model import Node
from yiwang.kernel.feel import compile_expression
from yiwang.platform import sql

_PROVEN = """
SELECT EXISTS (SELECT FROM cases_enclosure WHERE case_id = %s AND kind = %s AND taken_back_at IS NULL
  AND proof IS NOT NULL)
"""


def kinds_now(work: Work, live: Live) -> frozenset[EnclosureKind]:
    """The kinds of files that this officer may put to the case now, by the open steps that are theirs."""
    declared = {each.step: each.kind for each in live.type.definition.encloses_at}
    return frozenset(
        EnclosureKind(declared[task.node])
        for task in live.tasks.values()
        if task.node in declared
        and task.role in work.actor.roles
        and task.organisation == work.actor.organisation
    )


def may_change(work: Work, live: Live, kind: EnclosureKind) -> None:
    """Files are part of what the next step reviews, so none comes or goes after it.

    Raises:
        NothingEnclosedNow: not at this step, or not this officer's step.
    """
    if kind not in kinds_now(work, live):
        raise NothingEnclosedNow(number=live.row.number)


def check_enclosed(live: Live, result: DeclaredResult | None) -> None:
    """A result that gives in part has the severed file and the proof.

    Raises:
        EnclosureMissing: it has not.
    """
    if result is None or result.encloses is None:
        return
    [(proven,)] = sql.fetch(_PROVEN, [live.root.id, EnclosureKind.RELEASED])
    if not proven:
        raise EnclosureMissing(number=live.row.number)


def check_drafted(work: Work, live: Live, node: Node, outcome: str) -> None:
    """What was drafted at a step at which files are enclosed is whole when the step is done.

    Raises:
        EnclosureMissing: the result that it leads to needs a file.
    """
    definition = live.type.definition
    drafted = any(
        each.step == node.id and EnclosureKind(each.kind) is EnclosureKind.RELEASED
        for each in definition.encloses_at
    )
    if drafted and outcome == Outcome.DONE and definition.result_of is not None:
        key = compile_expression(definition.result_of).evaluate(case_context(live), at=work.at)
        check_enclosed(live, live.type.result(str(key or "")))
