"""What happens in law: accepted, decided, ended."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import AlreadyDecided
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.contracts.words import Outcome, Phase, SupplementState, Verdict
from yiwang.cases.rows import clocks
from yiwang.cases.rows.records import Live, Ruling
from yiwang.cases.rows.results import decided_result, ended_result
from yiwang.cases.rows.work import Work
from yiwang.platform import sql

VERDICTS = frozenset(Verdict)
_ENDS: dict[str, Phase] = {
    Outcome.NOT_ACCEPTED: Phase.REFUSED_ACCEPTANCE,
    Outcome.LAPSED: Phase.LAPSED,
    Outcome.WITHDRAWN: Phase.WITHDRAWN,
}
_LAST_OPINION = """
SELECT verdict, conditions, grounds, articles, officer_id, officer_name, organisation
FROM cases_opinion WHERE case_id = %s ORDER BY at DESC, id DESC LIMIT 1
"""


def accept(work: Work, live: Live, *, since: datetime | None = None) -> None:
    """The application is accepted: the limits of the law begin. ``since`` lies back where silence accepts."""
    if live.row.accepted_at is not None:
        return
    live.row.accepted_at = since or work.at
    live.row.phase = Phase.ACCEPTED
    clocks.start_case_clocks(work, live, since=live.row.accepted_at)
    work.log(live, "accepted")
    work.tell(facts.CASE_ACCEPTED, live)


def begin_review(live: Live) -> None:
    """Somebody works on an accepted case."""
    if live.row.phase == Phase.ACCEPTED:
        live.row.phase = Phase.IN_REVIEW


def resting_phase(live: Live) -> Phase:
    """The phase to which a case returns when a stop has ended."""
    if live.row.decided_at is not None:
        return Phase.DECIDED
    return Phase.RECEIVED if live.row.accepted_at is None else Phase.IN_REVIEW


def decide(work: Work, live: Live, ruling: Ruling, *, tacit: bool = False) -> None:
    """Make the decision of the case; there is one.

    Raises:
        AlreadyDecided: there is one already.
    """
    row = live.row
    if row.decided_at is not None:
        raise AlreadyDecided(number=row.number)
    result = decided_result(work, live, ruling.verdict)
    row.decided_at, row.outcome, row.phase = work.at, ruling.verdict, Phase.DECIDED
    row.result = result.key if result is not None else ""
    basis = (clocks.limit_text(result.basis).zh,) if result is not None and result.basis is not None else ()
    work.note_row(
        "decisions",
        case_id=live.id,
        # 决: the number follows the case's, so that no series is locked by every department's decision.
        number=f"{row.number}-J",
        outcome=ruling.verdict,
        grounds=ruling.said.grounds,
        conditions=ruling.said.conditions,
        articles=list(ruling.said.articles or basis),
        tacit=tacit,
        by=ruling.officer_id,
        by_name=ruling.officer_name,
        organisation=ruling.organisation or row.organisation,
        at=work.at,
    )
    named = {"result": row.result} if row.result else {}
    work.log(live, "decided", outcome=ruling.verdict, tacit=tacit, **named)
    work.tell(facts.CASE_DECIDED, live, outcome=ruling.verdict, organisation=row.organisation, tacit=tacit)


def ruling_so_far(work: Work, live: Live) -> Ruling | None:
    """The last verdict that was given in the case, in this act or before it."""
    found = work.rulings.get(live.id)
    if found is not None:
        return found
    for verdict, conditions, grounds, articles, officer_id, officer_name, organisation in sql.fetch(
        _LAST_OPINION, [live.id]
    ):
        return Ruling(
            verdict=str(verdict),
            said=OpinionInput(conditions=str(conditions), grounds=str(grounds), articles=sql.texts(articles)),
            officer_id=officer_id if isinstance(officer_id, int) else None,
            officer_name=str(officer_name),
            organisation=str(organisation),
        )
    return None


def own_ruling(work: Work, live: Live, verdict: str, said: OpinionInput | None = None) -> Ruling:
    """A verdict of who acts now."""
    return Ruling(
        verdict=verdict,
        said=said or OpinionInput(),
        officer_id=work.actor.account_id,
        officer_name=work.actor.name,
        organisation=work.actor.organisation or live.row.organisation,
    )


def end(work: Work, live: Live, result: str | None) -> None:
    """The process has come to its end with a result."""
    row = live.row
    if row.decided_at is None and result in VERDICTS:
        so_far = ruling_so_far(work, live)
        fitting = so_far if so_far is not None and so_far.verdict == result else None
        decide(work, live, fitting or own_ruling(work, live, result))
    row.outcome = row.outcome or result or Outcome.DONE
    close(work, live, _ENDS.get(result or "", Phase.CLOSED))


def close(work: Work, live: Live, phase: Phase) -> None:
    """Nothing more happens in the case."""
    if live.row.phase == Phase.SUPPLEMENT:
        lapsed = SupplementState.LAPSED if phase is Phase.LAPSED else SupplementState.CANCELLED
        work.note_row("supplements_ended", case_id=live.id, state=lapsed)
    live.row.phase, live.row.closed_at = phase, work.at
    live.row.result = live.row.result or ended_result(live.type, phase)
    clocks.end_all_clocks(work, live)
    work.log(live, "ended", phase=phase, outcome=live.row.outcome)
    work.tell(facts.CASE_ENDED, live, phase=phase, outcome=live.row.outcome)
