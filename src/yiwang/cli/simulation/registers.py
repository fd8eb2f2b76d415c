"""Offices look an applicant up in another's register, under their grants and for the case in hand."""

from __future__ import annotations

from datetime import datetime
from random import Random

from yiwang.cli.simulation.behaviours import HABITS, LOOKS
from yiwang.cli.simulation.draws import happens
from yiwang.cli.simulation.onlooker import SeenTask
from yiwang.cli.simulation.world import World
from yiwang.exchange.api import request_data
from yiwang.exchange.contracts import Purpose
from yiwang.platform.contracts import Actor

#: Answers that hold the key of an entry, by resource.
_KEYS = {
    "person_basic": ("resident_id", "representative_id"),
    "legal_entity_public": ("credit_code",),
}


def look_up(world: World, seen: SeenTask, actor: Actor, at: datetime, chance: Random) -> None:
    """Ask for what the step needs to know, most of the time."""
    wanted = LOOKS.get(f"{seen.type_code}/{seen.node}")
    if wanted is None or not happens(chance, HABITS.looks_into_registers):
        return
    resource, fields = wanted
    answers = world.onlooker.case(seen.root_id).answers
    key = next((answers[name] for name in _KEYS[resource] if name in answers), None)
    if not isinstance(key, str):
        return
    world.do(
        "data.request",
        lambda: request_data(
            actor=actor,
            at=at,
            resource=resource,
            key=key,
            fields=fields,
            purpose=Purpose(kind="case", reference=seen.number),
        ),
    )
