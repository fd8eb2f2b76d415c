"""Ask for a change of an entry: an officer of a source or of the owner, or a citizen for the own data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from yiwang.cases.contracts.changes import KEY, AskedChange, ChangeAct
from yiwang.cases.contracts.inputs import Applicant
from yiwang.cases.contracts.lists import OpenedCase
from yiwang.cases.contracts.words import ApplicantKind, Channel
from yiwang.cases.queries.types import case_type
from yiwang.cases.rows.admission import opened
from yiwang.cases.rows.application import applicant_of, open_application
from yiwang.cases.rows.work import Work
from yiwang.exchange.contracts import Secrecy, SubjectKind
from yiwang.identity.api import entity, organisation_names, own_resident_id
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Json, OperationNotAllowed, Scope
from yiwang.registers.api import (
    entries_about,
    get_register,
    ground_of_change,
    is_about,
    judge_change,
    judge_new,
    leave_trace,
    masked_when_opened,
    subject_of,
    worded,
)
from yiwang.registers.contracts import ChangeGround, EntryNotFound
from yiwang.registers.definitions import RegisterDefinition

#: The item that handles such requests, unless another is named.
REGISTER_CHANGE = "register_change"
READ_SENSITIVE = "registers.entry.read_sensitive"
_NOTHING_ASKED = Text("请至少写明一个字段应改为什么", "Say of at least one field what it should be")
_ELSEWHERE = Text("敏感信息，见变更内容", "Sensitive; see the change itself")


@command(operation="cases.register_change.ask")
def ask_register_change(
    *,
    actor: Actor,
    at: datetime,
    register: str,
    reason: str,
    values: Mapping[str, Json],
    act: ChangeAct = ChangeAct.CORRECTION,
    entry: int | None = None,
    valid_from: date | None = None,
    type_code: str = REGISTER_CHANGE,
) -> OpenedCase:
    """Open the case; its approval writes the register. A citizen with one entry need not name it.

    Raises:
        RegisterNotFound, EntryNotFound: not there, or not this citizen's, who adds no entries.
        OperationNotAllowed: also for a field that this officer does not see.
        EntryRefused, InvalidInput: the wanted values break the register's rules, or nothing is asked for.
    """
    definition = get_register(register)
    number = _allowed(actor, definition, entry) if act is not ChangeAct.ENTER else _new(actor, definition)
    _refuse_unseen(actor, definition, values)
    ground = ground_of_change(register, number, values) if number else _ground_of_new(actor, definition)
    if act is not ChangeAct.RETIRE and not values:
        raise InvalidInput(problems=(FieldProblem("values", _NOTHING_ASKED),))
    wanted = _judged(definition, number, act, values, at=at)
    asked = AskedChange(
        register=register,
        entry=number,
        act=act,
        version=ground.version,
        values=wanted,
        before=ground.values,
        owner=ground.owner,
        source=ground.source,
        valid_from=valid_from.isoformat() if valid_from and act is ChangeAct.CHANGE else "",
    )
    work = Work(actor, at)
    live, tracking_code = open_application(
        work,
        case_type(type_code),
        applicant=_applicant(actor),
        answers=_answers(definition, ground, asked, reason),
        materials=(),
        channel=Channel.ONLINE,
        data={KEY: asked.as_json()},
        organisation=ground.source,
    )
    if actor.kind == "officer" and number:
        subject = subject_of(register, number)
        number_of_case = live.row.number
        leave_trace(definition, actor, subject=subject, fields=values.keys(), reason=number_of_case, at=at)
    return opened(live, tracking_code)


def _new(actor: Actor, definition: RegisterDefinition) -> int:
    """An entry that is to be added has no number yet."""
    if actor.kind == "citizen":
        raise EntryNotFound(register=definition.code)
    permit(
        Scope(organisations=(definition.owner, *definition.sources)), subject=f"register:{definition.code}"
    )
    return 0


def _ground_of_new(actor: Actor, definition: RegisterDefinition) -> ChangeGround:
    """It is recorded by who asks, where that is a source, else by the owner."""
    is_source = actor.organisation in definition.sources
    return ChangeGround(
        register=definition.code,
        entry=0,
        version=0,
        owner=definition.owner,
        source=actor.organisation if is_source else definition.owner,
        values={},
    )


def _judged(
    definition: RegisterDefinition, number: int, act: ChangeAct, values: Mapping[str, Json], *, at: datetime
) -> dict[str, str | None]:
    if act is ChangeAct.RETIRE:
        return {}
    if act is ChangeAct.ENTER:
        return judge_new(definition.code, values, at=at)
    return judge_change(definition.code, number, values, at=at)


def _allowed(actor: Actor, definition: RegisterDefinition, entry: int | None) -> int:
    """The entry that may be asked about by this actor."""
    if actor.kind != "citizen":
        permit(
            Scope(organisations=(definition.owner, *definition.sources)),
            subject=f"register:{definition.code}",
        )
        if entry is None:
            raise EntryNotFound(register=definition.code)
        return entry
    permit(
        Scope(person_id=actor.person_id, entity_id=actor.for_entity), subject=f"register:{definition.code}"
    )
    kind: SubjectKind = "person" if actor.for_entity is None else "entity"
    number = own_resident_id(actor) if actor.for_entity is None else entity(actor.for_entity).credit_code
    if entry is not None and is_about(definition.code, entry, kind, number):
        return entry
    own = entries_about(definition.code, kind, number) if entry is None else []
    if len(own) != 1:
        raise EntryNotFound(register=definition.code)
    return own[0]


def _refuse_unseen(actor: Actor, definition: RegisterDefinition, values: Mapping[str, Json]) -> None:
    """The case shows what stands in the fields: asking for a change is no way to see them."""
    if actor.kind == "officer" and masked_when_opened(actor, definition.code) & values.keys():
        raise OperationNotAllowed(operation=READ_SENSITIVE)


def _applicant(actor: Actor) -> Applicant:
    if actor.kind == "citizen":
        return applicant_of(actor)
    named = organisation_names({actor.organisation}).get(actor.organisation)
    return Applicant(kind=ApplicantKind.ORGANISATION, name=named.zh if named else actor.organisation)


def _answers(
    definition: RegisterDefinition, ground: ChangeGround, asked: AskedChange, reason: str
) -> dict[str, Json]:
    changes: list[Json] = [
        {
            "field": str(definition.get(name).title),
            "before": _said(definition, name, ground.values.get(name)),
            "wanted": _said(definition, name, wanted),
        }
        for name, wanted in asked.values.items()
    ]
    answers: dict[str, Json] = {
        "register": str(definition.title),
        **({"entry": asked.entry} if asked.entry else {}),
        "act": str(asked.act),
        "reason": reason,
    }
    return answers | ({"changes": changes} if changes else {})


def _said(definition: RegisterDefinition, name: str, value: Json) -> str:
    if definition.get(name).secrecy is Secrecy.SENSITIVE:
        return str(_ELSEWHERE)  # whoever works on the case reads the answers, not each of them such fields
    text = worded(definition, name, value)
    return text.zh if text.zh == text.en else str(text)
