"""Take into a case what a register says of its matter, in one look of the organisation at work on it."""

from __future__ import annotations

from datetime import datetime

from yiwang.cases.contracts.errors import ActNotOpen, CaseEnded, ThingNotFound
from yiwang.cases.models import Prefilled
from yiwang.cases.rows.admission import not_resting
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.prefills import keep_prefilled, taken_in
from yiwang.cases.rows.records import Live
from yiwang.cases.rows.work import Work
from yiwang.cases.rules.prefills import stated
from yiwang.exchange.api import fields_open_to, request_within
from yiwang.exchange.contracts import Purpose
from yiwang.kernel.text import Text
from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope

_PREFILL = Text("这项登记信息", "what is to be taken in")


@command(operation="cases.case.prefill")
def prefill_case(*, actor: Actor, at: datetime, case_id: int, resource: str, again: bool = False) -> bool:
    """Look once for the case and keep what was found; ``again`` looks anew. Tells whether it looked.

    The look is the organisation's own: its grant, the purpose ``case``, the number of the applicant's case.
    What was taken in before is not asked for again, so two who open a case at once leave one trace line.

    Raises:
        OperationNotAllowed, ActNotOpen, CaseEnded, WrongPhase: not this officer, or not now.
        ThingNotFound: the item declares no such prefill.
        NoGrant, GrantNotInForce, FieldsNotGranted, QuotaExhausted …: the exchange refuses; nothing is kept.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    tasks = live.tasks.values()
    near = dict.fromkeys((live.row.organisation, *(task.organisation for task in tasks)))
    permit(Scope(organisations=tuple(near)), subject=f"case:{live.id}")
    if not live.is_open:
        raise CaseEnded(number=live.row.number, phase=live.row.phase)
    not_resting(live)
    if not any(task.organisation == actor.organisation and task.role in actor.roles for task in tasks):
        raise ActNotOpen(number=live.row.number)
    declared = next((each for each in live.type.definition.prefills if each.resource == resource), None)
    if declared is None:
        raise ThingNotFound(thing=_PREFILL)
    key = stated(declared.key, live.answers, at=at)
    if not key:
        raise ActNotOpen(number=live.row.number)
    known = taken_in(live.id, organisation=actor.organisation, resource=resource, key=key)
    if known is not None and not again:
        return False
    _look(work, live, resource=resource, key=key, fields=tuple(declared.fields))
    work.log_for(live.id, "prefilled", resource=resource)
    work.write()
    return True


def _look(work: Work, live: Live, *, resource: str, key: str, fields: tuple[str, ...]) -> None:
    actor, at = work.actor, work.at
    seen = fields_open_to(actor.organisation, resource=resource, fields=fields, purpose="case", at=at)
    answer = request_within(
        actor=actor,
        at=at,
        resource=resource,
        key=key,
        fields=seen,
        purpose=Purpose(kind="case", reference=live.root.row.number),
    )
    note(case=live.id)
    row = Prefilled(
        case_id=live.id,
        organisation=actor.organisation,
        resource=resource,
        trace=answer.trace_id,
        account_id=actor.account_id,
        officer_name=actor.name[:100],
        at=at,
    )
    keep_prefilled(row, key=key, values=answer.values)
