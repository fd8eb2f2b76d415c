"""Object to an assessment, explain, or reply."""

from __future__ import annotations

from datetime import datetime

from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.assessing.models import Remark
from yiwang.portal.assessing.operations import REMARK
from yiwang.portal.assessing.rules.periods import read_period

LONGEST = 1000
_EMPTY = Text("请填写意见", "Write your remark")
_LONG = Text("最多{most}个字", "At most {most} characters")
_PERIOD = Text("没有这个时期", "There is no such period")


@command(operation=REMARK)
def write_remark(*, actor: Actor, at: datetime, organisation: str, period: str, body: str) -> int:
    """Give the id of the remark, which stands beside the score from then on.

    Raises:
        InvalidInput: it is empty or too long, or the period is none.
    """
    permit(Scope(organisations=(organisation,)), subject=f"assessment:{organisation}")
    said = body.strip()
    problems = [
        FieldProblem(name, text)
        for name, text, wrong in (
            ("body", _EMPTY, not said),
            ("body", _LONG.fill(most=LONGEST), len(said) > LONGEST),
            ("period", _PERIOD, read_period(period) is None),
        )
        if wrong
    ]
    if problems:
        raise InvalidInput(problems=tuple(problems))
    row = Remark.objects.create(
        organisation=organisation,
        period=period,
        body=said,
        by_organisation=actor.organisation,
        by=actor.account_id or 0,
        by_name=actor.name,
        at=at,
    )
    note(remark=row.pk, period=period)
    return row.pk
