"""Open a response level, which ends the one that was in force."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yiwang.identity.api import account_names
from yiwang.insight.situations.commands.close_response import ending, said
from yiwang.insight.situations.contracts import LevelInForce, ResponseRefused, SituationNotFound
from yiwang.insight.situations.models import Situation
from yiwang.insight.situations.queries.responses import DECIDE, OPEN, find_in_force, scope_of
from yiwang.insight.situations.queries.situations import find_situation
from yiwang.kernel.errors import FieldProblem
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor
from yiwang.registers.api import get_register, record_entry

_NO_LEVEL = Text("请选择响应级别", "Choose a level")
_CHANGED = Text("改为{level}", "changed to {level}")


@command(operation=DECIDE)
def open_response(*, actor: Actor, at: datetime, situation: str, level: str, reason: str) -> str:
    """Open it from now on; gives its number. One in force at another level is ended by it.

    Raises:
        SituationNotFound: it is not for this officer, or knows no responses.
        ResponseRefused: there is no such level, or no reason.
        LevelInForce: it was opened before.
    """
    definition = find_situation(actor, situation)
    wanted = definition.suggestion
    if wanted is None or wanted.responses is None:
        raise SituationNotFound
    responses = wanted.responses
    permit(scope_of(responses), subject=f"situation:{situation}")
    register = get_register(responses.register_code)
    codes = {each.code for each in register.get(responses.level).codes}
    title = next((each.title for each in wanted.levels if each.level == level and level in codes), None)
    problems = [] if title is not None else [FieldProblem("level", _NO_LEVEL)]
    words = said(reason, "reason", problems)
    if problems or title is None:
        raise ResponseRefused(problems=tuple(problems))
    # One after the other, so that there is never more than one in force.
    Situation.objects.select_for_update().get(pk=situation)
    standing = find_in_force(responses)
    if standing is not None and standing.level == level:
        raise LevelInForce
    if standing is not None:
        ending(responses, standing, actor=actor, at=at, words=_CHANGED.fill(level=title).zh)
    number = f"{responses.prefix}-{timezone.localtime(at):%Y%m%d-%H%M%S}"
    account = actor.account_id
    record_entry(
        by=account,
        at=at,
        register=register.code,
        source=register.owner,
        values={
            register.key: number,
            responses.level: level,
            responses.opened: at,
            responses.state: OPEN,
            responses.reason: words,
            responses.by: account_names([account]).get(account) if account is not None else None,
        },
    )
    note(number=number, level=level)
    return number
