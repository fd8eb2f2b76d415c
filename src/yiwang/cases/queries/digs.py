"""The ground that a case asks to dig up, for the check of what lies below."""

from __future__ import annotations

from yiwang.cases.contracts.views import CaseForOfficer
from yiwang.cases.queries.matters import root_of
from yiwang.cases.queries.types import type_version
from yiwang.platform.contracts import Actor
from yiwang.registers.api import CheckOffer, GroundAsked, ground_check


def dig_of_case(view: CaseForOfficer, actor: Actor) -> CheckOffer | None:
    """The check that its item declares; None where it declares or he makes none, or an answer is missing."""
    kind = type_version(root_of(view.case.id).type_version_id)
    digs = kind.definition.digs
    if digs is None:
        return None
    said = {place: view.answers.get(key) for place, key in digs.model_dump().items()}
    if None in said.values():
        return None
    asked = GroundAsked(
        area=str(said["area"]),
        depth=str(said["depth"]),
        begins=str(said["begins"]),
        ends=str(said["ends"]),
        case=view.case.number,
        reason=f"{view.case.number} {kind.definition.title.zh}",
    )
    return ground_check(actor, asked)
