"""Write what a board finds into the entries of its stations, so that maps and lists say the same."""

from __future__ import annotations

from datetime import datetime

from yiwang.insight.situations.models import Situation, Waiting
from yiwang.insight.situations.queries.boards import differing, kept_boards
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.registers.api import find_standing, record_amendment

OPERATION = "situations.standing.write"
#: Entries written in one act; what is left waits for the next.
MOST = 200


@command(operation=OPERATION)
def write_standing(*, actor: Actor, at: datetime, situation: str, board: str) -> int:
    """Amend each entry that differs, with what it was before kept in its history; gives how many.

    Done again it changes nothing. A board that keeps up nothing is left alone.

    Raises:
        EntryRefused: a register refuses a value; nothing is changed.
        RegisterNotFound, TimeLimitReached
    """
    permit(Scope(everyone=True), subject=f"situation:{situation}")
    # One at a time, and the marks first: whatever is marked from now on is read by the next.
    Situation.objects.select_for_update().filter(pk=situation).first()
    Waiting.objects.filter(situation=situation, board=board).delete()
    kept = next(
        (each for each in kept_boards() if (each.situation, each.board.key) == (situation, board)), None
    )
    if kept is None:
        return 0
    found = differing(kept, at=at)
    done = 0
    for each in found[:MOST]:
        standing = find_standing(each.register, key=each.key)
        if standing is None:
            continue
        record_amendment(
            by=None,
            # A worker's clock may lie behind that of the act which entered it.
            at=max(at, standing.known_from),
            register=each.register,
            entry=standing.entry,
            version=standing.version,
            values=dict(each.values),
            kind="change",
            basis=f"readings:{kept.board.values}",
        )
        done += 1
    if len(found) > MOST:
        Waiting.objects.create(situation=situation, board=board)
    note(board=board, written=done)
    return done
