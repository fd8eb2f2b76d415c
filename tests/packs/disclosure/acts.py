"""A request for government information, brought as far as a test wants it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from yiwang.cases import api
from yiwang.cases.contracts import CaseStamp, OpenedCase
from yiwang.cases.contracts.inputs import OpinionInput
from yiwang.cases.models import Case, Clock
from yiwang.cases.rows.numbers import ZONE
from yiwang.cases.testing import MONDAY, officer, open_task
from yiwang.identity.testing import a_citizen
from yiwang.platform.contracts import Actor, Json

AGENCY = "planning"
ASKED: dict[str, Json] = {
    "name": "陈小明",
    "identity_kind": "passport",
    "document_number": "护照 E12345678",
    "phone": "13800138000",
    "address": "广州市越秀区东风中路1号",
    "agency": AGENCY,
    "subject": "东风中路改造规划批复",
    "description": "2025年批复的道路改造规划文件",
    "medium": "electronic",
    "way": "online",
}
NOBODY: dict[str, Json] = {"searched": "查阅2025年规划档案，找到批复一份", "third_party": False}
GRANTED: dict[str, Json] = {
    "nature": "information",
    "clear": True,
    "holding": "held",
    "exception": "none",
    "fee": "none",
    "released": "批复全文一份，网上下载",
}
REVIEWED: dict[str, Json] = {
    "secrecy": "clear",
    "privacy": "clear",
    "review_note": "不涉密，不含个人隐私",
    "cleared": True,
}


def day(month: int, number: int, hour: int = 10) -> datetime:
    """A moment of 2026 in Guangzhou."""
    return datetime(2026, month, number, hour, tzinfo=ZONE)


def a_request(*, applicant: Actor | None = None, at: datetime = MONDAY, **changes: Json) -> OpenedCase:
    """A citizen asks online."""
    return api.open_case(
        actor=applicant or a_citizen(),
        at=at,
        type_code="disclosure_request",
        answers={**ASKED, **changes},
    )


def step(
    case_id: int,
    node: str,
    *,
    role: str = "handler",
    outcome: str = "done",
    at: datetime = MONDAY,
    found: dict[str, Json] | None = None,
    grounds: str = "依据充分",
) -> CaseStamp:
    """An officer of the agency does a step."""
    return api.complete_task(
        actor=officer(AGENCY, role),
        at=at,
        task_id=open_task(case_id, node),
        outcome=outcome,
        opinion=OpinionInput(grounds=grounds),
        findings=found or {},
    )


def a_confirmed(*, applicant: Actor | None = None, at: datetime = MONDAY, **changes: Json) -> int:
    """The receipt is confirmed with the applicant; gives the case."""
    case_id = a_request(applicant=applicant, at=at, **changes).case_id
    step(case_id, "confirm", role="window", outcome="accept", at=at)
    return case_id


def a_searched(
    *, applicant: Actor | None = None, at: datetime = MONDAY, found: dict[str, Json] | None = None
) -> int:
    """The office has searched; by default there is nobody to consult."""
    case_id = a_confirmed(applicant=applicant, at=at)
    step(case_id, "check", at=at)
    step(case_id, "search", at=at, found={**NOBODY, **(found or {})})
    return case_id


def a_reviewed(*, at: datetime = MONDAY, found: dict[str, Json] | None = None) -> int:
    """The answer is drafted and cleared; it waits for its signature."""
    case_id = a_searched(at=at)
    step(case_id, "draft", at=at, found=GRANTED if found is None else found)
    step(case_id, "review", role="reviewer", at=at, found=REVIEWED)
    return case_id


def limit(case_id: int) -> Clock:
    """The statutory limit of a case."""
    return Clock.objects.get(case_id=case_id, kind="case_statutory")


def due(case_id: int) -> date:
    """The day on which the answer is due."""
    at = limit(case_id).due_at
    assert at is not None
    return at.astimezone(ZONE).date()


def case(case_id: int) -> Case:
    """The case as it stands."""
    return Case.objects.get(pk=case_id)


def later(days: int, *, since: datetime = MONDAY) -> datetime:
    """So many days on."""
    return since + timedelta(days=days)
