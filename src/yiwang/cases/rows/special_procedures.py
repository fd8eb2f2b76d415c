"""Hearing, expert review, inspection: procedures whose time the law does not count (Art. 45)."""

from __future__ import annotations

from collections.abc import Sequence

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import ClockNotStopped, GroundNotDeclared, StopTooLong
from yiwang.cases.contracts.words import STOP_TEXTS, Phase, StopGround
from yiwang.cases.definitions.case_type import Budget
from yiwang.cases.definitions.case_type import StopGround as DeclaredStop
from yiwang.cases.rows.clocks import days_until, limit_text, restart_clocks, resume_clocks, stop_clocks
from yiwang.cases.rows.letters import ask_letter
from yiwang.cases.rows.loading import load
from yiwang.cases.rows.phases import resting_phase
from yiwang.cases.rows.records import ClockRecord, Live
from yiwang.cases.rows.work import Work
from yiwang.kernel.text import Text

_ARTICLE_32 = Text("行政许可法第三十二条", "Administrative Licensing Law, Art. 32")
_ARTICLE_45 = Text("行政许可法第四十五条", "Administrative Licensing Law, Art. 45")


def begin_procedure(
    work: Work, live: Live, ground: StopGround, *, reason: str, expected_days: int | None
) -> None:
    """Stop the clocks of the case and the limits of the cases above it, and tell the applicant.

    Raises:
        GroundNotDeclared: the law of this item does not name it, or a step of the process stops on it.
        StopTooLong: longer than the item's rule allows.
    """
    rule = next((stop for stop in live.type.definition.stops if stop.key == ground), None)
    if rule is None or ground is StopGround.SUPPLEMENT or ground in live.process.stops:
        raise GroundNotDeclared(ground=ground)
    if rule.longest_days is not None and (expected_days or 0) > rule.longest_days:
        raise StopTooLong(asked=expected_days or 0, most=rule.longest_days)
    _begin(work, live, rule, list(live.clocks), reason=reason, expected_days=expected_days)


def keep_drawn_stops(work: Work, live: Live) -> None:
    """Stop the limits of a case while a step rests that the process draws so, and let them go on after it.

    The clocks of steps run on: they measure the very procedure for which the limits stand still.
    """
    if not live.process.stops:
        return
    drawn = {live.process.node(token.node).stops for token in live.tokens.values()}
    stopped = {
        stop.ground
        for clock in live.clocks
        for stop in clock.stops
        if stop.until is None and stop.ordered_in == live.id
    }
    for rule in live.type.definition.stops:
        limits = [clock for clock in live.clocks if clock.task_id is None]
        if rule.key in drawn - stopped:
            _begin(work, live, rule, limits, reason="", expected_days=rule.longest_days)
        elif rule.key in (stopped & live.process.stops) - drawn:
            _end(work, live, [rule.key], note="")


def _begin(
    work: Work,
    live: Live,
    rule: DeclaredStop,
    own: list[ClockRecord],
    *,
    reason: str,
    expected_days: int | None,
) -> None:
    ground = StopGround(rule.key)
    limit = Budget(amount=expected_days, unit=rule.unit) if expected_days is not None else None
    for holder, clocks in ((live, own), *case_limits_above(live)):
        stop_clocks(
            work,
            holder,
            clocks,
            ordered_in=live.id,
            ground=ground,
            label=STOP_TEXTS[ground],
            legal_basis=basis_of(live, ground),
            expected_days=days_until(limit, since=work.at) if limit is not None else None,
        )
    live.row.phase = Phase.STOPPED
    work.log(live, "clock_stopped", ground=ground, days=expected_days, note=reason)
    work.tell(facts.CLOCK_STOPPED, live, ground=ground, days=expected_days)
    if not rule.tells:
        return
    ask_letter(
        work,
        live,
        kind="special_procedure",
        about=f"case:{live.id}:{ground}:{live.row.version}",
        content={"ground": ground, "days": expected_days, "unit": rule.unit, "reason": reason},
    )


def end_procedures(work: Work, live: Live, ground: StopGround | None, *, note: str) -> None:
    """Resume what this case stopped, on one ground or on all but corrections and what the process draws.

    Raises:
        ClockNotStopped: nothing of the kind is open.
    """
    open_grounds = _open_grounds(live)
    ended = [
        found
        for found in open_grounds
        if (ground is None or found == ground) and found not in live.process.stops
    ]
    if not ended and not (live.row.phase == Phase.STOPPED and not open_grounds):
        raise ClockNotStopped(ground=ground or "")
    _end(work, live, ended, note=note)


def _open_grounds(live: Live) -> list[str]:
    found = dict.fromkeys(
        stop.ground
        for clock in live.clocks
        for stop in clock.stops
        if stop.until is None and stop.ordered_in == live.id and stop.ground != StopGround.SUPPLEMENT
    )
    return list(found)


def _end(work: Work, live: Live, ended: Sequence[str], *, note: str) -> None:
    open_grounds = _open_grounds(live)
    for found in ended:
        at: Live | None = live
        while at is not None:
            resume_clocks(work, load(at), ordered_in=live.id, ground=found)
            at = at.parent
        if any(rule.key == found and rule.restarts for rule in live.type.definition.stops):
            restart_clocks(work, live)
        work.log(live, "clock_resumed", ground=found, note=note)
        work.tell(facts.CLOCK_RESUMED, live, ground=found)
    if len(ended) == len(open_grounds):
        live.row.phase = resting_phase(live)


def case_limits_above(live: Live) -> list[tuple[Live, list[ClockRecord]]]:
    """The limits of the whole case above a child: what stops the child stops them too."""
    found, at = [], live.parent
    while at is not None:
        found.append((load(at), [clock for clock in at.clocks if clock.task_id is None]))
        at = at.parent
    return found


def basis_of(live: Live, ground: StopGround) -> Text:
    """The legal basis of a stop as the item declares it, else the law's own."""
    rule = next((stop for stop in live.type.definition.stops if stop.key == ground), None)
    if rule is not None:
        return limit_text(rule.basis)
    return _ARTICLE_32 if ground is StopGround.SUPPLEMENT else _ARTICLE_45
