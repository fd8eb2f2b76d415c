"""How a case turned out, in the words of its own law: one of the results that its item declares."""

from __future__ import annotations

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import ResultNotFit
from yiwang.cases.contracts.words import Outcome, Phase
from yiwang.cases.definitions.case_type import DeclaredResult
from yiwang.cases.rows.enclosures import check_enclosed
from yiwang.cases.rows.environment import case_context
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.kernel.feel import compile_expression

_ENDINGS: dict[Phase, str] = {Phase.LAPSED: Outcome.LAPSED, Phase.WITHDRAWN: Outcome.WITHDRAWN}


def decided_result(work: Work, live: Live, verdict: str) -> DeclaredResult | None:
    """The result that a decision comes to; None where the item declares none.

    Raises:
        ResultNotFit: what was found leads to no result, or to one of another verdict.
        EnclosureMissing: it gives in part, and the severed file is not there.
    """
    definition = live.type.definition
    if definition.result_of is None:
        return None
    key = compile_expression(definition.result_of).evaluate(case_context(live), at=work.at)
    found = live.type.result(str(key or ""))
    if found is None or found.verdict != verdict:
        raise ResultNotFit(number=live.row.number, result=str(key or ""), verdict=verdict)
    check_enclosed(live, found)
    return found


def ended_result(kind: AppliedType, phase: Phase) -> str:
    """The result of an end without a decision."""
    wanted = _ENDINGS.get(phase)
    if wanted is None:
        return ""
    return next((result.key for result in kind.definition.results if result.ends == wanted), "")
