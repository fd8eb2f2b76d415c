"""Ask another department's resource for the entries of many keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.exchange.batches.answering import close_look_at_many, looked_up, open_look_at_many
from yiwang.exchange.batches.contracts import MOST_AT_ONCE, InputRefused, ManyAnswers
from yiwang.exchange.contracts import LookKind, Purpose
from yiwang.exchange.looking import OPERATION
from yiwang.kernel.text import Text
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation=OPERATION)
def request_many(
    *, actor: Actor, at: datetime, resource: str, keys: Sequence[str], fields: Sequence[str], purpose: Purpose
) -> ManyAnswers:
    """Give the granted fields of the entries of at most 1,000 keys, in their order.

    Every key counts against the day's quota, whether it is found or not.

    Raises:
        as ``request_data``; a batch is answered as a whole or not at all.
        OneByOneOnly: see ``open_look_at_many``.
    """
    look = open_look_at_many(actor=actor, resource=resource, fields=fields, purpose=purpose, at=at)
    if not 1 <= len(keys) <= MOST_AT_ONCE:
        reason = Text(f"一次应有 1 至 {MOST_AT_ONCE} 个编号", f"a batch has 1 to {MOST_AT_ONCE} keys")
        raise InputRefused(line=len(keys), reason=reason)
    return close_look_at_many(look, looked_up(look, keys), asked=len(keys), kind=LookKind.BATCH)
