"""Answer the notice of corrections: what it names may be changed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from yiwang.cases.contracts.errors import SupplementNotOpen
from yiwang.cases.contracts.inputs import GivenMaterial
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.words import SupplementState
from yiwang.cases.models import Supplement
from yiwang.cases.queries.rights import family, own_case
from yiwang.cases.rows.admission import case_for_applicant, stamp
from yiwang.cases.rows.supplements import take_answer
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor, Json


@command(operation="cases.supplement.answer")
def answer_supplement(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    answers: Mapping[str, Json],
    materials: Sequence[GivenMaterial] = (),
    expected_version: int | None = None,
    addresses: Mapping[str, Json] | None = None,
) -> CaseStamp:
    """Correct an own case (or that of a child case which asked); the clocks go on.

    ``addresses`` are the standard addresses that were confirmed, as ``settle_addresses`` notes them.

    Raises:
        SupplementNotOpen: nothing waits to be corrected.
        NotInSupplement: an answer or material that the notice does not name.
        InvalidInput: something named is missing or still wrong.
    """
    work = Work(actor, at)
    seen = own_case(actor, case_id)
    asked = Supplement.objects.filter(
        case__in=type(seen).objects.filter(family(seen)), state=SupplementState.OPEN
    ).order_by("id")
    found = asked.first()
    live = case_for_applicant(work, found.case_id if found is not None else case_id, expected_version)
    notice = Supplement.objects.filter(case_id=live.id, state=SupplementState.OPEN).first()
    if notice is None:
        raise SupplementNotOpen(number=live.row.number)
    take_answer(work, live, notice, answers, materials, addresses=dict(addresses or {}))
    work.write()
    return stamp(live.root)
