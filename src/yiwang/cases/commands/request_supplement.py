"""Ask once for all corrections, naming the exact fields and materials (E14, Licensing Law Art. 32)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from yiwang.cases.contracts.errors import AlreadyDecided, SupplementAlreadyAsked, SupplementFromDepartment
from yiwang.cases.contracts.lists import CaseStamp
from yiwang.cases.contracts.views import SupplementItem
from yiwang.cases.contracts.words import ApplicantKind
from yiwang.cases.models import Supplement
from yiwang.cases.rows.admission import case_for_officer, not_resting, stamp
from yiwang.cases.rows.supplements import ask_supplement, asking_task, checked_items, in_time
from yiwang.cases.rows.work import Work
from yiwang.platform.command import command
from yiwang.platform.contracts import Actor


@command(operation="cases.supplement.request")
def request_supplement(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    items: Sequence[SupplementItem],
    note: str = "",
    expected_version: int | None = None,
) -> CaseStamp:
    """Tell the applicant everything that must be corrected; the clocks stand still meanwhile.

    A step that declares the outcome ``supplement`` is completed with it.

    Raises:
        RoleMissing: the actor has no open task in the case.
        SupplementFromDepartment: a department has no notice of corrections.
        SupplementAlreadyAsked: the law allows one notice.
        SupplementTooLate: the law gives the notice a time, which is over.
        InvalidInput: an item names nothing, or says not what to do.
    """
    work = Work(actor, at)
    live = case_for_officer(work, case_id, expected_version)
    task = asking_task(work, live)
    not_resting(live)
    if live.row.decided_at is not None:
        raise AlreadyDecided(number=live.row.number)
    if live.root.row.applicant_kind == ApplicantKind.ORGANISATION:
        raise SupplementFromDepartment(number=live.row.number)
    if Supplement.objects.filter(case_id=live.id).exists():
        raise SupplementAlreadyAsked(number=live.row.number)
    in_time(work, live)
    ask_supplement(work, live, task, checked_items(work, live, items), note=note)
    work.write()
    return stamp(live)
