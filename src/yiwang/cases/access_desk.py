"""Requests for shared data as cases: the owner of the resource examines them, with a clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from yiwang.cases.contracts.applied import AppliedType
from yiwang.cases.contracts.errors import NotOnline
from yiwang.cases.contracts.inputs import Applicant
from yiwang.cases.contracts.words import (
    OUTCOME_TEXTS,
    PHASE_TEXTS,
    ApplicantKind,
    Channel,
    ClockState,
    Outcome,
    Phase,
)
from yiwang.cases.models import Case, Clock, Decision
from yiwang.cases.queries.sentences import organisation_name
from yiwang.cases.queries.types import applied_types
from yiwang.cases.rows.application import open_application
from yiwang.cases.rows.work import Work
from yiwang.exchange.api import AskedAccess, RequestState
from yiwang.exchange.contracts import ResourceInfo
from yiwang.platform.contracts import Actor, Json


class CaseDesk:
    """Opens a case of the item that declares ``grants`` and that organisations apply for."""

    def apply(self, actor: Actor, asked: AskedAccess, info: ResourceInfo, *, at: datetime) -> str:
        """Open the case; its answers hold what was asked for, its body is the owner of the resource."""
        work = Work(actor, at)
        live, _ = open_application(
            work,
            access_item(),
            applicant=Applicant(
                kind=ApplicantKind.ORGANISATION,
                name=organisation_name(actor.organisation).zh,
                facts={"organisation": actor.organisation, "account": actor.account_id},
            ),
            answers=_answers(actor, asked, info),
            materials=(),
            channel=Channel.ONLINE,
        )
        return live.row.number

    def states(self, numbers: Collection[str]) -> Mapping[str, RequestState]:
        """Phase or outcome of each case, its limit, and the grounds of a refusal."""
        cases = list(Case.objects.filter(number__in=numbers))
        ids = [case.pk for case in cases]
        grounds = dict(Decision.objects.filter(case__in=ids).values_list("case_id", "grounds"))
        clocks = Clock.objects.filter(case__in=ids, task=None, state=ClockState.RUNNING)
        # the nearest limit comes last and counts
        due = dict(clocks.order_by("-due_at").values_list("case_id", "due_at"))
        return {case.number: _state(case, grounds.get(case.pk, ""), due.get(case.pk)) for case in cases}


def access_item() -> AppliedType:
    """The item under which departments ask for shared data.

    Raises:
        NotOnline: the city has none.
    """
    for item in applied_types():
        if item.definition.grants is not None and ApplicantKind.ORGANISATION in item.definition.applicants:
            return item
    raise NotOnline(type_code="grants")


def _state(case: Case, grounds: str, due_at: datetime | None) -> RequestState:
    decided = case.outcome in set(Outcome) and case.decided_at is not None
    return RequestState(
        title=OUTCOME_TEXTS[Outcome(case.outcome)] if decided else PHASE_TEXTS[Phase(case.phase)],
        is_open=case.closed_at is None,
        outcome=case.outcome,
        ground=grounds,
        due_at=due_at,
    )


def _answers(actor: Actor, asked: AskedAccess, info: ResourceInfo) -> dict[str, Json]:
    """As the item's form asks for them; codes stand beside what people read."""
    terms = asked.terms
    titles = info.titles
    return {
        "resource": info.code,
        "resource_title": f"{info.title.zh} / {info.title.en}",
        "owner": info.owner,
        "organisation": actor.organisation,
        "fields": [
            {"name": name, "title": f"{titles[name].zh} / {titles[name].en}"}
            for name in dict.fromkeys(terms.fields)
        ],
        "rows": [{"field": name, "values": " ".join(values)} for name, values in terms.rows.items()],
        "purpose": terms.purpose,
        "reason": asked.reason.strip(),
        "basis_zh": terms.legal_basis.zh.strip(),
        "basis_en": terms.legal_basis.en.strip(),
        "valid_from": terms.valid_from.isoformat(),
        "valid_until": terms.valid_until.isoformat(),
        "quota": terms.quota_per_day,
    }
