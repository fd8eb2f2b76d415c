"""A defect of a register goes back to its source as a case with a clock, which ends once it is repaired."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.inputs import Applicant
from yiwang.cases.contracts.words import ApplicantKind, Channel
from yiwang.cases.models import Case
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import case_for_system
from yiwang.cases.rows.answer_words import in_words
from yiwang.cases.rows.application import open_application
from yiwang.cases.rows.playing import play, waiting_for
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.process.tokens import Arrived
from yiwang.identity.api import organisation_names
from yiwang.kernel.errors import Conflict
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, Scope
from yiwang.registers.api import get_register, note_case, note_settled
from yiwang.registers.contracts import DefectView

OPERATION = "cases.defect.follow"
#: The item under which defects are sent back, and the message by which its case hears of the repair.
REGISTER_DEFECT = "register_defect"
REPAIRED = "register_repaired"


@command(operation=OPERATION)
def send_defect(*, actor: Actor, at: datetime, defect: DefectView) -> str:
    """Open the case of a defect at its source; gives its number. :class:`Conflict`: another was first."""
    permit(Scope(organisations=(defect.source,)), subject=f"register:{defect.register}")
    owner = get_register(defect.register).owner
    named = organisation_names({owner}).get(owner)
    answers: dict[str, Json] = {
        "register": defect.register_title.zh,
        "rule": defect.rule_title.zh,
        "failed": defect.failed,
        "checked": defect.checked,
        "sample": ", ".join(map(str, defect.sample)),
    }
    work = Work(actor, at)
    live, _ = open_application(
        work,
        case_type(REGISTER_DEFECT),
        applicant=Applicant(kind=ApplicantKind.ORGANISATION, name=named.zh if named else owner),
        answers=answers,
        materials=(),
        channel=Channel.ONLINE,
        data={"defect": defect.id, **in_words(register=defect.register_title, rule=defect.rule_title)},
        organisation=defect.source,
    )
    if not note_case(defect.id, live.row.number):
        raise Conflict
    return live.row.number


@command(operation=OPERATION)
def settle_defect(*, actor: Actor, at: datetime, defect: DefectView) -> bool:
    """End the case of a repaired defect; False where it had ended already."""
    work = Work(actor, at)
    case_id = Case.objects.filter(number=defect.case_number).values_list("id", flat=True).first()
    if case_id is None:
        permit(Scope(organisations=(defect.source,)), subject=f"register:{defect.register}")
        return not note_settled(defect.id)
    live = case_for_system(work, case_id)
    note_settled(defect.id)
    token = waiting_for(live, REPAIRED) if live.is_open else None
    if token is None:
        return False
    work.log(live, "signalled", node=live.tokens[token].node)
    play(work, live, Arrived(token))
    work.write()
    return True
