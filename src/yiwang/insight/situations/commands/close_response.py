"""End the response that is in force."""

from __future__ import annotations

from datetime import datetime

from yiwang.insight.situations.contracts import NothingInForce, ResponseRefused, SituationNotFound
from yiwang.insight.situations.definitions import Responses
from yiwang.insight.situations.models import Situation
from yiwang.insight.situations.queries.responses import CLOSED, DECIDE, Standing, find_in_force, scope_of
from yiwang.insight.situations.queries.situations import find_situation
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.registers.api import find_standing, record_amendment

LONGEST = 200
_NO_REASON = Text("请写明依据，不超过200字", "Say why, in at most 200 characters")


@command(operation=DECIDE)
def close_response(*, actor: Actor, at: datetime, situation: str, reason: str) -> None:
    """End it now, for a reason that its entry bears.

    Raises:
        SituationNotFound: it is not for this officer, or knows no responses.
        ResponseRefused: there is no reason.
        NothingInForce
    """
    wanted = find_situation(actor, situation).suggestion
    if wanted is None or wanted.responses is None:
        raise SituationNotFound
    permit(scope_of(wanted.responses), subject=f"situation:{situation}")
    problems: list[FieldProblem] = []
    words = said(reason, "ending", problems)
    if problems:
        raise ResponseRefused(problems=tuple(problems))
    Situation.objects.select_for_update().get(pk=situation)
    standing = find_in_force(wanted.responses)
    if standing is None:
        raise NothingInForce
    ending(wanted.responses, standing, actor=actor, at=at, words=words)
    note(number=standing.number, level=standing.level)


def said(reason: str, path: str, problems: list[FieldProblem]) -> str:
    """The reason without what surrounds it; where there is none, or too much, that is a problem."""
    words = reason.strip()
    if not words or len(words) > LONGEST:
        problems.append(FieldProblem(path, _NO_REASON))
    return words


def ending(responses: Responses, standing: Standing, *, actor: Actor, at: datetime, words: str) -> None:
    """Write into the entry of a response that it is over."""
    entry = find_standing(responses.register_code, key=standing.number)
    if entry is None:
        raise NothingInForce
    record_amendment(
        by=actor.account_id,
        at=at,
        register=responses.register_code,
        entry=entry.entry,
        version=entry.version,
        values={responses.state: CLOSED, responses.closed: at, responses.ending: words},
        kind="change",
    )
