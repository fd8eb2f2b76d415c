"""Check what lies under a piece of ground before it is dug."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import Asked
from yiwang.maps.analysis.queries.underground import lying_under
from yiwang.maps.analysis.rules.judging import to_ask, unknown
from yiwang.maps.models import GroundCheck
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Json, Scope

OPERATION = "maps.ground.check"


@command(operation=OPERATION)
def check_ground(*, actor: Actor, at: datetime, asked: Asked) -> int:
    """Look under the ground and keep what was found, with who looked and why; gives the check's number.

    Raises:
        GroundRefused, NoPipesKnown, TimeLimitReached
    """
    permit(Scope(organisations=(actor.organisation,)), subject="ground")
    lying = lying_under(actor, asked, at=at)
    asked_owners = to_ask(lying.pipes, lying.owners)
    doubts = unknown(
        lying.pipes,
        asked_owners,
        is_whole=lying.is_whole,
        all_openings=lying.all_openings,
        cut=lying.cut,
    )
    check = GroundCheck.objects.create(
        organisation=actor.organisation,
        account_id=actor.account_id,
        checked_at=at,
        reason=asked.reason,
        outline=lying.ground.outline,
        depth=asked.ground.depth,
        begins=asked.begins,
        ends=asked.ends,
        found=_plain(
            {
                "size": lying.ground.size,
                "pipes": [asdict(pipe) for pipe in lying.pipes],
                "owners": [asdict(owner) for owner in asked_owners],
                "openings": [asdict(each) for each in lying.openings],
                "unknown": [asdict(text) for text in doubts],
            }
        ),
    )
    note(check=check.pk, pipes=len(lying.pipes), openings=len(lying.openings))
    return int(check.pk)


def _plain(found: dict[str, object]) -> Json:
    """The same as JSON: days as words."""
    said: Json = json.loads(json.dumps(found, default=_word, ensure_ascii=False))
    return said


def _word(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Text):
        return value.as_dict()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
