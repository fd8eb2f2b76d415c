"""Follows the registers: what is measured reaches the entries of stations within a second or two."""

from __future__ import annotations

from datetime import datetime

import structlog

from yiwang.insight.situations.commands.write_standing import write_standing
from yiwang.insight.situations.models import Situation, Waiting
from yiwang.insight.situations.queries.boards import differing, kept_boards
from yiwang.kernel.errors import YiwangError
from yiwang.platform.contracts import Actor, Fact

log = structlog.get_logger()
KEEPER = Actor.system("situations")


def note_write(fact: Fact, *, at: datetime) -> None:
    """A register was written: the boards that read it, or that others follow, are judged anew soon."""
    register = fact.subject.removeprefix("register:").partition(":")[0]
    situations = Situation.objects.filter(closed_at=None).values_list("code", "content__follows")
    Waiting.objects.bulk_create(
        Waiting(situation=code, board=board)
        for code, follows in situations
        for board, registers in (follows or {}).items()
        if register in registers
    )


def follow(at: datetime) -> int:
    """Write what the boards find whose registers were written; gives how many entries."""
    done = 0
    for situation, board in Waiting.objects.values_list("situation", "board").distinct():
        try:
            done += write_standing(actor=KEEPER, at=at, situation=situation, board=board)
        except YiwangError as refused:
            # ``look_again`` tries again; until then it need not be told every second
            Waiting.objects.filter(situation=situation, board=board).delete()
            log.warning("situations.standing_refused", situation=situation, board=board, reason=refused.code)
    return done


def look_again(at: datetime) -> int:
    """The same for boards whose values have grown old, or whose table is another."""
    done = 0
    for kept in kept_boards():
        try:
            if differing(kept, at=at):
                done += write_standing(actor=KEEPER, at=at, situation=kept.situation, board=kept.board.key)
        except YiwangError as refused:
            log.warning(
                "situations.standing_refused",
                situation=kept.situation,
                board=kept.board.key,
                reason=refused.code,
            )
    return done
