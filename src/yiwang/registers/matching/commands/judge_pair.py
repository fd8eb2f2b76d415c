"""Say whether two rows are one firm; the next runs follow it."""

from __future__ import annotations

from datetime import datetime

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.matching.contracts import DoubtNotFound
from yiwang.registers.matching.models import Doubt, Verdict
from yiwang.registers.matching.queries.matchings import definition_of_row, row_of


@command(operation="registers.matching.judge")
def judge_pair(*, actor: Actor, at: datetime, matching: str, doubt: int, is_same: bool) -> None:
    """Keep the verdict and take the pair from the queue.

    Raises:
        DoubtNotFound: somebody judged it before, or a later run does not doubt it.
    """
    row = row_of(matching)
    permit(Scope(organisations=(definition_of_row(row).operator,)), subject=f"matching:{row.code}")
    pair = Doubt.objects.select_for_update().filter(matching=row, pk=doubt).first()
    if pair is None:
        raise DoubtNotFound(doubt=doubt)
    Verdict.objects.update_or_create(
        matching=row,
        list_l=pair.list_l,
        key_l=pair.key_l,
        list_r=pair.list_r,
        key_r=pair.key_r,
        defaults={"is_same": is_same, "at": at, "by": actor.account_id},
    )
    pair.delete()
    note(doubt=doubt, same=is_same)
