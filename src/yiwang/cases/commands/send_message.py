"""Write a message inside a case: the applicant to the office, or the office to the applicant (E13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.cases.contracts import facts
from yiwang.cases.contracts.errors import CaseNotFound
from yiwang.cases.models import Message
from yiwang.cases.queries.rights import concerns
from yiwang.cases.rows.loading import lock_case
from yiwang.cases.rows.work import Work
from yiwang.kernel.errors import FieldProblem, InvalidInput
from yiwang.kernel.text import Text
from yiwang.platform.command import command, permit
from yiwang.platform.contracts import Actor, Scope

_EMPTY = Text("请填写留言内容", "Write a message")
_MOST = 5000
_LONG = Text("留言不能超过5000字", "A message has at most 5,000 characters")


@command(operation="cases.message.send")
def send_message(*, actor: Actor, at: datetime, case_id: int, body: str, files: Sequence[int] = ()) -> int:
    """Send a message; also in a case that has ended. Gives its id.

    Raises:
        CaseNotFound: not for this actor.
        InvalidInput: empty or too long.
    """
    work = Work(actor, at)
    live = lock_case(case_id)
    from_applicant = actor.kind == "citizen"
    if from_applicant and not concerns(actor, live.row.person_id, live.row.entity_id):
        raise CaseNotFound
    if from_applicant:
        scope = Scope(person_id=live.row.person_id, entity_id=live.row.entity_id)
    else:
        organisations = {live.row.organisation, *(task.organisation for task in live.tasks.values())}
        scope = Scope(organisations=tuple(sorted(organisations)))
    permit(scope, subject=f"case:{live.id}")
    said = body.strip()
    if not said or len(said) > _MOST:
        raise InvalidInput(problems=(FieldProblem("body", _LONG if said else _EMPTY),))
    message = Message.objects.create(
        case_id=live.root.id,
        at=at,
        from_applicant=from_applicant,
        account_id=actor.account_id,
        sender_name=actor.name,
        organisation=actor.organisation,
        body=said,
        files=list(files),
    )
    work.hold(live)
    work.log(live, "message_sent", message=message.pk)
    work.tell(facts.MESSAGE_SENT, live, message=message.pk, from_applicant=from_applicant)
    work.write()
    return message.pk
